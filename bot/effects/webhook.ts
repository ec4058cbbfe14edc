import type { KeyObject } from 'node:crypto'
import { type Phrases, say } from '../../triage/phrases.js'
import { type VerdictReport, verdictReports } from '../../triage/verdict-report.js'
import type { Webhook } from '../config/webhook-settings.js'
import { retryAfterMs } from '../graph/retry-after.js'
import { signatureHeaders, signatureOf } from '../http/intake-signatures.js'
import type { Sent, Target } from './target.js'

type Parts = {
  readonly webhook: Webhook
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  readonly phrases: Phrases
  /** Milliseconds since 1970. */
  readonly wall?: () => number
  readonly timeoutMs?: number
}

/**
 * A receiver of verdicts: each is sent by itself, in the order of the case, signed like what is sent to Winnow. It may come twice, with
 * the same id.
 */
export const openWebhook = ({ webhook, since, phrases, wall = Date.now, timeoutMs = 20_000 }: Parts): Target => {
  const { name, url, secret } = webhook
  const target = `webhook/${name}`

  const send = async (report: VerdictReport, signal: AbortSignal): Promise<Sent> => {
    const body = JSON.stringify(report)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json; charset=utf-8', ...signed(secret, name, wall(), body) },
        body,
        // It goes where the setting says, and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      await response.body?.cancel()
      return outcomeOf(response)
    } catch (error) {
      return waiting('unreachable', reasonOf(error))
    }
  }

  return {
    name: target,
    effects: ({ diary }) =>
      verdictReports(diary)
        .filter(({ report }) => report.at >= since)
        .map(({ line, report }) => ({
          effect: `${target}/${line}`,
          does: say(phrases, `effect.does.report.${report.event}`, { class: report.class ?? '' }),
          send: async (signal) => send(report, signal),
        })),
  }
}

const signed = (secret: KeyObject, name: string, wall: number, body: string): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(wall / 1000))
  return {
    [signatureHeaders.key]: name,
    [signatureHeaders.timestamp]: timestamp,
    [signatureHeaders.signature]: signatureOf(secret, timestamp, body),
  }
}

const outcomeOf = ({ status, headers }: Response): Sent => {
  if (status >= 200 && status < 300) return { state: 'done' }
  const wait = retryAfterMs(headers.get('retry-after'), headers.get('date'))
  if (status === 429 || (status === 503 && wait !== null))
    return { state: 'waiting', why: 'throttled', retryAfterMs: wait }
  if (status === 401 || status === 403) return waiting('signed-out', `HTTP ${status}`)
  if (status === 408 || status === 404 || status >= 500) return waiting('unreachable', `HTTP ${status}`)
  return { state: 'refused', why: 'invalid', detail: `HTTP ${status}` }
}

const waiting = (why: 'unreachable' | 'signed-out', detail: string): Sent => ({
  state: 'waiting',
  why,
  detail,
  retryAfterMs: null,
})

/** What the network said, by its code. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : null
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'no answer'
}
