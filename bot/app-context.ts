import type { Outbox } from './outbox/deliver.js'
import type { Phrases } from '../triage/phrases.js'
import type { Filter } from '../triage/routing.js'
import type { ConversationRef } from '../triage/card.js'
import type { CaseCache } from './cases/case-cache.js'
import type { Clients } from './outbox/clients.js'
import type { Channels } from './outbox/channels.js'
import type { OpenCases } from './cases/open-cases.js'
import type { Desk } from './cases/desk.js'
import type { Directory } from './people/directory.js'
import type { CaseRenderer } from './outbox/render-case.js'
import type { Roster } from './people/roster.js'
import type { Messenger } from './chat.js'

/** Everything that answering people needs, wired once in `main`. */
export type AppContext = {
  readonly desk: Desk
  readonly openCases: OpenCases
  readonly binding: Channels
  readonly directory: Directory
  readonly renderer: CaseRenderer
  readonly messenger: Messenger
  readonly phrases: Phrases
  /** How long a manager has to answer, in hours. */
  readonly confirmationHours: number
  readonly now: () => string
  readonly outbox: Pick<Outbox, 'found' | 'repost'>
  readonly roster: Roster
  readonly clients: Clients
  readonly caseCache: CaseCache
  /** Object ids of those analysts who are leads, in lower case; when there are none, nothing needs one. */
  readonly leads: readonly string[]
  /** The open cases that can't be read at the moment: they belong in lists, with nothing but their code. */
  readonly damagedCases: () => readonly string[]
  /** Post new cards here from now on (those the filter lets through, all unless told), and those that wait. */
  readonly bind: (place: ConversationRef, filter?: Filter, boundBy?: string) => Promise<void>
  /** Post no new cards there any more. */
  readonly unbind: (conversationId: string) => Promise<void>
  /** Winnow was added anew where it posts already: cards that were refused or forgotten there may be posted again. */
  readonly rebindAll: () => Promise<void>
}
