import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder'
import type { Phrases } from '../../triage/phrases.js'
import type { Where } from '../pacing/rate-limiter.js'
import type { ChatHandler, Messenger } from '../chat.js'
import { type App, authenticationFor, type Endpoints, Refused } from './authentication.js'
import { counted } from './counted.js'
import { faultOf, type Incoming, readIncoming } from './incoming.js'
import { notLocal } from './local.js'
import type { Log } from './log.js'
import { openMessenger } from './messenger.js'
import type { TeamsAnswer, TeamsRequest } from './request.js'
import { type Turn, turns } from './turn.js'
import { whole } from './whole.js'

/** How to reach Teams. Without an app, Winnow speaks to the local client only and asks nobody for a proof. */
export type TeamsOptions = {
  readonly app: App | null
  readonly log: Log
  readonly phrases: Phrases
  /** Stand-ins for Microsoft's sign-in services; left out everywhere but in tests. */
  readonly endpoints?: Endpoints
  /** After how many milliseconds a request to Teams is given up; 10 seconds unless told. */
  readonly timeoutMs?: number
  /** The clock in milliseconds; the machine's unless told. */
  readonly now?: () => number
  /** Hears of each answer to a person that is sent as a message, or drawn on one; call what it returns when it has been sent. */
  readonly sending?: (where: Where) => () => void
}

/** The way out to Teams, and the way in once there is somebody who listens. */
export type Teams = {
  readonly messenger: Messenger
  /**
   * What `POST /api/messages` does. It never rejects: 200 for whatever was understood (the outcome of a click is in the body),
   * 400 for what is no activity, 401 and 403 for callers that are not Teams in our own tenant, 501 for an unknown kind of
   * question, 503 while the caller cannot be checked. No answer carries an error text of a library.
   */
  receive(listener: ChatHandler): (request: TeamsRequest) => Promise<TeamsAnswer>
}

/** Open the road to and from Microsoft Teams. Nothing is sent or fetched before the first message. */
export const openTeams = (options: TeamsOptions): Teams => {
  const { app, log, phrases, endpoints, timeoutMs = 10_000, now = Date.now, sending = () => () => {} } = options
  const authentication = authenticationFor(app, endpoints, timeoutMs)
  const door = new Door(authentication)
  const connect = (serviceUrl: string) =>
    authentication.createConnectorFactory(door.identity(app?.id ?? '')).create(serviceUrl)
  const messenger = openMessenger({ connect, local: app === null, now })
  return {
    messenger,
    receive: (listener) => {
      const turn = counted(turns({ listener, messenger, phrases, log, now }), sending)
      return async (request) => {
        const incoming = readIncoming(request.body)
        if (!incoming.success) return refusal(400, faultOf(incoming.error))
        const why = app === null ? notLocal(request, incoming.data.serviceUrl) : null
        if (why !== null) log.warn({ why }, 'teams: a request from elsewhere was refused')
        if (why !== null)
          return refusal(403, 'Winnow runs in local mode and answers only the client on the same machine.')
        return door.pass(request, incoming.data, turn, log)
      }
    },
  }
}

/** The adapter without its HTTP half, which answers with library texts and writes to the console. */
class Door extends CloudAdapter {
  identity(appId: string) {
    return this.createClaimsIdentity(appId)
  }

  async pass(request: TeamsRequest, incoming: Incoming, turn: Turn, log: Log): Promise<TeamsAnswer> {
    const { authorization } = request.headers
    const header = typeof authorization === 'string' ? authorization : ''
    const activity = whole<Activity>(request.body)
    try {
      const result = await this.processActivity(header, activity, (context: TurnContext) => turn(context, incoming))
      return result ? { status: result.status, body: result.body } : { status: 200 }
    } catch (error) {
      const status = error instanceof Refused ? error.status : 500
      if (status === 500) log.error({ err: error }, 'teams: an activity could not be handled')
      else log.warn({ why: reasonOf(error) }, 'teams: a request was refused')
      return refusal(status, sentences[status])
    }
  }
}

/** For the operator, whose wrong app id looks like anybody's wrong token. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.message}: ${String(error.cause)}`.slice(0, 300) : String(error)

const refusal = (status: number, message: string): TeamsAnswer => ({ status, body: { code: codes[status], message } })

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'InternalError',
  503: 'Unavailable',
}

const sentences = {
  401: 'This request could not be proven to come from Microsoft Teams.',
  403: 'This Winnow serves another organisation.',
  500: 'Winnow could not do that just now. Please try again.',
  503: 'Winnow cannot check just now who is calling. Please try again.',
} as const
