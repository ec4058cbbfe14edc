import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Activity, general, incidents, people, type Somebody } from './activities.js'
import { answer, type Answer, attemptOf, isTooFast, type World } from './fake-connector-rest.js'
import { closeNow, listenOnLoopback, sendJson } from './loopback.js'
import type { TeamsLimits } from './teams-limits.js'

/** A message as it stands in Teams now. */
export type Stored = {
  readonly conversationId: string
  readonly messageId: string
  readonly activity: Activity
  readonly updates: number
}

/** One request as it arrived, also when it was made to fail. */
export type CaseContext = {
  readonly on: Attempt
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Activity
}

export type Attempt = 'post' | 'update' | 'direct' | 'member' | 'other'

/** How the next `times` (1 unless told) requests of that kind fail. `stored` fails although the message stands there. */
export type Failure = {
  readonly on: Attempt
  readonly status: number | 'reset' | 'silence'
  readonly code?: string
  readonly retryAfter?: string
  readonly after?: 'stored'
  /** What stands there instead of Teams' own JSON: a page, as a proxy answers, or an empty object. */
  readonly body?: 'page' | 'nothing'
  readonly times?: number
}

/** A stand-in for the service that carries messages to Teams: its public REST API on loopback, with its refusals. */
export type FakeConnector = {
  readonly serviceUrl: string
  /** Every request in order. */
  readonly context: readonly CaseContext[]
  /** Every message that was ever posted, in order, as it stands now. */
  messages(conversationId?: string): readonly Stored[]
  /** The cards among them: the content of each one's first attachment. */
  cards(conversationId?: string): readonly Activity[]
  /** How many requests of that kind arrived. */
  count(on: Attempt): number
  /** The 1:1 chats that were opened: conversation id by the person's `29:` id. */
  readonly chats: ReadonlyMap<string, string>
  /** Who is in the team; change it as a test needs. */
  readonly members: Somebody[]
  /** People who are in no team but have added Winnow for themselves; change it as a test needs. */
  readonly installedFor: Somebody[]
  /** Ids of people who have blocked or removed Winnow: 403 for them. */
  readonly blocked: Set<string>
  failNext(failure: Failure): void
  close(): Promise<void>
}

/**
 * Open it on a free port, or on the one told. With a `token`, requests that do not carry it are refused with 401.
 *
 * `pace` is called at each request and tells how many milliseconds it waits before it does what it is asked, and before it
 * answers. With `forgetful`, requests are not remembered, only messages.
 */
export const openFakeConnector = async (options: FakeConnectorOptions = {}): Promise<FakeConnector> => {
  const world: World = {
    stored: [],
    chats: new Map(),
    members: Object.values(people),
    installedFor: [],
    blocked: new Set(),
    channels: new Set([incidents, general]),
  }
  const context: CaseContext[] = []
  const failures: (Failure & { left: number })[] = []

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const path = decodeURIComponent(request.url ?? '')
    const method = request.method ?? ''
    const on = attemptOf(method, path, body)
    const { authorization } = request.headers
    if (!options.forgetful) context.push({ on, method, path, authorization, body })
    const { before, after } = options.pace?.(on) ?? { before: 0, after: 0 }
    if (before > 0) await sleep(before)
    const failure = failures.find((planned) => planned.on === on && planned.left > 0)
    if (failure) failure.left -= 1
    const proven = options.token === undefined || authorization === `Bearer ${options.token}`
    if (!failure) {
      const tooFast = options.limits ? isTooFast(options.limits, on, path, body) : null
      const answered = tooFast ?? (proven ? answer(world, on, path, body) : unproven)
      if (after > 0) await sleep(after)
      return send(response, answered)
    }
    if (failure.after === 'stored') answer(world, on, path, body)
    if (failure.status === 'reset') request.socket.destroy()
    else if (failure.status !== 'silence' && failure.body === 'page') {
      response.writeHead(failure.status, { 'content-type': 'text/html' })
      response.end('<html><body>Blocked by policy</body></html>')
    } else if (failure.status !== 'silence') {
      send(
        response,
        failure.body === 'nothing' ? { status: failure.status, body: {} } : planned(failure.status, failure),
      )
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      sendJson(response, 500, { error: { code: 'FakeConnector', message: String(error) } }),
    )
  })
  const origin = await listenOnLoopback(server, options.port)
  const messages = (conversationId?: string) =>
    world.stored.filter(
      (message) => !conversationId || message.conversationId.split(';')[0] === conversationId.split(';')[0],
    )
  return {
    serviceUrl: `${origin}/`,
    context,
    messages,
    cards: (conversationId) => messages(conversationId).flatMap(({ activity }) => cardOf(activity)),
    count: (on) => context.filter((request) => request.on === on).length,
    chats: world.chats,
    members: world.members,
    installedFor: world.installedFor,
    blocked: world.blocked,
    failNext: (failure) => failures.push({ ...failure, left: failure.times ?? 1 }),
    close: () => closeNow(server),
  }
}

type FakeConnectorOptions = {
  readonly token?: string
  readonly port?: number
  readonly forgetful?: boolean
  /** Whoever is faster than these is refused with 429. */
  readonly limits?: TeamsLimits
  readonly pace?: (on: Attempt) => { readonly before: number; readonly after: number }
}

const cardOf = ({ attachments }: Activity): readonly Activity[] =>
  Array.isArray(attachments) ? attachments.slice(0, 1).map(({ content }: { content: Activity }) => content) : []

const bodyOf = async (request: IncomingMessage): Promise<Activity> => {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  const body: Activity = text === '' ? {} : JSON.parse(text)
  return body
}

const send = (response: ServerResponse, { status, body, headers }: Answer): void =>
  sendJson(response, status, body, headers)

const unproven: Answer = { status: 401, body: { error: { code: 'Unauthorized', message: 'no token' } } }

const planned = (status: number, { code = 'Planned', retryAfter }: Failure): Answer => ({
  status,
  body: { error: { code, message: 'as the test wants it' } },
  ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
})
