import { refreshedFor } from '../../cards/refresh.js'
import { submitOnly } from '../../cards/submit-only.js'
import { hasOwnersView, showPerson } from '../../dialogs/show/show-person.js'
import { showChannel, showManager } from '../../dialogs/show/show.js'
import type { Seen } from '../../dialogs/case-context.js'
import type { View } from '../../dialogs/show/view.js'
import { readerOf, seatOf } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import { say } from '../../triage/phrases.js'
import type { Playbook } from '../../triage/guide.js'
import type { Audience } from './clients.js'
import type { Settled } from '../cases/desk.js'
import type { Card, Message } from '../chat.js'

/** Cases as messages. */
export type Drawing = {
  /** Put a settled case together with its playbook; null when there is no case. */
  see(settled: Settled): Seen | null
  /** The card in a channel: as it stands there for everybody, or as one person sees it there. */
  channel(seen: Seen, personId: string | null, notice?: string): Message
  /** The card in that analyst's own chat. */
  chat(seen: Seen, personId: string, notice?: string): Message
  /** The manager's card; null when nobody was asked. */
  manager(seen: Seen, notice?: string): Message | null
  /** What belongs on that surface of the case now; null when nothing does. */
  on(seen: Seen, surface: string): Message | null
  /** Any other view, with the text for notifications. */
  view(view: View, summary: string): Message
}

/** Draw with these playbooks, words and templates, for these people. */
export const openDrawing = (
  playbookOf: (type: string) => Playbook,
  phrases: Phrases,
  render: (view: View) => Card,
  audience: Pick<Audience, 'submits' | 'others'>,
): Drawing => {
  /** A card as that person's client can work it. */
  const draw = (view: View, personId: string | null): Card => {
    const card = render(view)
    return audience.submits(personId) ? submitOnly(card) : card
  }
  const summary = ({ state, playbook }: Seen): string =>
    say(phrases, 'summary.channel', {
      severity: say(phrases, `severity.${state.alert.severity}`),
      kind: playbook.title,
      code: state.id,
    })
  /** An alert that has no guide of its own is called by its key. */
  const titleOf = (type: string): string => {
    const playbook = playbookOf(type)
    return playbook.type === type ? playbook.title : type
  }
  const drawing: Drawing = {
    see: ({ state, diary }) => state && { state, diary, playbook: playbookOf(state.playbook), phrases, titleOf },
    channel: (seen, personId, notice) => {
      const { state } = seen
      const view = personId === null ? showChannel(seen, notice) : showPerson(seen, personId, notice)
      // What stands in the channel is above all for who has the case.
      const card = draw(view, personId ?? state.owner?.id ?? null)
      const others = hasOwnersView(state) ? audience.others(state) : []
      return { card: refreshedFor(card, others, { caseId: state.id, line: state.news }), summary: summary(seen) }
    },
    chat: (seen, personId, notice) => ({
      card: draw(showPerson(seen, personId, notice), personId),
      summary: summary(seen),
    }),
    manager: (seen, notice) => {
      const view = showManager(seen, notice)
      const manager = seen.state.confirmation?.manager.id ?? null
      return view && { card: draw(view, manager), summary: say(phrases, 'summary.manager', { code: seen.state.id }) }
    },
    on: (seen, surface) => {
      const seat = seatOf(surface)
      if (seat === 'channel') return drawing.channel(seen, null)
      return seat === 'manager' ? drawing.manager(seen) : drawing.chat(seen, readerOf(seen.state, surface))
    },
    view: (view, summary) => ({ card: draw(view, null), summary }),
  }
  return drawing
}
