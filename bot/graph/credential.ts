import type { TokenCredential } from '@azure/identity'
import type { GraphSettings } from '../config/graph-settings.js'
import type { GraphToken } from './client.js'
import { clouds } from './clouds.js'

/**
 * Tokens for Graph in the application's own name. The library for it takes 25 MB of memory, so it is loaded when the first token is
 * asked for; it keeps each token until shortly before its end.
 */
export const openGraphToken = (settings: GraphSettings, timeoutMs = 30_000): GraphToken => {
  const { graph, authority } = clouds[settings.cloud]
  let credential: Promise<TokenCredential> | null = null
  return async () => {
    try {
      credential ??= credentialOf(settings, authority)
      const { getToken } = bound(await credential)
      const token = await getToken(`${graph}/.default`, { abortSignal: AbortSignal.timeout(timeoutMs) })
      return token ? { ok: true, token: token.token } : { ok: false, failure: { kind: 'signed-out', says: 'no token' } }
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  }
}

const bound = (credential: TokenCredential): Pick<TokenCredential, 'getToken'> => ({
  getToken: (scope, options) => credential.getToken(scope, options),
})

const credentialOf = async (settings: GraphSettings, authorityHost: string): Promise<TokenCredential> => {
  const { tenantId, clientId, proof } = settings
  const identity = await import('@azure/identity')
  switch (proof.kind) {
    case 'secret':
      return new identity.ClientSecretCredential(tenantId, clientId, proof.secret, { authorityHost })
    case 'certificate':
      return new identity.ClientCertificateCredential(tenantId, clientId, proof.file, { authorityHost })
    case 'managed-identity':
      return new identity.ManagedIdentityCredential({ clientId })
  }
}

/** Entra's own code says what is wrong; its message holds ids, and is left out. */
const failureOf = (error: unknown) => {
  const text = error instanceof Error ? `${error.name} ${error.message}` : ''
  const code = /AADSTS\d{3,8}/.exec(text)?.[0]
  const network = /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|endpoints_resolution_error)\b/.exec(
    text,
  )?.[0]
  const isLate = error instanceof Error && /^(?:AbortError|TimeoutError)$/.test(error.name)
  if (code === undefined && (network !== undefined || isLate)) {
    return { kind: 'unreachable', says: network ?? 'no token in time' } as const
  }
  return { kind: 'signed-out', says: code ?? (error instanceof Error ? error.name : 'no token') } as const
}
