import type { Request, Response } from 'restify'
import { isCefText } from '../../intake/cef.js'
import { parseJson } from '../../intake/parse.js'
import type { SourceName } from '../../intake/sources.js'
import { Fault, isFault } from '../../triage/fault.js'
import type { IntakeResult } from '../cases/open-case.js'
import { type Gather, inStep } from '../pacing/gather.js'
import { type HttpRefusal, answer, answerText, refuse } from './answer.js'
import { notJson, readText } from './body.js'
import type { Health, Operation } from './health.js'
import { type IntakeKey, callerOf } from './intake-keys.js'
import { type Proofs, noKey, prove } from './intake-proof.js'
import type { Limits } from './limits.js'
import { metricsOf, metricsType } from './metrics.js'
import type { Refusals } from './refusals.js'

/**
 * What the alert doors need. `take` throws a fault `intake/…` when a payload cannot be read, anything else when not stored; it is
 * told the source when path or key says it.
 */
export type Intake = Proofs & {
  readonly take: (body: unknown, source: SourceName | null) => Promise<IntakeResult>
  readonly log: Log
}

/**
 * What the Teams door needs: from the headers alone, who may speak. Either an answer, and then the body is never read; or whoever
 * hears the body, as parsed from JSON, and answers. `why` of an answer is for the log alone.
 */
export type Messages = (request: {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly socket: { readonly remoteAddress?: string | undefined }
}) => Promise<TeamsAnswer | { readonly hear: (body: unknown) => Promise<TeamsAnswer> }>

/** What is answered to Teams: a body, or its JSON as it is; with neither, nothing but the status. */
export type TeamsAnswer = {
  readonly status: number
  readonly body?: unknown
  readonly json?: Buffer
  readonly why?: string
}

/** Details first, then the sentence, as pino takes them. */
export type Log = Readonly<Record<'info' | 'warn' | 'error', (details: object, text: string) => void>>

/** Whose key a request that was refused came with, and why it was, for the log. */
export const known = new WeakMap<Request, Known>()

type Known = { readonly caller?: string; readonly why?: string | undefined }

/**
 * `POST /api/alerts`, and `/api/alerts/SOURCE` for one source: 202 with the cases, once they are on disk; 400 or 422 with what is
 * wrong, and then nothing is stored. Alerts that arrive together go through each step together.
 */
export const postAlerts =
  (intake: Intake, limits: Limits, gather: Gather, path: SourceName | null = null) =>
  async (request: Request, response: Response): Promise<void> => {
    const { take, log } = intake
    /** Whose request it is, is for the log of refusals alone: most are refused nothing. */
    const refuseTo = (who: Known, refusal: HttpRefusal): void => {
      known.set(request, who)
      refuse(request, response, refusal, limits.lingerMs)
    }
    const proven = await prove(intake, request.headers)
    if ('refusal' in proven) return refuseTo({ why: proven.why }, proven.refusal)
    const {
      caller: { name: caller, source },
      signed,
    } = proven
    const soFar = signed === undefined ? { caller } : {}
    if (path !== null && source !== undefined && source !== path) return refuseTo(soFar, otherSource(source))
    const text = await readText(request, response, limits, 'json and text')
    if (text === null) return
    if (typeof text !== 'string') return refuseTo(soFar, text)
    const unsigned = signed?.check(text) ?? null
    if (unsigned !== null) {
      return refuseTo({ ...(unsigned.proven && { caller }), why: unsigned.why }, unsigned.refusal)
    }
    await gather(text.length)
    const isText = /^text\//i.test(request.headers['content-type'] ?? '')
    if (isText && !isCefText(text)) return refuseTo({ caller }, notJson)
    try {
      const payload = isText ? text : payloadOf(text)
      await inStep()
      const taken = await take(payload, path ?? source ?? null)
      const ignored = taken.ignored.length
      log.info(
        {
          caller,
          cases: taken.alerts.map(({ caseId, status }) => `${caseId} ${status}`),
          ...(ignored > 0 && { ignored }),
        },
        'alerts taken in',
      )
      await inStep()
      answer(response, 202, taken)
    } catch (error) {
      signed?.forget()
      if (isFault(error) && error.code.startsWith('intake/')) {
        const { code, message, cause } = error
        if (code === 'intake/unreadable') log.error({ caller, ...placeOf(cause) }, 'a payload could not be read')
        const status = code === 'intake/not-json' || code === 'intake/too-deep' ? 400 : 422
        return refuseTo({ caller }, { status, code, message })
      }
      log.error({ err: error, caller }, 'alerts could not be stored')
      answer(response, 503, unstored, { 'Retry-After': '30' })
    }
  }

