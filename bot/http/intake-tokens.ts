import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { type SigningKey, type SigningKeys, openSigningKeys } from '../proof/signing-keys.js'
import type { EntraCaller, Entra } from './intake-callers.js'

/** Why a token proves nobody; `why` is for the log. 503 while nobody can be proven. */
export type TokenRefusal = { readonly status: 401 | 503; readonly why: string }

/** Who an access token of Entra ID proves. Never rejects. */
export type IntakeTokens = (token: string) => Promise<EntraCaller | TokenRefusal>

/** Where the keys are told (Entra's own address unless a test says otherwise), and both clocks in milliseconds. */
export type IntakeTokensOptions = {
  readonly metadataUrl?: string | undefined
  readonly timeoutMs: number
  /** Since 1970. */
  readonly now: () => number
  /** Never goes back. */
  readonly monotonic: () => number
  readonly log: { readonly warn: (details: object, message: string) => void }
}

/**
 * Checks access tokens: signed RS256 with a current key of the tenant, issued by the tenant (in the form of version 1 or 2) for one
 * of the audiences to one of the apps, neither expired nor early by more than a minute, and the app's own, not one it got for a person.
 *
 * A sender uses one token for many alerts. One whose signature held is known again by its hash; its times are checked anew. The
 * library is loaded here, so that nobody pays for it who does not switch tokens on.
 */
export const openIntakeTokens = async (entra: Entra, options: IntakeTokensOptions): Promise<IntakeTokens> => {
  const { jwtVerify, errors } = await import('jose')
  const { now, monotonic, timeoutMs, log } = options
  const metadataUrl = options.metadataUrl ?? `${authority}/${entra.tenantId}/v2.0/.well-known/openid-configuration`
  const keys = openSigningKeys({ metadataUrl, timeoutMs, now: monotonic, log, whose: 'entra' })
  const held = new LRUCache<string, Held>({ max: 1000 })

  return async (token) => {
    const hash = createHash('sha256').update(token).digest('base64')
    const before = held.get(hash)
    if (before && keys.isCurrent(before.kid, before.key)) return callerIn(before.claims, entra, now())
    const read = readToken(token)
    if (read === null) return unproven('a token of another kind, or not signed with RS256')
    const { kid, claims } = read
    // What is not for us costs neither a signature nor a fetch of keys.
    const caller = callerIn(claims, entra, now())
    if ('status' in caller) return caller
    const key = await keyOf(keys, kid)
    if ('status' in key) return key
    try {
      await jwtVerify(token, key.key, { algorithms: ['RS256'], clockTolerance: leeway, currentDate: new Date(now()) })
    } catch (error) {
      return unproven(`a token that does not hold: ${error instanceof errors.JOSEError ? error.code : String(error)}`)
    }
    held.set(hash, { kid, key, claims })
    return caller
  }
}

/** True for what has the form of a token, three parts with dots between; keys of ours have none. */
export const isToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

type Held = { readonly kid: string; readonly key: SigningKey; readonly claims: Claims }

const keyOf = async (keys: SigningKeys, kid: string): Promise<SigningKey | TokenRefusal> => {
  const key = await keys.find(kid)
  if (key === 'unavailable') return { status: 503, why: 'the keys of Entra ID cannot be fetched' }
  return key ?? unproven(`a token signed with the unknown key ${JSON.stringify(kid)}`)
}

const readToken = (token: string): { readonly kid: string; readonly claims: Claims } | null => {
  try {
    const [head, body] = token
      .split('.', 2)
      .map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString()))
    return { kid: header.parse(head).kid, claims: claimed.parse(body) }
  } catch {
    return null
  }
}

const callerIn = (claims: Claims, { tenantId, audiences, callers }: Entra, now: number): EntraCaller | TokenRefusal => {
  const { iss, aud, tid, appid, azp, exp, nbf, scp, idtyp } = claims
  const issuers = [`https://sts.windows.net/${tenantId}/`, `${authority}/${tenantId}/v2.0`]
  if (!issuers.includes(iss.toLowerCase())) return unproven(`a token of another issuer: ${JSON.stringify(iss)}`)
  if (tid.toLowerCase() !== tenantId) return unproven(`a token of another tenant: ${JSON.stringify(tid)}`)
  if (!audiences.includes(aud.toLowerCase())) return unproven(`a token for another audience: ${JSON.stringify(aud)}`)
  // Version 1 says `appid`, version 2 `azp`; where both stand they must agree.
  const ids = [appid, azp].filter((id) => id !== undefined).map((id) => id.toLowerCase())
  const caller = callers.find(({ clientId }) => ids.length > 0 && ids.every((id) => id === clientId))
  if (caller === undefined) return unproven(`a token of an app that is not allowed: ${JSON.stringify(appid ?? azp)}`)
  if (scp !== undefined || (idtyp !== undefined && idtyp !== 'app')) {
    return unproven('a token that an app got for a person, and not its own')
  }
  const seconds = now / 1000
  if (exp + leeway <= seconds) return unproven('a token that has expired')
  return nbf - leeway > seconds ? unproven('a token that is not valid yet') : caller
}

const unproven = (why: string): TokenRefusal => ({ status: 401, why })

const authority = 'https://login.microsoftonline.com'

/** How far clocks may be apart, in seconds. */
const leeway = 60

const short = z.string().min(1).max(512)
const header = z.object({ alg: z.literal('RS256'), kid: short, crit: z.undefined().optional() })
const claimed = z.object({
  iss: short,
  aud: short,
  tid: short,
  appid: short.optional(),
  azp: short.optional(),
  exp: z.number(),
  nbf: z.number(),
  scp: z.unknown().optional(),
  idtyp: z.unknown().optional(),
})
type Claims = z.output<typeof claimed>
