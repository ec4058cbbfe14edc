import { refreshedFor } from '../../cards/refresh.js'
import { submitOnly } from '../../cards/submit-only.js'
import { hasOwnersView, showPerson } from '../../dialogs/show/show-person.js'
import type { Registers } from '../../evidence/registers/folder.js'
import type { LookUps } from '../../evidence/look-ups.js'
import { showChannel, showManager } from '../../dialogs/show/show.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { View } from '../../dialogs/show/view.js'
import { audienceOf } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import { say } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import type { RelatedCase } from '../../triage/related.js'
import type { Clients } from './clients.js'
import { readerOf } from './reader.js'
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
  view(view: View, summary: string, personId: string | null): Message
}

/** Draw with these guides, words and templates, for these people, with links to these portals and what else is known of the same. */
export const openCaseRenderer = (
  guideOf: (type: string) => Guide,
  phrases: Phrases,
  render: (view: View) => AdaptiveCard,
  clients: Pick<Clients, 'submits' | 'others'>,
  portals: readonly string[] = [],
  relatedTo: (state: Case) => readonly RelatedCase[] = () => [],
  lookUps: LookUps = () => [],
  registers: Pick<Registers, 'ask' | 'version'> = { ask: () => [], version: () => 0 },
): CaseRenderer => {
  /** A card as that person's client can work it. */
  const draw = (view: View, personId: string | null): AdaptiveCard => {
    const card = render(view)
    return clients.submits(personId) ? submitOnly(card) : card
  }
  const summary = ({ state, guide }: CaseContext): string =>
    say(phrases, 'summary.channel', {
      severity: say(phrases, `severity.${state.alert.severity}`),
      kind: guide.title,
      code: state.id,
    })
  /** An alert that has no guide of its own is called by its key. */
  const titleOf = (type: string): string => {
    const guide = guideOf(type)
    return guide.type === type ? guide.title : type
  }
  // A state never changes, so what was made of it for an answer serves the redraw as well, and everybody who sees the same; as long
  // as nothing else came of the cases beside it.
  const [forOwner, forOthers]: readonly [Views, Views] = [new WeakMap(), new WeakMap()]
  const once = (known: Views, { state, related }: CaseContext, make: () => View): View => {
    const beside = `${registers.version()} ${JSON.stringify(related ?? [])}`
    const before = known.get(state)
    if (before?.beside === beside) return before.view
    const view = make()
    known.set(state, { view, beside })
    return view
  }
  const viewFor = (context: CaseContext, personId: string | null, notice = ''): View => {
    if (notice !== '') return personId === null ? showChannel(context, notice) : showPerson(context, personId, notice)
    const isOthers = personId !== null && personId !== context.state.owner?.id && hasOwnersView(context.state)
    return isOthers
      ? once(forOthers, context, () => showPerson(context, personId))
      : once(forOwner, context, () => showChannel(context))
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
        hits: (wanted) => registers.ask(state.alert, wanted),
        lookUps: (ids) => lookUps(state.alert, ids),
        related: relatedTo(state),
      },
    channel: (context, personId, notice) => {
      const { state } = context
      const view = viewFor(context, personId, notice)
      // What stands in the channel is above all for who has the case.
      const card = draw(view, personId ?? state.owner?.id ?? null)
      const others = hasOwnersView(state) ? clients.others(context) : []
      return { card: refreshedFor(card, others, { caseId: state.id, line: state.line - 1 }), summary: summary(context) }
    },
    chat: (context, personId, notice) => ({
      card: draw(viewFor(context, personId, notice), personId),
      summary: summary(context),
    }),
    manager: (context, notice) => {
      const view = showManager(context, notice)
      const manager = context.state.confirmation?.manager.id ?? null
      return view && { card: draw(view, manager), summary: say(phrases, 'summary.manager', { code: context.state.id }) }
    },
    on: (context, name) => {
      const audience = audienceOf(name)
      if (audience === 'channel') return renderer.channel(context, null)
      return audience === 'manager' ? renderer.manager(context) : renderer.chat(context, readerOf(context.state, name))
    },
    view: (view, summary, personId) => ({ card: draw(view, personId), summary }),
  }
  return renderer
}

/** What was made of a state, and of what stood beside it. */
type Views = WeakMap<Case, { readonly view: View; readonly beside: string }>
