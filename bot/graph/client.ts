import { type Clock, machineClock } from '../pacing/clock.js'
import type { GraphFailure } from './failure.js'
import { readBounded } from './read-bounded.js'
import { retryAfterMs } from './retry-after.js'

/** A token for Graph, or why there is none. It is asked before each request, and kept by whoever gives it. */
export type GraphToken = () => Promise<
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly failure: GraphFailure }
>

/** One question to Graph. */
export type GraphRequest = {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE'
  /** Behind the base URL, such as `/users/…`; or a whole link that Graph gave, which has to lead to the same place. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: unknown
  /** The least permission that allows it, for whoever has to grant it. */
  readonly permission: string
  /** True when asking twice does no more than asking once: then it is asked again although nobody knows how it ended. */
  readonly repeatable?: boolean
  /** True for what rests on what was read right before: it is asked now or not at all, so that it can be read again first. */
  readonly fresh?: boolean
  readonly signal?: AbortSignal
}

/** What Graph answered: JSON, null for none; `at` is Graph's own time (ISO 8601), null when it tells none. */
export type GraphAnswer =
  | { readonly ok: true; readonly body: unknown; readonly at: string | null }
  | { readonly ok: false; readonly failure: GraphFailure }

/** Microsoft Graph, asked by the application itself. Nothing of what is sent or received is logged. */
export type Graph = {
  ask(request: GraphRequest): Promise<GraphAnswer>
}

/** What the client needs. */
export type GraphParts = {
  readonly token: GraphToken
  /** With the version, such as `https://graph.microsoft.com/v1.0`. */
  readonly baseUrl: string
  /** How the token is named in the header; `Bearer` unless told. */
  readonly scheme?: string
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs?: number
  readonly clock?: Clock
  /** How often one question is asked at the most; four times unless told. */
  readonly tries?: number
  /** 0 to 1: scatters what is asked again. */
  readonly random?: () => number
}

/**
 * A client that asks up to four times: after what Graph says where it limits, else after a second, two, and four. Where it has to
 * wait longer than a minute, it says so instead; until then every other question gets the same answer without being asked.
 */
export const openGraph = (parts: GraphParts): Graph => {
  const {
    token,
    baseUrl,
    scheme = 'Bearer',
    timeoutMs = 60_000,
    clock = machineClock,
    random = Math.random,
    tries: allowed = mostTries,
  } = parts
  const base = new URL(baseUrl)
  const root = base.pathname.replace(/\/$/, '')
  let shutUntil = -Infinity

  const urlOf = ({ path, query = {} }: GraphRequest): URL | null => {
    if (!/^https?:/i.test(path)) {
      const url = new URL(`${base.origin}${root}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url
    }
    // The token goes nowhere but to Graph, whatever a link says.
    const url = URL.canParse(path) ? new URL(path) : null
    return url?.origin === base.origin && url.pathname.startsWith(`${root}/`) && url.username === '' ? url : null
  }

  const once = async (request: GraphRequest, url: URL): Promise<GraphAnswer> => {
    const proof = await token()
    if (!proof.ok) return proof
    const { method, headers = {}, body, permission, signal } = request
    try {
      const limit = AbortSignal.timeout(timeoutMs)
      const response = await fetch(url, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
          ...headers,
          Authorization: `${scheme} ${proof.token}`,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      return await answerOf(response, permission)
    } catch (error) {
      return failed({ kind: 'unreachable', says: reasonOf(error) })
    }
  }

  /** In how many milliseconds the same may be asked again; null when that is no use, or too long to wait for here. */
  const againIn = (failure: GraphFailure, request: GraphRequest, tries: number): number | null => {
    if (tries >= allowed || request.signal?.aborted || request.fresh) return null
    if (failure.kind === 'throttled') return failure.retryAfterMs <= longestWaitMs ? failure.retryAfterMs : null
    const isSafe = request.repeatable ?? request.method !== 'POST'
    return failure.kind === 'unreachable' && isSafe ? 500 * 2 ** tries * (0.75 + random() / 2) : null
  }

  return {
    ask: async (request) => {
      const url = urlOf(request)
      if (url === null) return failed({ kind: 'invalid', says: 'a link that leads elsewhere' })
      for (let tries = 1; ; tries += 1) {
        const shutFor = shutUntil - clock.now()
        if (shutFor > (request.fresh ? 0 : longestWaitMs)) return failed({ kind: 'throttled', retryAfterMs: shutFor })
        if (shutFor > 0) await clock.sleep(shutFor, request.signal)
        if (request.signal?.aborted) return failed({ kind: 'unreachable', says: 'stopped' })
        const answer = await once(request, url)
        if (answer.ok) return answer
        if (answer.failure.kind === 'throttled') shutUntil = clock.now() + answer.failure.retryAfterMs
        const wait = againIn(answer.failure, request, tries)
        if (wait === null) return answer
        if (answer.failure.kind !== 'throttled') await clock.sleep(wait, request.signal)
      }
    },
  }
}

const mostTries = 4
const longestWaitMs = 60_000
/** Far more than a page of a hundred alerts with all of their evidence. */
const mostBytes = 64 * 1024 * 1024

const failed = (failure: GraphFailure): GraphAnswer => ({ ok: false, failure })

const answerOf = async (response: Response, permission: string): Promise<GraphAnswer> => {
  const { status, headers } = response
  const text = await readBounded(response, mostBytes)
  if (text === null) return failed({ kind: 'invalid', says: 'an answer that is too large' })
  const at = timeIn(headers.get('date'))
  if (status === 204 || (status < 300 && text === '')) return { ok: true, body: null, at }
  const body = parsed(text)
  if (status < 300) {
    return body === undefined ? failed({ kind: 'invalid', says: 'an answer that is no JSON' }) : { ok: true, body, at }
  }
  const says = codeIn(body) ?? `HTTP ${status}`
  if (status === 401) return failed({ kind: 'signed-out', says })
  if (status === 403) return failed({ kind: 'forbidden', permission })
  if (status === 404 || status === 410) return failed({ kind: 'not-found' })
  if (status === 409 || status === 412) return failed({ kind: 'conflict', says })
  const wait = retryAfterMs(headers.get('retry-after'), at)
  if (status === 429 || (status === 503 && wait !== null)) {
    return failed({ kind: 'throttled', retryAfterMs: wait ?? 30_000 })
  }
  if (status === 408 || status >= 500) return failed({ kind: 'unreachable', says: `HTTP ${status}` })
  return failed({ kind: 'invalid', says })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Graph's code for what went wrong. Its message is left out: it can quote what was asked. */
const codeIn = (body: unknown): string | null => {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : null
}

const timeIn = (header: string | null): string | null => {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** What the network said, by its code. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.name
}
