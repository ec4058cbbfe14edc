import { isDeepStrictEqual } from 'node:util'
import { LRUCache } from 'lru-cache'
import { refreshedFor } from '../../cards/refresh.js'
import { submitOnly } from '../../cards/submit-only.js'
import { withoutDialogs } from '../../cards/without-dialogs.js'
import { hasOwnersView, showPerson } from '../../dialogs/show/show-person.js'
import type { Registers } from '../../evidence/registers/folder.js'
import type { LookUps } from '../../evidence/look-ups.js'
import { showChannel, showManager, showPassedOn } from '../../dialogs/show/show.js'
import { summaryOf } from '../../dialogs/tell/summary.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Listed, called } from '../../dialogs/show/listed.js'
import type { FormView } from '../../dialogs/show/form-views.js'
import type { View } from '../../dialogs/show/view.js'
import { utc } from '../../dialogs/time.js'
import { type ConversationRef, audienceOf, channelCard, managerCard } from '../../triage/card.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { Case } from '../../triage/case.js'
import { type Phrases, languageOf, say } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import { preceding } from '../../triage/follow.js'
import type { ThingKind } from '../../triage/memory.js'
import type { Clients } from './clients.js'
import type { Drafts } from './drafts.js'
import { readerOf } from './reader.js'
import type { VerdictMemory } from '../cases/verdict-memory.js'
import type { PastCases } from '../cases/past-cases.js'
import type { Journeys } from '../cases/journeys.js'
import type { CaseRecord } from '../cases/desk.js'
import type { Languages } from '../people/languages.js'
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
  /** Rows of a list, with the titles of guides in the language of these answers. */
  listed(rows: readonly Listed[]): readonly Listed[]
  /** The same, for answers in that language. */
  in(language: string): CaseRenderer
}

type CardMessage = Message & { readonly card: AdaptiveCard }

/** What a card tells beside the case itself. */
export type Beside = {
  /** The hosts that cards may link to. */
  readonly portals: readonly string[]
  /** The cases about the same people and things. */
  readonly pastCases: Pick<PastCases, 'related' | 'samePerson' | 'markOf'>
  readonly lookUps: LookUps
  readonly registers: Pick<Registers, 'ask' | 'version'>
  /** The journeys that managers confirmed in other cases. */
  readonly journeys: Pick<Journeys, 'ask' | 'version'>
  /** The verdicts of earlier cases, what each look-up looks for, and after how many equal ones an entry is proposed. */
  readonly memory: Pick<VerdictMemory, 'about' | 'markOf' | 'isOpposed'>
  readonly lookUpKinds: ReadonlyMap<string, readonly ThingKind[]>
  readonly proposeAfter: number
  /** When the first alert of a type came. */
  readonly firstOf: (type: string) => string | null
  /** What its owner has typed and not sent. */
  readonly draftOf: Drafts['of']
  readonly zones: Zones
  readonly languages: Speaking
  /** What Winnow may do itself; nothing when it is left out. */
  readonly responses?: CaseContext['responses']
}

const nothingBeside: Beside = {
  portals: [],
  pastCases: { related: () => [], samePerson: () => [], markOf: () => '' },
  lookUps: () => [],
  registers: { ask: () => [], version: () => 0 },
  journeys: { ask: () => [], version: () => 0 },
  memory: { about: () => [], markOf: () => '', isOpposed: () => false },
  lookUpKinds: new Map(),
  proposeAfter: 0,
  firstOf: () => null,
  draftOf: () => '',
  zones: { channel: utc, of: () => utc },
  languages: null,
}

