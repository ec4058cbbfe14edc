import type { Next, Request, Response } from 'restify'
import { parseJson } from '../../intake/parse.js'
import { type Fault, isFault } from '../../triage/fault.js'
import { type IntakeKey, callerOf } from './intake-keys.js'
import type { IntakeResult } from '../cases/open-case.js'

/** What the alert door needs. */
export type Intake = {
  readonly keys: readonly IntakeKey[]
  readonly take: (body: unknown) => Promise<IntakeResult>
  readonly log: Log
}

/** What the Teams door needs: a request with its parsed body, to an answer. */
export type Messages = (request: {
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly socket: { readonly remoteAddress?: string | undefined }
}) => Promise<{ readonly status: number; readonly body?: unknown }>

/** What the service says of itself. */
export type Health = () => { readonly ok: boolean; readonly problems: readonly string[] }

type Log = { info(details: object, text: string): void; error(details: object, text: string): void }

/** Whose key each request came with. */
const callers = new WeakMap<Request, string>()

/** Who sends is proven before the body is read: 401 for strangers. */
export const checkCaller =
  (keys: readonly IntakeKey[]) =>
  (request: Request, response: Response, next: Next): void => {
    const caller = callerOf(request.headers.authorization, keys)
    if (caller !== null) {
      callers.set(request, caller)
      return next()
    }
    response.header('WWW-Authenticate', 'Bearer')
    response.header('Connection', 'close')
    response.send(401, {
      code: 'http/401',
      message: 'Send an intake key as "Authorization: Bearer KEY". Whoever runs Winnow can make one.',
    })
    return next(false)
  }

/** Only JSON comes in: 415 for everything else. */
export const checkType = (request: Request, response: Response, next: Next): void => {
  if (/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return next()
  response.header('Connection', 'close')
  response.send(415, { code: 'http/415', message: 'Send "Content-Type: application/json".' })
  return next(false)
}

/** `POST /api/alerts`: 202 with the cases, once they are on disk; 400 or 422 with what is wrong, and then nothing is stored. */
export const postAlerts =
  ({ take, log }: Intake) =>
  async (request: Request, response: Response): Promise<void> => {
    const caller = callers.get(request) ?? ''
    try {
      const taken = await take(parseJson(textOf(request.body)))
      log.info({ caller, cases: taken.alerts.map(({ caseId, status }) => `${caseId} ${status}`) }, 'alerts taken in')
      response.send(202, taken)
    } catch (error) {
      if (isFault(error) && error.code.startsWith('intake/')) return refuseBody(response, error)
      log.error({ err: error, caller }, 'alerts could not be stored')
      response.header('Retry-After', '30')
      response.send(503, { code: 'http/503', message: 'Winnow could not store this just now. Send it again later.' })
    }
  }

/** `POST /api/messages`: what Teams sends. */
export const postMessages =
  (messages: Messages) =>
  async (request: Request, response: Response): Promise<void> => {
    const { status, body } = await messages(request)
    response.send(status, body)
  }

/** `GET /health`: 200 when all is well, 503 with the problems. */
export const getHealth =
  (health: Health) =>
  async (_request: Request, response: Response): Promise<void> => {
    const found = health()
    response.send(found.ok ? 200 : 503, found)
  }

const refuseBody = (response: Response, { code, message }: Fault): void => {
  response.send(code === 'intake/not-json' || code === 'intake/too-deep' ? 400 : 422, { code, message })
}

const textOf = (body: unknown): string =>
  Buffer.isBuffer(body) ? body.toString('utf8') : typeof body === 'string' ? body : ''
