import type { HttpRefusal } from './answer.js'
import type { IntakeCaller, IntakeProofs } from './intake-callers.js'
import { type IntakeKey, keyOf } from './intake-keys.js'
import { type IntakeSignatures, type SignedHead, openIntakeSignatures } from './intake-signatures.js'
import { type IntakeTokens, type IntakeTokensOptions, isToken, openIntakeTokens } from './intake-tokens.js'

/** How callers of the alert doors may prove themselves: always by keys; by tokens and signatures where they are switched on. */
export type Proofs = {
  readonly keys: readonly IntakeKey[]
  readonly tokens?: IntakeTokens | undefined
  readonly signatures?: IntakeSignatures | undefined
}

/** A proven caller; one that signs is proven when `signed` has checked the body. */
export type Proven = { readonly caller: IntakeCaller; readonly signed?: SignedHead }

/** Open what the settings switch on. */
export const openProofs = async (
  { entra, signing }: IntakeProofs,
  options: IntakeTokensOptions,
): Promise<Pick<Proofs, 'tokens' | 'signatures'>> => ({
  ...(entra && { tokens: await openIntakeTokens(entra, options) }),
  ...(signing && { signatures: openIntakeSignatures(signing, options) }),
})

/** Who calls, from the headers alone; or why they are refused, with what the log is told of it. */
export const prove = async (
  { keys, tokens, signatures }: Proofs,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Promise<Proven | { readonly refusal: HttpRefusal; readonly why?: string }> => {
  const signed = signatures?.(headers) ?? null
  if (signed !== null) return 'refusal' in signed ? signed : { caller: signed.caller, signed }
  const authorization = typeof headers['authorization'] === 'string' ? headers['authorization'] : undefined
  const key = keyOf(authorization, keys)
  if (key !== null) return { caller: key }
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (tokens === undefined || token === undefined || !isToken(token)) return { refusal: noKey }
  const caller = await tokens(token)
  if (!('status' in caller)) return { caller }
  return { refusal: caller.status === 503 ? unchecked : noToken, why: caller.why }
}

/** To whoever proves nothing. */
export const noKey: HttpRefusal = {
  status: 401,
  code: 'http/401',
  message: 'Send an intake key as "Authorization: Bearer KEY". A Winnow administrator can make one.',
  headers: { 'WWW-Authenticate': 'Bearer' },
}
const noToken: HttpRefusal = {
  status: 401,
  code: 'http/token',
  message:
    "This access token isn't accepted. Use one of the right tenant and audience, of an app that may send alerts; " +
    "Winnow's log says what is wrong with this one.",
  headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
}
const unchecked: HttpRefusal = {
  status: 503,
  code: 'http/503',
  message: "Access tokens can't be checked right now. Send it again later.",
  headers: { 'Retry-After': '30' },
}
