import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Guide } from './guide.js'
import { isAllowed, evaluateVerdicts } from './evaluate-verdicts.js'

/**
 * What somebody is. `lead`: an analyst named as one. `analyst`: a member of a team that Winnow posts to, no guest. `manager`: the
 * person who was asked, towards that one question. `outsider`: everybody else, guests and people of other tenants among them.
 */
export type Role = 'lead' | 'analyst' | 'manager' | 'outsider'

/** Everything people can do, as far as it matters who does it. */
export const permissions = [
  'help',
  'read',
  'take',
  'work',
  'judge',
  'override',
  'take-over',
  'reopen-own',
  'reopen-others',
  'bind-first',
  'bind',
  'be-on-call',
  'confirm',
] as const

/** One of them. */
export type Permission = (typeof permissions)[number]

/** Who may do something when no one is named as a lead, and when someone is. */
export type Right = { readonly without: readonly Role[]; readonly withLeads: readonly Role[] }

const always = (...roles: readonly Role[]): Right => ({ without: roles, withLeads: roles })
const team = always('lead', 'analyst')
const leadsOnly: Right = { without: ['analyst'], withLeads: ['lead'] }

/** Who may do what: the one table, which docs/rights.md shows and every click and word is held against. */
export const rights: Readonly<Record<Permission, Right>> = {
  help: always('lead', 'analyst', 'manager', 'outsider'),
  read: team,
  take: team,
  work: team,
  judge: team,
  override: team,
  'take-over': team,
  'reopen-own': team,
  'reopen-others': leadsOnly,
  'bind-first': team,
  bind: leadsOnly,
  'be-on-call': team,
  confirm: always('manager'),
}

/** True when that role may do that; `hasLeads` when somebody is named as a lead. */
export const mayDo = (role: Role, permission: Permission, hasLeads: boolean): boolean =>
  rights[permission][hasLeads ? 'withLeads' : 'without'].includes(role)

/** What a person's command is, on that case; null for what Winnow does by itself, which no person may ask for. */
export const permissionFor = (command: Command, state: Case | null, guide: Guide | null): Permission | null => {
  switch (command.type) {
    case 'take':
      return 'take'
    case 'release':
    case 'answer':
    case 'withdraw-answer':
    case 'mark-steps':
    case 'skip':
    case 'note':
    case 'ask-manager':
    case 'continue-in-chat':
      return 'work'
    case 'record-verdict':
      return isAgainst(command.verdict, state, guide) ? 'override' : 'judge'
    case 'withdraw-verdict':
    case 'close':
      return 'judge'
    case 'take-over':
      return 'take-over'
    case 'reopen':
      return state?.closed && state.closed.by.id !== command.by.id ? 'reopen-others' : 'reopen-own'
    case 'answer-confirmation':
      return 'confirm'
    case 'open':
    case 'expire-confirmation':
    case 'note-unreached':
    case 'update-guide':
      return null
  }
}

const isAgainst = (verdict: string, state: Case | null, guide: Guide | null): boolean => {
  if (!state || !guide) return false
  const verdictState = evaluateVerdicts(guide, state.answers).find((one) => one.verdict.id === verdict)
  return verdictState !== undefined && !isAllowed(verdictState)
}