/** `POST /api/messages`: what Teams sends. */
export const postMessages =
  (messages: Messages, limits: Limits) =>
  async (request: Request, response: Response): Promise<void> => {
    const proven = await messages(request)
    if (!('hear' in proven)) return answerTeams(request, response, proven, limits)
    const text = await readText(request, response, limits)
    if (text === null) return
    if (typeof text !== 'string') return refuse(request, response, text, limits.lingerMs)
    const parsed = parsedOf(text)
    if (parsed === null) return refuse(request, response, damaged, limits.lingerMs)
    answerTeams(request, response, await proven.hear(parsed.body), limits)
  }

/** `GET /health`: 200 when all is well, else 503; what is wrong, facts and counts are for callers with a key only. */
export const getHealth =
  (health: Health, keys: readonly IntakeKey[], refusals: Refusals, limits: Limits) =>
  async (request: Request, response: Response): Promise<void> => {
    const caller = callerOf(request.headers.authorization, keys)
    if (caller === null && request.headers.authorization !== undefined)
      return refuse(request, response, noKey, limits.lingerMs)
    const { ok, problems, details } = await health()
    const all = { ok, problems, details, refused: refusals.counts() }
    answer(response, ok ? 200 : 503, caller === null ? { ok } : all)
  }

/** `GET /healthz`: 200 as long as requests are answered at all. */
export const getAlive =
  () =>
  async (_: Request, response: Response): Promise<void> =>
    answer(response, 200, { alive: true })

/** `GET /readyz`: 200 when all work can be done, else 503; what keeps it from that is for callers with a key only. */
export const getReady =
  ({ ready = () => ({ ready: true, checks: {} }) }: Operation, keys: readonly IntakeKey[], limits: Limits) =>
  async (request: Request, response: Response): Promise<void> => {
    const caller = callerOf(request.headers.authorization, keys)
    if (caller === null && request.headers.authorization !== undefined)
      return refuse(request, response, noKey, limits.lingerMs)
    const report = ready()
    answer(response, report.ready ? 200 : 503, caller === null ? { ready: report.ready } : report)
  }

/** `GET /metrics`: the same numbers for Prometheus, with a key. */
export const getMetrics =
  (health: Health, keys: readonly IntakeKey[], refusals: Refusals, limits: Limits, { meters }: Operation = {}) =>
  async (request: Request, response: Response): Promise<void> => {
    const caller = callerOf(request.headers.authorization, keys)
    if (caller === null) return refuse(request, response, noKey, limits.lingerMs)
    const numbers = await metricsOf(await health(), refusals.counts())
    answerText(response, 200, metricsType, numbers + (meters ? await meters() : ''))
  }

/** A refusal of our own has a code and a message; everything else goes back as it is. */
const answerTeams = (
  request: Request,
  response: Response,
  { status, body, json, why }: TeamsAnswer,
  limits: Limits,
): void => {
  if (why !== undefined) known.set(request, { why })
  if (isRefusal(body)) return refuse(request, response, { status, ...body }, limits.lingerMs)
  answerText(response, status, 'application/json', json ?? (body === undefined ? '' : JSON.stringify(body)))
}

const isRefusal = (body: unknown): body is { readonly code: string; readonly message: string } =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'

const parsedOf = (text: string): { readonly body: unknown } | null => {
  try {
    return { body: JSON.parse(text) }
  } catch {
    return null
  }
}

/** What no rule foresaw in reading is the payload's matter as well: sent again, it would fail again. */
const payloadOf = (text: string): unknown => {
  try {
    return parseJson(text)
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw new Fault('intake/unreadable', "This payload couldn't be read, and nothing was stored.", { cause })
  }
}

/** Where in our code it went wrong: the message could hold something of the payload. */
const placeOf = (cause: unknown): object =>
  cause instanceof Error
    ? {
        name: cause.name,
        stack: (cause.stack ?? '')
          .split('\n')
          .filter((line) => /^ {4}at /.test(line))
          .slice(0, 8),
      }
    : { name: typeof cause }

const otherSource = (source: SourceName): HttpRefusal => ({
  status: 403,
  code: 'http/403',
  message: `This key is for alerts of the source ${source} alone. Send them to /api/alerts/${source}, or use another key.`,
})
const damaged: HttpRefusal = {
  status: 400,
  code: 'http/400',
  message: 'The body is not JSON, or was damaged on the way.',
}
const unstored = { code: 'http/503', message: "This couldn't be stored right now. Send it again later." }
