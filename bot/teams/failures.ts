import { DeliveryFailure } from '../chat.js'
import { whole } from './whole.js'

/** What was tried. Only a `post` can stand there twice; the others may be repeated freely. */
export type Attempt = 'post' | 'update' | 'direct' | 'member'

/** What a failed request to Teams means for the message; `now` in milliseconds, for a Retry-After that is a date. */
export const deliveryFailure = (error: unknown, attempt: Attempt, now: number): DeliveryFailure => {
  if (error instanceof DeliveryFailure) return error
  const failure = whole<Failure>(error ?? {})
  const { statusCode: status } = failure
  const told = toldBy(failure)
  const code = told ?? (status === undefined ? (failure.name ?? 'Error') : `HTTP ${status}`)
  const kind = status === undefined ? unanswered(failure, attempt) : answered(status, told, attempt)
  // A 412 or a 502 is about one message; being too fast, unknown, or not getting through at all, is about the conversation.
  const again = kind === 'transient' ? retryAfter(failure, now) : null
  const isWide = status === 429 || status === 401 || again !== null || (status === undefined && isUnconnected(failure))
  const everybody = kind === 'transient' && isWide
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

/**
 * What Teams calls final for a conversation, of all its 403s: nothing arrives there until somebody changes something. It stands in
 * the code, in a sub-code or only in the message.
 *
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages (status codes)
 */
const finals =
  /ConversationBlockedByUser|BotNotInConversationRoster|BotDisabledByAdmin|MessageWritesBlocked|ForbiddenOperationException|NotEnoughPermissions/

/** The code Teams tells; null when it tells none, as when not Teams answered but something on the way. */
const toldBy = ({ details, code, statusCode, message }: Failure): string | null => {
  const final = statusCode === 403 ? finals.exec(`${JSON.stringify(details ?? '')} ${message ?? ''}`)?.[0] : undefined
  const told = final ?? details?.error?.code ?? code
  return typeof told === 'string' && told !== '' ? told.slice(0, 100) : null
}

/**
 * Only what Teams itself calls final is final. Whatever else is refused may be taken later: a proxy, an expired secret or a bad
 * day at Microsoft must not cost a card.
 */
const answered = (status: number, told: string | null, attempt: Attempt): DeliveryFailure['kind'] => {
  // 2xx: it was taken, but its answer could not be read.
  if (status < 300 || status === 408 || (status >= 500 && status !== 501)) return mayHaveArrived(attempt)
  if (status === 413) return 'permanent'
  if (told === null) return 'transient'
  if (status === 404 && attempt === 'update') return /NotFound/.test(told) ? 'missing' : 'transient'
  // A chat that Teams will not open, or a member it does not find, is about that person, whatever the code.
  if ((attempt === 'direct' || attempt === 'member') && (status === 400 || status === 403 || status === 404))
    return 'permanent'
  if (status === 403) return finals.test(told) ? 'permanent' : 'transient'
  if (status === 404) return told === 'ConversationNotFound' ? 'permanent' : 'transient'
  return status === 400 && /^Bad ?(Syntax|Argument)$/.test(told) ? 'permanent' : 'transient'
}

const unanswered = (failure: Failure, attempt: Attempt): DeliveryFailure['kind'] => {
  if (failure.name !== 'RestError' && failure.name !== 'AbortError') return 'permanent'
  return isUnconnected(failure) ? 'transient' : mayHaveArrived(attempt)
}

const isUnconnected = ({ code, message }: Failure): boolean =>
  (typeof code === 'string' && notConnected.test(code)) || message?.startsWith('connect ') === true

const notConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|.*SELF_SIGNED)/

const mayHaveArrived = (attempt: Attempt): DeliveryFailure['kind'] => (attempt === 'post' ? 'unknown' : 'transient')

/** Seconds or an HTTP date; at most an hour, so that a strange value cannot silence a card for good. */
const retryAfter = ({ response }: Failure, now: number): number | null => {
  const told = response?.headers?.get('retry-after')?.trim()
  if (!told) return null
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), 3_600_000)
}
