import type { Phrases } from '../triage/phrases.js'
import type { Filter } from '../triage/routing.js'
import type { Place } from '../triage/surface.js'
import type { AtHand } from './at-hand.js'
import type { Audience } from './audience.js'
import type { Binding } from './binding.js'
import type { Board } from './board.js'
import type { Desk } from './desk.js'
import type { Directory } from './directory.js'
import type { Drawing } from './draw.js'
import type { Roster } from './roster.js'
import type { Messenger } from './talk.js'

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
