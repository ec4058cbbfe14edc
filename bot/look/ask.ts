import type { Graph, GraphAnswer } from '../graph/client.js'
import type { GraphFailure } from '../graph/failure.js'
import type { Clock } from '../pacing/clock.js'
import { openRateWindow } from '../pacing/rate-window.js'
import type { AskGraph } from './answer.js'

type Parts = {
  readonly graph: Graph
  /** So many questions a minute, of whatever kind: the tenant's other tools need theirs as well. */
  readonly perMinute: number
  /** How long one question may take, in milliseconds. */
  readonly timeoutMs: number
  readonly clock: Clock
  /** Stops everything. */
  readonly signal: AbortSignal
}

/**
 * Asks Graph within a quota and a time limit. What is forbidden is not asked again for an hour, for whatever case; nor is anything for a
 * few minutes where no token was given. Where Graph limits the questions for no longer than a minute, the same is asked once more.
 */
export const openAsk = ({ graph, perMinute, timeoutMs, clock, signal }: Parts): AskGraph => {
  const window = openRateWindow([{ most: perMinute, withinMs: 60_000 }])
  const closed = new Map<string, { readonly until: number; readonly failure: GraphFailure }>()

  const once: AskGraph = async (request) => {
    if (signal.aborted) return stopped
    for (let wait = window.wait(clock.now()); wait > 0; wait = window.wait(clock.now())) {
      await clock.sleep(wait, signal)
      if (signal.aborted) return stopped
    }
    window.begin(clock.now())
    const ending = new AbortController()
    const end = (): void => ending.abort()
    const timer = setTimeout(end, timeoutMs)
    signal.addEventListener('abort', end, { once: true })
    try {
      // The limit holds whatever Graph's client does meanwhile: its promise alone is not waited for.
      const asking = graph.ask({ ...request, repeatable: true, signal: ending.signal })
      return await Promise.race([asking, ended(ending.signal)])
    } catch {
      return late
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      window.end(clock.now())
    }
  }

  return async (request) => {
    for (const key of ['token', request.permission]) {
      const known = closed.get(key)
      if (known && known.until > clock.now()) return { ok: false, failure: known.failure }
    }
    let answer = await once(request)
    if (!answer.ok && answer.failure.kind === 'throttled' && answer.failure.retryAfterMs <= longestWaitMs) {
      await clock.sleep(answer.failure.retryAfterMs, signal)
      answer = signal.aborted ? stopped : await once(request)
    }
    if (signal.aborted) return stopped
    if (!answer.ok && answer.failure.kind === 'forbidden')
      closed.set(request.permission, { until: clock.now() + forbiddenMs, failure: answer.failure })
    if (!answer.ok && answer.failure.kind === 'signed-out')
      closed.set('token', { until: clock.now() + signedOutMs, failure: answer.failure })
    return answer
  }
}

const forbiddenMs = 3_600_000
const signedOutMs = 300_000
const longestWaitMs = 60_000

const late: GraphAnswer = { ok: false, failure: { kind: 'unreachable', says: 'no answer in time' } }
const stopped: GraphAnswer = { ok: false, failure: { kind: 'unreachable', says: 'stopped' } }

const ended = (signal: AbortSignal): Promise<GraphAnswer> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(late), { once: true }))