/** Draw with these guides, words and templates, for these people, with what else is known of the same. */
export const openCaseRenderer = (
  guideOf: (type: string, language?: string) => Guide,
  phrases: Phrases,
  render: (view: View | FormView, language?: string) => AdaptiveCard,
  clients: Pick<Clients, 'submits' | 'others'> & Partial<Pick<Clients, 'dialogs'>>,
  beside: Partial<Beside> = {},
): CaseRenderer => {
  const {
    portals,
    pastCases,
    lookUps,
    registers,
    journeys,
    memory,
    lookUpKinds,
    proposeAfter,
    firstOf,
    draftOf,
    zones,
    languages,
  } = {
    ...nothingBeside,
    ...beside,
  }
  /** A card as that person's client can work it. */
  const forClient = (drawn: AdaptiveCard, personId: string | null): AdaptiveCard => {
    const card = clients.dialogs === false ? withoutDialogs(drawn) : drawn
    return clients.submits(personId) ? submitOnly(card) : card
  }
  const draw = (view: View | FormView, personId: string | null, language: string): AdaptiveCard =>
    forClient(render(view, language), personId)
  /** An alert that has no guide of its own is called by its key. */
  const titleIn =
    (language: string) =>
    (type: string): string => {
      const guide = guideOf(type, language)
      return guide.type === type ? guide.title : type
    }
  /** What is made of a case in a language: Winnow's own words, and the guide's as far as they are translated. */
  const spoken = (language: string, type: string): Pick<CaseContext, 'phrases' | 'guide' | 'titleOf'> => ({
    phrases: languages ? languages.words(language) : phrases,
    guide: guideOf(type, language),
    titleOf: titleIn(language),
  })
  const languageOfCase = ({ cards, state }: CaseRecord): string => {
    if (!languages) return languageOf(phrases)
    const place = cardOf(cards, channelCard)?.posted?.place ?? (state && languages.placeOf(state))
    return languages.in(place?.conversationId ?? null)
  }
  /** The case as one person reads it in their own chat. */
  const forPerson = (context: CaseContext, personId: string): CaseContext => ({
    ...context,
    zone: zones.of(personId),
    ...(languages && spoken(languages.of(personId), context.state.guide)),
  })
  // A state never changes, so what was drawn of it for an answer serves the redraw as well, and everybody who sees the same; as long
  // as nothing else came of the cases beside it. A redraw comes soon after, so the last few are enough.
  const [forOwner, forOthers]: readonly [DrawnCards, DrawnCards] = [
    new LRUCache({ max: keptStates }),
    new LRUCache({ max: keptStates }),
  ]
  const drawOnce = (known: DrawnCards, context: CaseContext, show: () => View): DrawnCard => {
    const { state, draft = '', phrases, zone = utc } = context
    const facts = `${registers.version()} ${journeys.version()} ${memory.markOf(state)} ${draft}`
    const mark = pastCases.markOf(state)
    const before = known.get(state)
    // Where something changed under one of its names, that is nearly always nothing that stands on its card.
    const isSame =
      before?.facts === facts && (before.mark === mark || isDeepStrictEqual(before.beside, besideIn(context)))
    const reading = `${languageOf(phrases)} ${zone}`
    const made = isSame ? before.cards.get(reading) : undefined
    if (made && before?.mark === mark) return made
    const drawn = made ?? drawnOf(context, show())
    // The channel's zone and the owner's, in their chat; more than a few people do not look at one state.
    const others = isSame ? [...before.cards].filter(([one]) => one !== reading).slice(-3) : []
    known.set(state, { cards: new Map([...others, [reading, drawn]]), facts, mark, beside: besideIn(context) })
    return drawn
  }
  const drawnOf = ({ phrases }: CaseContext, view: View): DrawnCard => ({
    card: render(view, languageOf(phrases)),
    ...held(view),
  })
  const drawnFor = (context: CaseContext, personId: string | null, notice = ''): DrawnCard => {
    if (notice !== '')
      return drawnOf(context, personId === null ? showChannel(context, notice) : showPerson(context, personId, notice))
    const isOthers = personId !== null && personId !== context.state.owner?.id && hasOwnersView(context.state)
    return isOthers
      ? drawOnce(forOthers, context, () => showPerson(context, personId))
      : drawOnce(forOwner, context, () => showChannel(context))
  }
  /** What stands on the card of who was asked before the question went to someone else. */
  const formerManagers = (given: CaseContext, personId: string): Message | null => {
    const context = forPerson(given, personId)
    const view = showPassedOn(context)
    const summary = say(context.phrases, 'summary.manager', { code: context.state.id })
    return view && { card: draw(view, personId, languageOf(context.phrases)), summary }
  }
  const rendererIn = (given: string | null): CaseRenderer => {
    const renderer: CaseRenderer = {
      contextOf: ({ state, diary, cards }) => {
        if (!state) return null
        // What stands beside a case is looked up when a view wants it: who only asks for rights does without.
        const past = once(() => memory.about(state))
        const person = once(() => pastCases.samePerson(state.alert))
        const others = once(() => person().filter(({ caseId }) => caseId !== state.id))
        const precedes = once(() => preceding(state, person(), guideOf))
        const related = once(() => pastCases.related(state))
        return {
          state,
          diary,
          cards,
          ...spoken(given ?? languageOfCase({ state, diary, cards }), state.guide),
          portals,
          hits: (wanted) => [
            ...(wanted.includes('travel') ? journeys.ask(state) : []),
            ...registers.ask(state.alert, wanted),
          ],
          get past() {
            return past()
          },
          mayContradict: (verdictClass) => memory.isOpposed(state.alert.type, verdictClass),
          lookUpKinds,
          proposeAfter,
          firstOf,
          get samePerson() {
            return others()
          },
          get precedes() {
            return precedes()
          },
          lookUps: (ids) => lookUps(state.alert, ids),
          get related() {
            return related()
          },
          draft: draftOf(state),
          zone: zones.channel,
          ...(beside.responses && { responses: beside.responses }),
        }
      },
      channel: (context, personId, notice) => {
        const { state } = context
        const drawn = drawnFor(context, personId, notice)
        // What stands in the channel is above all for who has the case.
        const card = forClient(drawn.card, personId ?? state.owner?.id ?? null)
        const others = hasOwnersView(state) ? clients.others(context) : []
        const refreshed = refreshedFor(card, others, { caseId: state.id, line: state.line - 1 })
        return messageOf(drawn, refreshed, context)
      },
      chat: (given, personId, notice) => {
        const context = forPerson(given, personId)
        const drawn = drawnFor(context, personId, notice)
        return messageOf(drawn, forClient(drawn.card, personId), context)
      },
      manager: (given, notice) => {
        const manager = given.state.confirmation?.manager.id ?? null
        const context = manager === null ? { ...given, zone: zones.channel } : forPerson(given, manager)
        const view = showManager(context, notice)
        const summary = say(context.phrases, 'summary.manager', { code: context.state.id })
        return view && { card: draw(view, manager, languageOf(context.phrases)), summary }
      },
      on: (context, name) => {
        const audience = audienceOf(name)
        if (audience === 'channel') return renderer.channel(context, null)
        const before = context.state.confirmation?.passedOn
        if (before && name === managerCard(before.line)) return formerManagers(context, before.from.id)
        return audience === 'manager'
          ? renderer.manager(context)
          : renderer.chat(context, readerOf(context.state, name))
      },
      view: (view, summary, personId) => ({ card: draw(view, personId, given ?? languageOf(phrases)), summary }),
      listed: (rows) =>
        rows.map((row) => (row.type === '' ? row : called(row, guideOf(row.type, given ?? languageOf(phrases)).title))),
      in: (language) => rendererIn(language),
    }
    return renderer
  }
  return rendererIn(null)
}

