import type { Phrases } from '../../triage/phrases.js'
import type { Where } from '../pacing/rate-limiter.js'
import { machineClock } from '../pacing/clock.js'
import type { ChatHandler, Messenger } from '../chat.js'
import { type App, type Endpoints, openAuthentication } from './authentication.js'
import { counted } from './counted.js'
import { openFramework } from './framework.js'
import { faultOf, readIncoming } from './incoming.js'
import type { Log } from './log.js'
import { openMessenger } from './messenger.js'
import type { TeamsAnswer, TeamsCaller, TeamsRequest } from './request.js'
import type { CallerRefusal } from './tokens.js'
import { turns } from './turn.js'

/** How to reach Teams. Without an app, Winnow speaks to the local client only and asks nobody for a proof. */
export type TeamsOptions = {
  readonly app: App | null
  readonly log: Log
  readonly phrases: Phrases
  /** Stand-ins for Microsoft's sign-in services; left out everywhere but in tests. */
  readonly endpoints?: Endpoints
  /** After how many milliseconds a request to Teams is given up; 10 seconds unless told. */
  readonly timeoutMs?: number
  /** After how many milliseconds fetching the keys that sign Teams' requests is given up; 5 seconds unless told. */
  readonly keysTimeoutMs?: number
  /** The time in milliseconds since 1970; the machine's unless told. */
  readonly now?: () => number
  /** Milliseconds that never go back, for waiting; the machine's unless told. */
  readonly monotonic?: () => number
  /** Hears of each answer to a person that is sent as a message, or drawn on one; call what it returns when it has been sent. */
  readonly sending?: (where: Where) => () => void
}

/** The way out to Teams, and the way in once there is somebody who listens. */
export type Teams = {
  readonly messenger: Messenger
  /**
   * What `POST /api/messages` does. First from the headers alone: an answer for callers that are not Teams (401, 403 in local
   * mode, 503 while nobody can be proven), else who hears the body. It never rejects: 200 for whatever was understood (the
   * outcome of a click is in the body), 400 for what is no activity, 401 and 403 for what is not from Teams in our own tenant,
   * 501 for an unknown kind of question. No answer carries an error text of a library.
   */
  receive(listener: ChatHandler): (request: TeamsRequest) => Promise<TeamsAnswer | TeamsCaller>
}

/** Open the road to and from Microsoft Teams. Nothing is sent or fetched before the first message. */
export const openTeams = (options: TeamsOptions): Teams => {
  const { app, log, phrases, endpoints, now = Date.now, monotonic = machineClock.now } = options
  const { timeoutMs = 10_000, keysTimeoutMs = 5000, sending = () => () => {} } = options
  const framework = openFramework(app, endpoints, timeoutMs)
  const authentication = openAuthentication(app, { endpoints, timeoutMs: keysTimeoutMs, now, monotonic, log })
  const messenger = openMessenger({ connect: framework.connect, local: app === null, now })
  return {
    messenger,
    receive: (listener) => {
      const { answered, turn } = turns({ listener, messenger, phrases, log, now: monotonic, isLocal: app === null })
      const run = counted(turn, sending)

      const hear = async (body: unknown, speaks: (...of: Speaking) => CallerRefusal | null): Promise<TeamsAnswer> => {
        const incoming = readIncoming(body)
        if (!incoming.success) return { status: 400, body: { code: 'BadRequest', message: faultOf(incoming.error) } }
        const why = speaks(incoming.data, body)
        if (why !== null) return refusal(why, app)
        try {
          // A click is answered with the request itself: none of what the framework makes to send messages is needed.
          if (incoming.data.type === 'invoke') return await answered(incoming.data)
          await framework.run(body, (context) => run(context, incoming.data))
          return { status: 200 }
        } catch (error) {
          log.error({ err: error }, 'teams: an activity could not be handled')
          return { status: 500, body: failed }
        }
      }

      return async (request) => {
        const caller = await authentication.caller(request)
        return 'status' in caller ? refusal(caller, app) : { hear: (body) => hear(body, caller.speaks) }
      }
    },
  }
}

type Speaking = readonly [incoming: Parameters<ReturnType<typeof counted>>[1], body: unknown]

const refusal = ({ status, why }: CallerRefusal, app: App | null): TeamsAnswer => ({
  status,
  body: app === null && status === 403 ? notLocalHere : sentences[status],
  why,
})

const sentences = {
  401: { code: 'Unauthorized', message: 'This request could not be proven to come from Microsoft Teams.' },
  403: { code: 'Forbidden', message: 'This Winnow serves another organization.' },
  503: { code: 'Unavailable', message: "Winnow can't check right now who is calling. Try again." },
} as const
const notLocalHere = {
  code: 'Forbidden',
  message: 'Winnow runs in local mode and answers only the client on the same machine.',
}
const failed = { code: 'InternalError', message: 'Something went wrong. Try again.' }
