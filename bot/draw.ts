import { showChannel, showManager } from '../dialogs/show.js'
import { showChat } from '../dialogs/show-chat.js'
import type { Seen } from '../dialogs/seen.js'
import type { View } from '../dialogs/view.js'
import { readerOf, seatOf } from '../triage/case.js'
import type { Phrases } from '../triage/phrases.js'
import { say } from '../triage/phrases.js'
import type { Playbook } from '../triage/playbook.js'
import type { Settled } from './desk.js'
import type { Card, Message } from './talk.js'

/** Cases as messages. */
export type Drawing = {
  /** Put a settled case together with its playbook; null when there is no case. */
  see(settled: Settled): Seen | null
  /** The channel's card. */
  channel(seen: Seen, notice?: string): Message
  /** The card in that analyst's own chat. */
  chat(seen: Seen, personId: string, notice?: string): Message
  /** The manager's card; null when nobody was asked. */
  manager(seen: Seen, notice?: string): Message | null
  /** What belongs on that surface of the case now; null when nothing does. */
  on(seen: Seen, surface: string): Message | null
  /** Any other view, with the text for notifications. */
  view(view: View, summary: string): Message
}

/** Draw with these playbooks, words and templates. */
export const openDrawing = (
  playbookOf: (type: string) => Playbook,
  phrases: Phrases,
  render: (view: View) => Card,
): Drawing => {
  const summary = ({ state, playbook }: Seen): string =>
    say(phrases, 'summary.channel', {
      severity: say(phrases, `severity.${state.alert.severity}`),
      kind: playbook.title,
      code: state.id,
    })
  const drawing: Drawing = {
    see: ({ state, diary }) => state && { state, diary, playbook: playbookOf(state.playbook), phrases },
    channel: (seen, notice) => ({ card: render(showChannel(seen, notice)), summary: summary(seen) }),
    chat: (seen, personId, notice) => ({ card: render(showChat(seen, personId, notice)), summary: summary(seen) }),
    manager: (seen, notice) => {
      const view = showManager(seen, notice)
      return view && { card: render(view), summary: say(phrases, 'summary.manager', { code: seen.state.id }) }
    },
    on: (seen, surface) => {
      const seat = seatOf(surface)
      if (seat === 'channel') return drawing.channel(seen)
      return seat === 'manager' ? drawing.manager(seen) : drawing.chat(seen, readerOf(seen.state, surface))
    },
    view: (view, summary) => ({ card: render(view), summary }),
  }
  return drawing
}
