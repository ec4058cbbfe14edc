import type { TokenCredential } from '@azure/identity'
import type { GraphSettings } from '../config/graph-settings.js'
import type { GraphToken } from './client.js'
import { clouds } from './clouds.js'
import { tokenFailure } from './token-failure.js'

/**
 * Tokens for Graph, or for Azure's own management, in the application's own name. The library for it takes 25 MB of memory, so it is loaded when the first token is
 * asked for; it keeps each token until shortly before its end. `make` makes what the tokens are had from.
 */
export const openGraphToken = (
  settings: GraphSettings,
  timeoutMs = 30_000,
  resource: 'graph' | 'management' = 'graph',
  make = credentialOf,
): GraphToken => {
  const { authority, [resource]: audience } = clouds[settings.cloud]
  let credential: Promise<TokenCredential> | null = null
  return async () => {
    try {
      // Where there was none, for its library could not be read just then, the next who asks makes it.
      credential ??= make(settings, authority).catch((error: unknown) => {
        credential = null
        throw error
      })
      const { getToken } = bound(await credential)
      const token = await getToken(`${audience}/.default`, { abortSignal: AbortSignal.timeout(timeoutMs) })
      return token ? { ok: true, token: token.token } : { ok: false, failure: { kind: 'signed-out', says: 'no token' } }
    } catch (error) {
      return { ok: false, failure: tokenFailure(error) }
    }
  }
}

const bound = (credential: TokenCredential): Pick<TokenCredential, 'getToken'> => ({
  getToken: (scope, options) => credential.getToken(scope, options),
})

async function credentialOf(settings: GraphSettings, authorityHost: string): Promise<TokenCredential> {
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
