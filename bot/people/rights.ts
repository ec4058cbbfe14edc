import type { CaseContext } from '../../dialogs/case-context.js'
import type { CaseIntent, MessageIntent } from '../../dialogs/hear/intent.js'
import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { everyoneIn } from '../../triage/group.js'
import { type Permission, type Role, isDecision, mayDo, permissionFor } from '../../triage/rights.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Identity } from './identity.js'
import type { Roster } from './roster.js'

/** Who does it, and where: both proven by the chat. */
export type Actor = { readonly by: Person; readonly place: ConversationRef }

/** Why someone may not do something; each resolves with null when they may. */
export type Rights = {
  /**
   * What is asked for in a case; `context` is null when there is no such case. `leads-only` and `about-you` are told to analysts
   * alone, who may see the case.
   */
  readonly refusedInCase: (actor: Actor, intent: CaseIntent, context: CaseContext | null) => Promise<Refusal | null>
  /** A manager's answer. Outsiders get the same answer whether the case doesn't exist or no manager was asked, so neither fact leaks. */
  readonly refusedAnswer: (actor: Actor, context: CaseContext | null) => Promise<Refusal | null>
  /** What a message asks for. */
  readonly refusedMessage: (actor: Actor, kind: MessageIntent['kind']) => Promise<Refusal | null>
}

type Parts = {
  readonly roster: Pick<Roster, 'membership' | 'namesOf' | 'idsOf'>
  /** The channels that alerts go to. */
  readonly bound: () => readonly ConversationRef[]
  readonly identity: Identity
  /** Object ids of those analysts who are leads, in lower case; when there are none, nothing needs one. */
  readonly leads: readonly string[]
  readonly phrases: Phrases
}

/** Hold what people do against the one table, triage/rights. */
export const openRights = ({ roster, bound, identity, leads, phrases }: Parts): Rights => {
  const hasLeads = leads.length > 0

  const refused = async (actor: Actor, permissions: readonly Permission[]): Promise<Refusal | null> => {
    const may = (role: Role) => permissions.every((permission) => mayDo(role, permission, hasLeads))
    if (may('outsider')) return null
    const role = await roleOf(actor, permissions)
    if (role === 'unknown') return refuse('no-roster')
    if (may(role)) return null
    if (role === 'outsider') return refuse('not-analyst')
    const others = leads.filter((id) => id !== actor.by.id.toLowerCase())
    if (permissions.includes('decide-own-alert')) {
      return refuse('about-you', { who: others.length > 0 ? names(others) : say(phrases, 'rights.another-analyst') })
    }
    return refuse('leads-only', { leads: names(leads) })
  }

  const names = (ids: readonly string[]): string =>
    roster.namesOf(ids).slice(0, 3).join(', ') || say(phrases, 'rights.some-lead')

  /**
   * What someone is, by the rosters of the bound channels. Where none is bound yet, that of the channel to be bound counts; a lead
   * may bind the channel they are in as well, because the bound ones can be gone.
   */
  const roleOf = async ({ by, place }: Actor, permissions: readonly Permission[]): Promise<Role | 'unknown'> => {
    const isLead = leads.includes(by.id.toLowerCase())
    const isHereToo = permissions.includes('add-first-channel') || (permissions.includes('set-channels') && isLead)
    const places = [...bound(), ...(isHereToo ? [place] : [])].filter(({ tenantId }) => tenantId === place.tenantId)
    const membership = await roster.membership(by.id, places)
    if (membership === 'unknown') return 'unknown'
    if (membership !== 'member') return 'outsider'
    return isLead ? 'lead' : 'analyst'
  }

  return {
    refusedInCase: async (actor, intent, context) => {
      if (intent.kind === 'read') return refused(actor, ['read'])
      if (intent.kind === 'ask-manager') return refused(actor, ['work'])
      const asksAction = intent.kind === 'ask-action'
      // The roster is read first: it tells by which ids the actor may be named.
      const outside = await refused(actor, ['read'])
      if (outside) return outside
      const state = context?.state ?? null
      const commands = intent.kind === 'commands' ? intent.commands : []
      const isNamed =
        state !== null &&
        (asksAction || intent.kind === 'allow-manager' || commands.some(isDecision)) &&
        (await identity.isNamed([actor.by.id], { people: [...everyoneIn(state), ...actedOn(state)] }))
      if (asksAction) return refused(actor, [isNamed ? 'decide-own-alert' : 'ask-action'])
      if (intent.kind === 'allow-manager') return refused(actor, [isNamed ? 'decide-own-alert' : 'allow-verifier'])
      const needed = commands.map((command) => permissionFor(command, state, context?.guide ?? null, isNamed))
      const permissions = needed.filter((permission) => permission !== null)
      return permissions.length < needed.length ? refuse('bad-click') : refused(actor, permissions)
    },
    refusedAnswer: async (actor, context) => {
      const { by, place } = actor
      const confirmation = context?.state.confirmation ?? null
      if (!context || !confirmation) return refuse('nobody-asked')
      const role = confirmation.manager.id === by.id ? 'manager' : 'outsider'
      if (!mayDo(role, 'confirm', hasLeads)) return refuse('not-the-manager')
      // Managers are in no team of ours; their chat with Winnow has them with all their ids.
      if (roster.idsOf([by.id]).length === 0) await roster.membership(by.id, [place])
      const isNamed = await identity.isNamed([by.id], context.state.alert)
      return isNamed ? refuse('about-you', { who: confirmation.askedBy.name }) : null
    },
    refusedMessage: async (actor, kind) => {
      const permission = permissionsOfMessages[kind]
      const isSetting = permission === 'set-channels' || permission === 'be-on-call'
      // No one can be on call before a channel is bound: who could bind it is told so.
      return refused(actor, [isSetting && bound().length === 0 ? 'add-first-channel' : permission])
    },
  }
}

/** Whom Winnow was asked to do something to, as the directory knows them. */
const actedOn = ({ responses }: Case): Alert['people'] =>
  responses
    .map(({ target }) => target.mailbox ?? target)
    .filter(({ kind }) => kind === 'user')
    .map(({ id, also }) => ({ upn: also, objectId: id, name: null }))

const permissionsOfMessages: Readonly<Record<MessageIntent['kind'], Permission>> = {
  help: 'help',
  language: 'help',
  unknown: 'help',
  'bad-filter': 'help',
  'bad-severity': 'help',
  queue: 'read',
  mine: 'read',
  find: 'read',
  channels: 'read',
  travel: 'read',
  'show-card': 'read',
  action: 'read',
  'post-here': 'set-channels',
  'post-nowhere': 'set-channels',
  'on-call': 'be-on-call',
  'off-call': 'be-on-call',
  digest: 'read',
  'take-all': 'take',
  'verdict-all': 'record-verdict',
}
