import type { Intent } from '../../dialogs/hear/click-to-intent.js'
import type { TextIntent } from '../../dialogs/hear/parse-message.js'
import type { Person } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { type Permission, type Role, permissionFor, mayDo } from '../../triage/rights.js'
import type { ConversationRef } from '../../triage/card.js'
import type { AppContext } from '../app-context.js'

/** Who does it, and where: both proven by the chat. */
export type Actor = { readonly by: Person; readonly place: ConversationRef }

/** Why somebody may not do what a click asks for; null when they may. `leads-only` is told to analysts alone, who may see the case. */
export const refusedClick = async (doer: Actor, intent: Intent, app: AppContext): Promise<Refusal | null> => {
  if (intent.intent === 'look') return refused(doer, ['read'], app)
  if (intent.intent === 'ask-manager') return refused(doer, ['work'], app)
  const { commands } = intent
  const needsCase = commands.some(
    ({ type }) => type === 'record-verdict' || type === 'reopen' || type === 'answer-confirmation',
  )
  const context = needsCase ? app.renderer.contextOf(await app.desk.look(intent.caseId)) : null
  const state = context?.state ?? null
  const permissions = commands.map((command) => permissionFor(command, state, context?.guide ?? null))
  const known = permissions.filter((permission) => permission !== null)
  if (known.length < permissions.length) return refuse('bad-click')
  if (!known.includes('confirm')) return refused(doer, known, app)
  // Who is no analyst learns the same of a case that is not there as of one in which nobody was asked.
  const role = state?.confirmation?.manager.id === doer.by.id ? 'manager' : 'outsider'
  if (known.every((permission) => mayDo(role, permission, app.leads.length > 0))) return null
  return refuse(state?.confirmation ? 'not-the-manager' : 'nobody-asked')
}

/** Why somebody may not have what they wrote for; null when they may. */
export const refusedText = (doer: Actor, { want }: TextIntent, app: AppContext): Promise<Refusal | null> => {
  if (want === 'help' || want === 'bad-filter' || want === 'bad-severity') return refused(doer, ['help'], app)
  const isDuty = want === 'on-call' || want === 'off-call'
  if (!isDuty && want !== 'post-here' && want !== 'post-nowhere') return refused(doer, ['read'], app)
  // Nobody can be on call before a channel is bound: who could bind it is told so.
  if (app.binding.channels().length === 0) return refused(doer, ['bind-first'], app)
  return refused(doer, [isDuty ? 'be-on-call' : 'bind'], app)
}

const refused = async (doer: Actor, permissions: readonly Permission[], app: AppContext): Promise<Refusal | null> => {
  const { leads, roster, phrases } = app
  const may = (role: Role) => permissions.every((permission) => mayDo(role, permission, leads.length > 0))
  if (may('outsider')) return null
  const role = await roleOf(doer, permissions, app)
  if (role === 'unknown') return refuse('no-roster')
  if (may(role)) return null
  if (role === 'outsider') return refuse('not-analyst')
  const names = roster.namesOf(leads).slice(0, 3).join(', ')
  return refuse('leads-only', { leads: names === '' ? say(phrases, 'rights.some-lead') : names })
}

/**
 * What somebody is, by the rosters of the bound channels. Where none is bound yet, that of the channel to be bound counts; a lead
 * may bind the channel they are in as well, for the bound ones can be gone.
 */
const roleOf = async (
  { by, place }: Actor,
  permissions: readonly Permission[],
  app: AppContext,
): Promise<Role | 'unknown'> => {
  const isLead = app.leads.includes(by.id.toLowerCase())
  const bound = app.binding.channels().map((channel) => channel.place)
  const isHereToo = permissions.includes('bind-first') || (permissions.includes('bind') && isLead)
  const places = [...bound, ...(isHereToo ? [place] : [])].filter(({ tenantId }) => tenantId === place.tenantId)
  const membership = await app.roster.membership(by.id, places)
  if (membership === 'unknown') return 'unknown'
  if (membership !== 'member') return 'outsider'
  return isLead ? 'lead' : 'analyst'
}
