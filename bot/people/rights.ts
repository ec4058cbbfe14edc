import type { Heard } from '../../dialogs/hear/click-to-intent.js'
import type { Asked } from '../../dialogs/hear/parse-message.js'
import type { Person } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { type Deed, type Role, deedOf, mayDo } from '../../triage/rights.js'
import type { Place } from '../../triage/card.js'
import type { House } from '../app-context.js'

/** Who does it, and where: both proven by the chat. */
export type Doer = { readonly by: Person; readonly place: Place }

/** Why somebody may not do what a click asks for; null when they may. `leads-only` is told to analysts alone, who may see the case. */
export const refusedClick = async (doer: Doer, wish: Heard, house: House): Promise<Refusal | null> => {
  if (wish.wish === 'look') return refused(doer, ['read'], house)
  if (wish.wish === 'ask-manager') return refused(doer, ['work'], house)
  const { commands } = wish
  const needsCase = commands.some(({ type }) => type === 'judge' || type === 'reopen' || type === 'answer-as-manager')
  const seen = needsCase ? house.drawing.see(await house.desk.look(wish.caseId)) : null
  const state = seen?.state ?? null
  const deeds = commands.map((command) => deedOf(command, state, seen?.playbook ?? null))
  const known = deeds.filter((deed) => deed !== null)
  if (known.length < deeds.length) return refuse('bad-click')
  if (!known.includes('vouch')) return refused(doer, known, house)
  // Who is no analyst learns the same of a case that is not there as of one in which nobody was asked.
  const role = state?.confirmation?.manager.id === doer.by.id ? 'manager' : 'outsider'
  if (known.every((deed) => mayDo(role, deed, house.leads.length > 0))) return null
  return refuse(state?.confirmation ? 'not-the-manager' : 'nobody-asked')
}

/** Why somebody may not have what they wrote for; null when they may. */
export const refusedText = (doer: Doer, { want }: Asked, house: House): Promise<Refusal | null> => {
  if (want === 'help' || want === 'bad-filter' || want === 'bad-severity') return refused(doer, ['help'], house)
  const isDuty = want === 'on-call' || want === 'off-call'
  if (!isDuty && want !== 'post-here' && want !== 'post-nowhere') return refused(doer, ['read'], house)
  // Nobody can be on call before a channel is bound: who could bind it is told so.
  if (house.binding.channels().length === 0) return refused(doer, ['bind-first'], house)
  return refused(doer, [isDuty ? 'be-on-call' : 'bind'], house)
}

const refused = async (doer: Doer, deeds: readonly Deed[], house: House): Promise<Refusal | null> => {
  const { leads, roster, phrases } = house
  const may = (role: Role) => deeds.every((deed) => mayDo(role, deed, leads.length > 0))
  if (may('outsider')) return null
  const role = await roleOf(doer, deeds, house)
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
const roleOf = async ({ by, place }: Doer, deeds: readonly Deed[], house: House): Promise<Role | 'unknown'> => {
  const isLead = house.leads.includes(by.id.toLowerCase())
  const bound = house.binding.channels().map((channel) => channel.place)
  const isHereToo = deeds.includes('bind-first') || (deeds.includes('bind') && isLead)
  const places = [...bound, ...(isHereToo ? [place] : [])].filter(({ tenantId }) => tenantId === place.tenantId)
  const standing = await house.roster.standing(by.id, places)
  if (standing === 'unknown') return 'unknown'
  if (standing !== 'member') return 'outsider'
  return isLead ? 'lead' : 'analyst'
}
