import type { Phrases } from '../triage/phrases.js'
import type { Filter } from '../triage/routing.js'
import type { Place } from '../triage/card.js'
import type { AtHand } from './cases/case-cache.js'
import type { Audience } from './outbox/clients.js'
import type { Binding } from './outbox/channels.js'
import type { Board } from './cases/open-cases.js'
import type { Desk } from './cases/desk.js'
import type { Directory } from './people/directory.js'
import type { Drawing } from './outbox/render-case.js'
import type { Roster } from './people/roster.js'
import type { Messenger } from './chat.js'

/** Everything that answering people needs, wired once in `main`. */
export type House = {
  readonly desk: Desk
  readonly board: Board
  readonly binding: Binding
  readonly directory: Directory
  readonly drawing: Drawing
  readonly messenger: Messenger
  readonly phrases: Phrases
  /** How long a manager has to answer, in hours. */
  readonly confirmationHours: number
  readonly now: () => string
  readonly roster: Roster
  readonly audience: Audience
  readonly atHand: AtHand
  /** Object ids of those analysts who are leads, in lower case; when there are none, nothing needs one. */
  readonly leads: readonly string[]
  /** Post new cards here from now on (those the filter lets through, all unless told), and those that wait. */
  readonly bind: (place: Place, filter?: Filter, boundBy?: string) => Promise<void>
  /** Post no new cards there any more. */
  readonly unbind: (conversationId: string) => Promise<void>
  /** Winnow was added anew where it posts already: cards that were refused or forgotten there may be posted again. */
  readonly rejoin: () => Promise<void>
}