/** In which language cards are drawn: in a channel, and for one person; null where there is but one. */
export type Speaking =
  | (Pick<Languages, 'of' | 'in' | 'words'> & {
      /** Where the card of such a case goes when it is posted. */
      readonly placeOf: (state: Case) => ConversationRef | null
    })
  | null

/** The cards that their owner fills in. The one of the verdicts is not among them: it tells the reason that is recorded, which must be true. */
const held = ({ card }: View): { readonly holds?: true } =>
  card === 'work' || card === 'judged' ? { holds: true } : {}

/** In which time zone cards are drawn: in channels, where many read the same card, and for one person by their id. */
export type Zones = { readonly channel: string; readonly of: (personId: string) => string }

/** Only what is posted or redrawn has a summary: nobody is notified of what answers them. */
const messageOf = ({ holds }: DrawnCard, card: AdaptiveCard, context: CaseContext): CardMessage => ({
  card,
  get summary() {
    return summaryOf(context)
  },
  ...(holds && { holds }),
})

/** A card as every client could work it; `holds` as of a message. */
type DrawnCard = { readonly card: AdaptiveCard; readonly holds?: true }

/** What was drawn of a state, by language and time zone, and what stood beside it then, with the marks that tell whether it still does. */
type DrawnCards = LRUCache<
  Case,
  {
    readonly cards: ReadonlyMap<string, DrawnCard>
    readonly facts: string
    readonly mark: string
    readonly beside: ReturnType<typeof besideIn>
  }
>

/** The other cases that stand on a card. */
const besideIn = ({ related = [], samePerson = [], precedes = [] }: CaseContext) => [related, samePerson, precedes]

/** Of so many states it is kept what was drawn of them; a card takes some twenty kilobytes, or twice as many. */
const keptStates = 200

/** What that makes, made when it is first wanted. */
const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
