/**
 * What kinds of action there are, so that reports can count them across all guides.
 *
 * A guide may say in its own words what to do; the id says which of these it is. Add a kind only when none fits.
 */
export const actionKinds: readonly string[] = [
  // stop somebody
  'suspend-user',
  'disable-user',
  'mark-compromised',
  'reset-password',
  'revoke-sessions',
  'revoke-oauth-tokens',
  'rotate-keys',
  'isolate-device',
  'ban-oauth-app',
  'notify-app-users',
  // undo what was done
  'revert-change',
  'remove-resources',
  'remove-forwarding-rule',
  'remove-share',
  'restore-files',
  'reconfigure-app',
  'reenable-plan',
  'review-permissions',
  // find out
  'contact-user',
  'review-activity',
  'scan-devices',
  'look-up-address',
  // finish, and make it rarer
  'close-alert',
  'tag-ip-range',
  'exclude-user',
  'create-group',
  'suppress-alert',
  'report-detection',
  'automation-playbook',
]
