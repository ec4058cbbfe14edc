import { type Phrases, say } from '../../triage/phrases.js'
import { type Filter, type OnCall, isOpen } from '../../triage/routing.js'
import { escapeUntrusted } from '../escape.js'
import { filterText } from '../filter-text.js'

/** A channel in the list: its conversation, which alerts it gets, the name of who bound it ("" when nobody did), who is on call. */
export type BoundChannel = {
  readonly place: { readonly conversationId: string }
  readonly filter: Filter
  readonly boundBy: string
  readonly onCall: OnCall | null
}

/** The bound channels, a line each, as seen from one conversation: the chat does not tell the bot their names. */
export const listChannels = (channels: readonly BoundChannel[], here: string, phrases: Phrases): string => {
  const hasFilters = channels.some(({ filter }) => !isOpen(filter))
  const rows = channels.map(({ place, filter, boundBy, onCall }, index) => {
    const row = say(phrases, 'channels.row', {
      number: String(index + 1),
      where:
        place.conversationId === here
          ? say(phrases, 'channels.here')
          : boundBy === ''
            ? say(phrases, 'channels.other')
            : say(phrases, 'channels.bound-by', { by: escapeUntrusted(boundBy, 60) }),
      what: isOpen(filter) && hasFilters ? say(phrases, 'filter.rest') : filterText(filter, phrases),
    })
    return `${row}. ${onCall ? onCallText(onCall, phrases) : say(phrases, 'channels.off-call')}`
  })
  const hasRest = channels.some(({ filter }) => isOpen(filter))
  return [...rows, ...(hasRest ? [] : [say(phrases, 'channels.no-rest')])].join('\n')
}

const onCallText = ({ person, atLeast }: OnCall, phrases: Phrases): string =>
  say(phrases, 'channels.on-call', {
    name: escapeUntrusted(person.name, 60),
    severity: say(phrases, `severity.${atLeast}`),
  })
