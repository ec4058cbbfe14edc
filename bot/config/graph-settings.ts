import { accessSync, constants } from 'node:fs'

/** How Winnow signs in to Microsoft Graph in its own name, and in which of Microsoft's clouds. */
export type GraphSettings = {
  readonly tenantId: string
  readonly clientId: string
  readonly cloud: 'global' | 'us-government' | 'us-dod' | 'china'
  readonly proof:
    | { readonly kind: 'secret'; readonly secret: string }
    /** A PEM file with the certificate and its private key. */
    | { readonly kind: 'certificate'; readonly file: string }
    | { readonly kind: 'managed-identity' }
}

/** The settings it is read from, each checked by itself. */
export type GraphEnvironment = {
  readonly GRAPH_CLIENT_ID?: string | undefined
  readonly GRAPH_TENANT_ID?: string | undefined
  readonly GRAPH_CLIENT_SECRET?: string | undefined
  readonly GRAPH_CERTIFICATE_FILE?: string | undefined
  readonly GRAPH_CLOUD: GraphSettings['cloud']
  readonly MICROSOFT_APP_ID?: string | undefined
  readonly MICROSOFT_APP_TENANT_ID?: string | undefined
  readonly MICROSOFT_APP_PASSWORD?: string | undefined
}

/**
 * The bot's own registration signs in unless another one is named. A secret or a certificate proves it; without one, the bot's own
 * password where it is the bot's registration, else the managed identity.
 */
export const graphSettings = (env: GraphEnvironment): GraphSettings => {
  const clientId = env.GRAPH_CLIENT_ID ?? env.MICROSOFT_APP_ID ?? ''
  const isBots = clientId.toLowerCase() === env.MICROSOFT_APP_ID?.toLowerCase()
  const secret = env.GRAPH_CLIENT_SECRET ?? (isBots ? env.MICROSOFT_APP_PASSWORD : undefined)
  return {
    tenantId: env.GRAPH_TENANT_ID ?? env.MICROSOFT_APP_TENANT_ID ?? '',
    clientId,
    cloud: env.GRAPH_CLOUD,
    proof:
      env.GRAPH_CERTIFICATE_FILE !== undefined
        ? { kind: 'certificate', file: env.GRAPH_CERTIFICATE_FILE }
        : secret !== undefined
          ? { kind: 'secret', secret }
          : { kind: 'managed-identity' },
  }
}

/** What keeps Winnow from signing in to Graph, each with what to set. */
export const graphProblems = (env: GraphEnvironment): readonly string[] => {
  const { clientId, tenantId } = graphSettings(env)
  const { GRAPH_CLIENT_SECRET: secret, GRAPH_CERTIFICATE_FILE: file } = env
  return [
    ...(clientId === ''
      ? [
          'GRAPH_CLIENT_ID: must be set to the application that may read alerts, or MICROSOFT_APP_ID to the bot that may',
        ]
      : []),
    ...(tenantId === '' ? ['GRAPH_TENANT_ID: must be set to your tenant, or MICROSOFT_APP_TENANT_ID'] : []),
    ...(secret !== undefined && file !== undefined
      ? ['GRAPH_CLIENT_SECRET: must be left out when GRAPH_CERTIFICATE_FILE is set']
      : []),
    ...(file !== undefined && !isReadable(file) ? [`GRAPH_CERTIFICATE_FILE: ${file} can't be read`] : []),
  ]
}

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
