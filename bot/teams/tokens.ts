import { createHash } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { SigningKey, SigningKeys } from '../proof/signing-keys.js'

/** Why a caller may not come in: 401 unproven, 403 of another tenant, 503 while nobody can be proven. `why` is for the log. */
export type CallerRefusal = { readonly status: 401 | 403 | 503; readonly why: string }

/** What a good token vouches for: that its bearer speaks for Teams, at the service of that address. */
export type TokenClaims = { readonly serviceUrl: string }

/** Whose tokens, the keys, and the clock in milliseconds since 1970. */
export type TokensOptions = {
  readonly appId: string
  readonly keys: SigningKeys
  readonly now: () => number
}

/**
 * Checks the token of an `Authorization` header: signed RS256 with a current key that is endorsed for Teams, issued by the Bot
 * Framework, for this app, not expired (by more than five minutes, for clocks differ), and for a service.
 *
 * Teams sends the same token for many requests. One whose signature held is known again by its hash; all else is checked anew.
 */
export const openTokens = ({ appId, keys, now }: TokensOptions) => {
  const held = new LRUCache<string, Held>({ max: 1000 })

  return async (authorization: string | undefined): Promise<TokenClaims | CallerRefusal> => {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return unproven('no token')
    const hash = createHash('sha256').update(token).digest('base64')
    const before = held.get(hash)
    if (before && keys.isCurrent(before.kid, before.key)) return checked(before.claims, appId, now())
    const read = readToken(token)
    if (read === null) return unproven('a token of another kind')
    const { kid, claims } = read
    const good = checked(claims, appId, now())
    if ('status' in good) return good
    const key = await keys.find(kid)
    if (key === 'unavailable') return { status: 503, why: 'the keys that sign requests cannot be fetched' }
    if (key === null) return unproven(`a token signed with the unknown key ${JSON.stringify(kid)}`)
    if (!key.endorsements.includes('msteams')) return unproven('a token signed with a key that is not for Teams')
    if (!isSigned(token, key)) return unproven('a token whose signature does not hold')
    held.set(hash, { kid, key, claims })
    return good
  }
}

type Held = { readonly kid: string; readonly key: SigningKey; readonly claims: Claims }
type Claims = z.output<typeof claimed>

const readToken = (token: string): { readonly kid: string; readonly claims: Claims } | null => {
  try {
    const { header, payload } = signed.parse(jwt.decode(token, { complete: true }))
    return { kid: header.kid, claims: payload }
  } catch {
    return null
  }
}

const checked = (
  { iss, aud, exp, nbf, serviceurl }: Claims,
  appId: string,
  now: number,
): TokenClaims | CallerRefusal => {
  const seconds = now / 1000
  if (iss !== issuer) return unproven(`a token of another issuer: ${JSON.stringify(iss)}`)
  if (aud !== appId) return unproven(`a token for another app: ${JSON.stringify(aud)}`)
  if (exp + skewSeconds <= seconds) return unproven('a token that has expired')
  if (nbf !== undefined && nbf - skewSeconds > seconds) return unproven('a token that is not valid yet')
  return { serviceUrl: serviceurl }
}

/** Times, issuer and audience are checked apart, so that a token known by its hash goes through the same checks. */
const isSigned = (token: string, { key }: SigningKey): boolean => {
  try {
    jwt.verify(token, key, { algorithms: ['RS256'], ignoreExpiration: true, ignoreNotBefore: true })
    return true
  } catch {
    return false
  }
}

const unproven = (why: string): CallerRefusal => ({ status: 401, why })

const issuer = 'https://api.botframework.com'
const skewSeconds = 300

const short = z.string().min(1).max(2048)
const claimed = z.object({
  iss: short,
  aud: short,
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: short,
})
const signed = z.object({
  header: z.object({ alg: z.literal('RS256'), kid: short, crit: z.undefined().optional() }),
  payload: claimed,
})
