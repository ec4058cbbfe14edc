import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Guide } from './guide.js'
import { isAllowed, evaluateVerdicts } from './evaluate-verdicts.js'

/**
 * What someone is. `lead`: an analyst named as one. `analyst`: a member of a team that Winnow posts to, not a guest. `manager`: the
 * person who was asked, for that one question. `outsider`: everyone else, guests and people of other tenants among them.
 */
export type Role = 'lead' | 'analyst' | 'manager' | 'outsider'

/** Everything people can do, as far as it matters who does it. */
export const permissions = [
  'help',
  'read',
  'take',
  'work',
  'record-verdict',
  'override',
  'decide-own-alert',
  'take-over',
  'reopen-own',
  'reopen-others',
  'add-first-channel',
  'set-channels',
  'be-on-call',
  'revoke-travel',
  'ask-action',
  'approve-action',
  'allow-verifier',
  'confirm',
] as const

/** One of them. */
export type Permission = (typeof permissions)[number]

/** Who may do something when no one is named as a lead, and when someone is. */
export type Right = { readonly without: readonly Role[]; readonly withLeads: readonly Role[] }

const always = (...roles: readonly Role[]): Right => ({ without: roles, withLeads: roles })
const team = always('lead', 'analyst')
/** No role helps: someone else must do it. */
const noOne = always()
const leadsOnly: Right = { without: ['analyst'], withLeads: ['lead'] }

/** Who may do what: the one table, which docs/rights.md shows and every click and word is held against. */
export const rights: Readonly<Record<Permission, Right>> = {
  help: always('lead', 'analyst', 'manager', 'outsider'),
  read: team,
  take: team,
  work: team,
  'record-verdict': team,
  override: team,
  'decide-own-alert': noOne,
  'take-over': team,
  'reopen-own': team,
  'reopen-others': leadsOnly,
  'add-first-channel': team,
  'set-channels': leadsOnly,
  'be-on-call': team,
  'revoke-travel': leadsOnly,
  'ask-action': team,
  'approve-action': team,
  'allow-verifier': leadsOnly,
  confirm: always('manager'),
}

/** True when that role may do that; `hasLeads` when someone is named as a lead. */
export const mayDo = (role: Role, permission: Permission, hasLeads: boolean): boolean =>
  rights[permission][hasLeads ? 'withLeads' : 'without'].includes(role)

/** Commands by which someone decides what a case comes to. No one does that when the alert names them. */
const decisions: readonly Command['type'][] = [
  'record-verdict',
  'withdraw-verdict',
  'skip',
  'close',
  'ask-action',
  'undo-action',
  'approve-action',
  'decline-action',
]

/** True when it matters for that command whether the alert names the person who gives it. */
export const isDecision = ({ type }: Pick<Command, 'type'>): boolean => decisions.includes(type)

/**
 * The permission that a person's command needs on that case; null for Winnow's own bookkeeping, which is not for people.
 * `isNamed`: the alert names the person who gives it.
 */
export const permissionFor = (
  command: Command,
  state: Case | null,
  guide: Guide | null,
  isNamed: boolean,
): Permission | null => {
  if (isNamed && isDecision(command)) return 'decide-own-alert'
  switch (command.type) {
    case 'take':
    case 'acknowledge':
      return 'take'
    case 'release':
    case 'answer':
    case 'note-finding':
    case 'withdraw-answer':
    case 'mark-steps':
    case 'skip':
    case 'note':
    case 'ask-manager':
    case 'continue-in-chat':
    case 'take-out':
      return 'work'
    case 'record-verdict':
      return isAgainst(command.verdict, state, guide) ? 'override' : 'record-verdict'
    case 'withdraw-verdict':
    case 'close':
      return 'record-verdict'
    case 'take-over':
      return 'take-over'
    case 'reopen':
      return state?.closed && state.closed.by.id !== command.by.id ? 'reopen-others' : 'reopen-own'
    case 'revoke-journey':
      return 'revoke-travel'
    case 'ask-action':
    case 'undo-action':
      return 'ask-action'
    case 'approve-action':
    case 'decline-action':
      return 'approve-action'
    case 'allow-verifier':
      return 'allow-verifier'
    case 'answer-confirmation':
      return 'confirm'
    case 'open':
    case 'expire-confirmation':
    case 'note-unreached':
    case 'note-doubts':
    case 'note-installed':
    case 'note-related':
    case 'note-report':
    case 'add-member':
    case 'follow':
    case 'leave':
    case 'note-incident':
    case 'page':
    case 'remind':
    case 'release-silent':
    case 'pass-on':
    case 'update-guide':
    case 'note-source':
    case 'note-look-ups':
    case 'expire-action':
    case 'finish-action':
    case 'note-effect':
      return null
  }
}

const isAgainst = (verdict: string, state: Case | null, guide: Guide | null): boolean => {
  if (!state || !guide) return false
  const verdictState = evaluateVerdicts(guide, state.answers).find((one) => one.verdict.id === verdict)
  return verdictState !== undefined && !isAllowed(verdictState)
}
