import type { TokenCredential } from '@azure/identity'
import type { GraphSettings } from '../config/graph-settings.js'
import type { GraphToken } from './client.js'
import { clouds } from './clouds.js'
import { tokenFailure } from './token-failure.js'

/**
 * Tokens for Graph, or for Azure's own management, in the application's own name. The library for it takes 25 MB of memory, so it is loaded when the first token is
 * asked for; it keeps each token until shortly before its end.
 */
export const openGraphToken = (
  settings: GraphSettings,
  timeoutMs = 30_000,
  resource: 'graph' | 'management' = 'graph',
): GraphToken => {
  const { authority, [resource]: audience } = clouds[settings.cloud]
  let credential: Promise<TokenCredential> | null = null
  return async () => {
    try {
      credential ??= credentialOf(settings, authority)
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
