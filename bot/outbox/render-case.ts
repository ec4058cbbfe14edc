import { refreshedFor } from '../../cards/refresh.js'
import { submitOnly } from '../../cards/submit-only.js'
import { withoutDialogs } from '../../cards/without-dialogs.js'
import { hasOwnersView, showPerson } from '../../dialogs/show/show-person.js'
import type { Registers } from '../../evidence/registers/folder.js'
import type { LookUps } from '../../evidence/look-ups.js'
import { showChannel, showManager, showPassedOn } from '../../dialogs/show/show.js'
import { summaryOf } from '../../dialogs/tell/summary.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { FormView } from '../../dialogs/show/form-views.js'
import type { View } from '../../dialogs/show/view.js'
import { utc } from '../../dialogs/time.js'
import { audienceOf, managerCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import { say } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import type { Related } from '../../triage/event.js'
import { preceding } from '../../triage/follow.js'
import type { ThingKind } from '../../triage/memory.js'
import type { RelatedCase } from '../../triage/related.js'
import type { Clients } from './clients.js'
import type { Drafts } from './drafts.js'
import { readerOf } from './reader.js'
import type { VerdictMemory } from '../cases/verdict-memory.js'
import type { Journeys } from '../cases/journeys.js'
import type { CaseRecord } from '../cases/desk.js'
import type { AdaptiveCard, Message } from '../chat.js'

/** Cases as messages. */
export type CaseRenderer = {
  /** Put a case together with its guide; null when there is no case. */
  contextOf(record: CaseRecord): CaseContext | null
  /** The card in a channel: as it stands there for everybody, or as one person sees it there. */
  channel(context: CaseContext, personId: string | null, notice?: string): Message
  /** The card in that analyst's own chat. */
  chat(context: CaseContext, personId: string, notice?: string): Message
  /** The manager's card; null when nobody was asked. */
  manager(context: CaseContext, notice?: string): Message | null
  /** What belongs on that card of the case now; null when nothing does. */
  on(context: CaseContext, card: string): Message | null
  /** Any other view, with the text for notifications, as that person's client can work it. */
  view(view: View | FormView, summary: string, personId: string | null): CardMessage
}

type CardMessage = Message & { readonly card: AdaptiveCard }

/** What a card tells beside the case itself. */
export type Beside = {
  /** The hosts that cards may link to. */
  readonly portals: readonly string[]
  readonly relatedTo: (state: Case) => readonly RelatedCase[]
  readonly lookUps: LookUps
  readonly registers: Pick<Registers, 'ask' | 'version'>
  /** The journeys that managers confirmed in other cases. */
  readonly journeys: Pick<Journeys, 'ask' | 'version'>
  /** The verdicts of earlier cases, what each look-up looks for, and after how many equal ones an entry is proposed. */
  readonly memory: Pick<VerdictMemory, 'about'>
  readonly lookUpKinds: ReadonlyMap<string, readonly ThingKind[]>
  readonly proposeAfter: number
  /** When the first alert of a type came. */
  readonly firstOf: (type: string) => string | null
  /** Every case about the same person that is remembered. */
  readonly samePerson: (state: Case) => readonly Related[]
  /** What its owner has typed and not sent. */
  readonly draftOf: Drafts['of']
  readonly zones: Zones
}

const nothingBeside: Beside = {
  portals: [],
  relatedTo: () => [],
  lookUps: () => [],
  registers: { ask: () => [], version: () => 0 },
  journeys: { ask: () => [], version: () => 0 },
  memory: { about: () => [] },
  lookUpKinds: new Map(),
  proposeAfter: 0,
  firstOf: () => null,
  samePerson: () => [],
  draftOf: () => '',
  zones: { channel: utc, of: () => utc },
}

/** Draw with these guides, words and templates, for these people, with what else is known of the same. */
export const openCaseRenderer = (
  guideOf: (type: string) => Guide,
  phrases: Phrases,
  render: (view: View | FormView) => AdaptiveCard,
  clients: Pick<Clients, 'submits' | 'others'> & Partial<Pick<Clients, 'dialogs'>>,
  beside: Partial<Beside> = {},
): CaseRenderer => {
  const {
    portals,
    relatedTo,
    lookUps,
    registers,
    journeys,
    memory,
    lookUpKinds,
    proposeAfter,
    firstOf,
    samePerson,
    draftOf,
    zones,
  } = {
    ...nothingBeside,
    ...beside,
  }
  /** A card as that person's client can work it. */
  const draw = (view: View | FormView, personId: string | null): AdaptiveCard => {
    const drawn = render(view)
    const card = clients.dialogs === false ? withoutDialogs(drawn) : drawn
    return clients.submits(personId) ? submitOnly(card) : card
  }
  /** An alert that has no guide of its own is called by its key. */
  const titleOf = (type: string): string => {
    const guide = guideOf(type)
    return guide.type === type ? guide.title : type
  }
  // A state never changes, so what was made of it for an answer serves the redraw as well, and everybody who sees the same; as long
  // as nothing else came of the cases beside it.
  const [forOwner, forOthers]: readonly [Views, Views] = [new WeakMap(), new WeakMap()]
  const once = (
    known: Views,
    { state, related, past, samePerson, precedes, draft, zone = utc }: CaseContext,
    make: () => View,
  ): View => {
    const besides = `${registers.version()} ${journeys.version()} ${JSON.stringify([related ?? [], draft ?? '', markOf(past), samePerson ?? [], precedes ?? []])}`
    const before = known.get(state)
    const isSame = before?.beside === besides
    const made = isSame ? before.views.get(zone) : undefined
    if (made) return made
    const view = make()
    // The channel's zone and the owner's, in their chat; more than a few people do not look at one state.
    known.set(state, {
      views: new Map([...(isSame ? [...before.views].slice(-3) : []), [zone, view]]),
      beside: besides,
    })
    return view
  }
  const viewFor = (context: CaseContext, personId: string | null, notice = ''): View => {
    if (notice !== '') return personId === null ? showChannel(context, notice) : showPerson(context, personId, notice)
    const isOthers = personId !== null && personId !== context.state.owner?.id && hasOwnersView(context.state)
    return isOthers
      ? once(forOthers, context, () => showPerson(context, personId))
      : once(forOwner, context, () => showChannel(context))
  }
  /** What stands on the card of who was asked before the question went to someone else. */
  const formerManagers = (context: CaseContext, personId: string): Message | null => {
    const view = showPassedOn(context)
    return view && { card: draw(view, personId), summary: say(phrases, 'summary.manager', { code: context.state.id }) }
  }
  const renderer: CaseRenderer = {
    contextOf: ({ state, diary, cards }) =>
      state && {
        state,
        diary,
        cards,
        guide: guideOf(state.guide),
        phrases,
        titleOf,
        portals,
        hits: (wanted) => [
          ...(wanted.includes('travel') ? journeys.ask(state) : []),
          ...registers.ask(state.alert, wanted),
        ],
        past: memory.about(state),
        lookUpKinds,
        proposeAfter,
        firstOf,
        samePerson: samePerson(state).filter(({ caseId }) => caseId !== state.id),
        precedes: preceding(state, samePerson(state), guideOf),
        lookUps: (ids) => lookUps(state.alert, ids),
        related: relatedTo(state),
        draft: draftOf(state),
        zone: zones.channel,
      },
    channel: (context, personId, notice) => {
      const { state } = context
      const view = viewFor(context, personId, notice)
      // What stands in the channel is above all for who has the case.
      const card = draw(view, personId ?? state.owner?.id ?? null)
      const others = hasOwnersView(state) ? clients.others(context) : []
      const refreshed = refreshedFor(card, others, { caseId: state.id, line: state.line - 1 })
      return { card: refreshed, summary: summaryOf(context), ...held(view) }
    },
    chat: (context, personId, notice) => {
      const view = viewFor({ ...context, zone: zones.of(personId) }, personId, notice)
      return { card: draw(view, personId), summary: summaryOf(context), ...held(view) }
    },
    manager: (context, notice) => {
      const manager = context.state.confirmation?.manager.id ?? null
      const zone = manager === null ? zones.channel : zones.of(manager)
      const view = showManager({ ...context, zone }, notice)
      return view && { card: draw(view, manager), summary: say(phrases, 'summary.manager', { code: context.state.id }) }
    },
    on: (context, name) => {
      const audience = audienceOf(name)
      if (audience === 'channel') return renderer.channel(context, null)
      const before = context.state.confirmation?.passedOn
      if (before && name === managerCard(before.line)) return formerManagers(context, before.from.id)
      return audience === 'manager' ? renderer.manager(context) : renderer.chat(context, readerOf(context.state, name))
    },
    view: (view, summary, personId) => ({ card: draw(view, personId), summary }),
  }
  return renderer
}

/** The cards that their owner fills in. The one of the verdicts is not among them: it tells the reason that is recorded, which must be true. */
const held = ({ card }: View): { readonly holds?: true } =>
  card === 'work' || card === 'judged' ? { holds: true } : {}

/** In which time zone cards are drawn: in channels, where many read the same card, and for one person by their id. */
export type Zones = { readonly channel: string; readonly of: (personId: string) => string }

/** What was made of a state, by time zone, and of what stood beside it. */
type Views = WeakMap<Case, { readonly views: ReadonlyMap<string, View>; readonly beside: string }>

/** Tells whether earlier verdicts are the same as before, without comparing hundreds of them. */
const markOf = (past: CaseContext['past'] = []): string =>
  `${past.length} ${past.reduce((newest, { at }) => (at > newest ? at : newest), '')}`
