/** Why an action was rejected; the sentence for each is the phrase `refusal.<code>`. */
export const refusalCodes = [
  'no-case',
  'old-card',
  'not-owner',
  'already-yours',
  'nobody-owns',
  'closed',
  'not-closed',
  'already-judged',
  'not-judged',
  'no-check',
  'no-option',
  'no-answer',
  'no-verdict',
  'needs-reason',
  'no-step',
  'already-ticked',
  'actions-open',
  'scope-open',
  'empty-note',
  'already-asked',
  'nobody-asked',
  'not-the-manager',
  'too-late',
  'not-analyst',
  'no-roster',
  'leads-only',
  'about-you',
  'no-manager',
  'manager-involved',
  'bad-click',
  'bad-dates',
  'no-member',
  'group-full',
  'no-journey',
  'contradicts',
  'against-manager',
  'actions-off',
  'no-target',
  'protected',
  'action-waiting',
  'no-action',
  'own-approval',
  'own-account',
  'action-expired',
  'action-settled',
  'no-undo',
  'graph-silent',
  'no-register',
  'manager-contact',
  'manager-guest',
  'manager-disabled',
  'manager-loop',
  'directory-down',
  'verifier-subject',
  'verifier-changed',
  'nothing-to-allow',
  'verifier-self',
] as const

/** The code of a refusal. */
export type RefusalCode = (typeof refusalCodes)[number]

/** A polite no to a person: a value, never thrown. `details` fill the sentence's `{placeholders}`. */
export type Refusal = {
  readonly refusal: RefusalCode
  readonly details: Readonly<Record<string, string>>
}

/** Make a refusal. */
export const refuse = (refusal: RefusalCode, details: Readonly<Record<string, string>> = {}): Refusal => ({
  refusal,
  details,
})

/** Tell a refusal from anything else that could stand in its place. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refusal' in value
