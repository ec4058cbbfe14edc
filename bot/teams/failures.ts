import { DeliveryFailure } from '../chat.js'
import { whole } from './whole.js'

/** What was tried. Only a `post` can stand there twice; the others may be repeated freely. */
export type Attempt = 'post' | 'update' | 'direct' | 'member'

/** What a failed request to Teams means for the message; `now` in milliseconds, for a Retry-After that is a date. */
export const undelivered = (error: unknown, attempt: Attempt, now: number): DeliveryFailure => {
  if (error instanceof DeliveryFailure) return error
  const failure = whole<Failure>(error ?? {})
  const { statusCode: status } = failure
  const code = codeOf(failure)
  const kind = status === undefined ? unanswered(failure, attempt) : answered(status, attempt)
  // A 412 or a 502 is about one message; being too fast, or not getting through at all, is about the conversation.
  const again = kind === 'not-now' ? retryAfter(failure, now) : null
  const isWide = status === 429 || again !== null || (status === undefined && isUnconnected(failure))
  const everybody = kind === 'not-now' && isWide
  return new DeliveryFailure(kind, code, again, { cause: error, everybody })
}

type Failure = {
  readonly name?: string
  readonly message?: string
  readonly code?: unknown
  readonly statusCode?: number
  readonly details?: { readonly error?: { readonly code?: unknown } }
  readonly response?: { readonly headers?: { get(name: string): string | undefined } }
}

/** Final refusals that Teams names in the code, in a sub-code or only in the message. */
const finals = /ConversationBlockedByUser|BotNotInConversationRoster|BotDisabledByAdmin|MessageWritesBlocked/

const codeOf = ({ details, code, statusCode, name, message }: Failure): string => {
  const final = statusCode === 403 ? finals.exec(`${JSON.stringify(details ?? '')} ${message ?? ''}`)?.[0] : undefined
  const told = final ?? details?.error?.code ?? code
  if (typeof told === 'string' && told !== '') return told.slice(0, 100)
  return statusCode === undefined ? (name ?? 'Error') : `HTTP ${statusCode}`
}

const answered = (status: number, attempt: Attempt): DeliveryFailure['kind'] => {
  if (status === 429 || status === 412) return 'not-now'
  if (status === 404 && attempt === 'update') return 'gone'
  // 2xx: it was taken, but its answer could not be read.
  if (status < 300 || status === 408 || (status >= 500 && status !== 501)) return mayHaveArrived(attempt)
  return 'never'
}

const unanswered = (failure: Failure, attempt: Attempt): DeliveryFailure['kind'] => {
  if (failure.name !== 'RestError' && failure.name !== 'AbortError') return 'never'
  return isUnconnected(failure) ? 'not-now' : mayHaveArrived(attempt)
}

const isUnconnected = ({ code, message }: Failure): boolean =>
  (typeof code === 'string' && notConnected.test(code)) || message?.startsWith('connect ') === true

const notConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|.*SELF_SIGNED)/

const mayHaveArrived = (attempt: Attempt): DeliveryFailure['kind'] => (attempt === 'post' ? 'unknown' : 'not-now')

/** Seconds or an HTTP date; at most an hour, so that a strange value cannot silence a card for good. */
const retryAfter = ({ response }: Failure, now: number): number | null => {
  const told = response?.headers?.get('retry-after')?.trim()
  if (!told) return null
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), 3_600_000)
}
