import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRefusal } from './answer.js'
import type { Signing, SigningCaller } from './intake-callers.js'

/** The headers of a signed request. */
export const signatureHeaders = {
  key: 'x-winnow-key',
  timestamp: 'x-winnow-timestamp',
  signature: 'x-winnow-signature',
} as const

/** Why a signed request is refused; `why` is for the log. `proven` where its signature held all the same. */
export type SignatureRefusal = { readonly refusal: HttpRefusal; readonly why: string; readonly proven?: true }

/** A request whose head may be that of a known sender; its body decides. */
export type SignedHead = {
  readonly caller: SigningCaller
  /** Null when the body is what was signed, and was not received before: from now on it was. */
  readonly check: (body: string) => SignatureRefusal | null
  /** Nothing was stored of it: the same may come again. */
  readonly forget: () => void
}

/** What the headers of a request say of its signature; null when it bears none. */
export type IntakeSignatures = (headers: Headers) => SignedHead | SignatureRefusal | null

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Clocks in milliseconds, since 1970 and one that never goes back; and how many signatures are remembered at most. */
export type SignaturesOptions = {
  readonly now: () => number
  readonly monotonic: () => number
  readonly most?: number
}

/** The value of the signature header: HMAC-SHA256 over the timestamp, a dot and the body as it is sent. */
export const signatureOf = (secret: SigningCaller['secret'], timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body, 'utf8').digest('hex')}`

/**
 * Checks signed requests. From the head alone it tells an unknown sender, and a time too far from ours.
 *
 * Signatures that held are remembered for as long as their time would still be good, so that nobody sends a request on that they
 * overheard. Only known senders can fill that memory; when it is full, they are asked to wait. After a restart it is empty.
 */
export const openIntakeSignatures = (
  { callers, seconds }: Signing,
  { now, monotonic, most = 100_000 }: SignaturesOptions,
): IntakeSignatures => {
  const seen = openSeen(most, monotonic, (2 * seconds + 1) * 1000)

  return (headers) => {
    const [key, timestamp, signature] = Object.values(signatureHeaders).map((name) => headers[name])
    if (key === undefined && timestamp === undefined && signature === undefined) return null
    if (typeof key !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') {
      return refused(incomplete, 'a signed request that lacks a header')
    }
    const caller = callers.find(({ name }) => name === key.toLowerCase())
    if (caller === undefined) return refused(unsigned, 'a signature by an unknown key')
    if (!/^\d{9,11}$/.test(timestamp) || !/^v1=[0-9a-f]{64}$/.test(signature)) {
      return refused(incomplete, 'a signed request whose timestamp or signature has another form')
    }
    const early = Number(timestamp) - now() / 1000
    if (Math.abs(early) > seconds) {
      return refused(
        untimely(seconds),
        `a signature whose time is ${Math.round(Math.abs(early))} s ${early > 0 ? 'ahead' : 'past'}`,
      )
    }
    const name = `${caller.name} ${signature}`
    return {
      caller,
      check: (body) => {
        const expected = Buffer.from(signatureOf(caller.secret, timestamp, body))
        if (!timingSafeEqual(expected, Buffer.from(signature)))
          return refused(unsigned, 'a signature that does not hold')
        const before = seen.note(name)
        if (before === 'known')
          return { ...refused(replayed, 'a signed request that was received before'), proven: true }
        if (before === 'new') return null
        return { ...refused(tooMany, 'more signed requests than can be remembered'), proven: true }
      },
      forget: () => seen.forget(name),
    }
  }
}

/** Names that were noted within the last so many milliseconds; what is noted first is forgotten first. */
const openSeen = (most: number, now: () => number, keptMs: number) => {
  const until = new Map<string, number>()
  return {
    note: (name: string): 'new' | 'known' | 'full' => {
      for (const [old, end] of until) {
        if (end > now()) break
        until.delete(old)
      }
      if (until.has(name)) return 'known'
      if (until.size >= most) return 'full'
      until.set(name, now() + keptMs)
      return 'new'
    },
    forget: (name: string): void => void until.delete(name),
  }
}

const refused = (refusal: HttpRefusal, why: string): SignatureRefusal => ({ refusal, why })

const unsigned: HttpRefusal = {
  status: 401,
  code: 'http/signature',
  message:
    'The signature does not hold. Check the name of the key, the secret, and that the body is sent exactly as signed.',
}
const incomplete: HttpRefusal = {
  status: 401,
  code: 'http/signature',
  message:
    'Send X-Winnow-Key (the name of the key), X-Winnow-Timestamp (seconds since 1970) and X-Winnow-Signature ' +
    '(v1= and the HMAC-SHA256 in hex), each once.',
}
const untimely = (seconds: number): HttpRefusal => ({
  status: 401,
  code: 'http/timestamp',
  message: `The signature's time is more than ${seconds} seconds from the time here. Check the clock, and sign again just before sending.`,
})
const replayed: HttpRefusal = {
  status: 409,
  code: 'http/replayed',
  message:
    'This signed request was received before, and nothing was done again. To send it again, sign it with the time of now.',
}
const tooMany: HttpRefusal = {
  status: 429,
  code: 'http/429',
  message: 'Too many signed requests at once. Send it again later, or send several alerts in one request.',
  headers: { 'Retry-After': '30' },
}
