import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { tame } from './connector.js'
import { whole } from './whole.js'

/** Winnow's registration in Entra ID. A managed identity has no password: leave it empty. */
export type App = {
  readonly id: string
  readonly password: string
  readonly tenantId: string
  readonly type: 'SingleTenant' | 'UserAssignedMSI'
}

/** Where the keys that sign Teams' requests are published, and who hands out tokens for ours. */
export type Endpoints = {
  readonly openIdMetadataUrl: string
  readonly token: () => Promise<string>
}

/** Why a request may not come in: 401 unproven, 403 of another tenant, 503 when the keys cannot be fetched. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: 401 | 403 | 503

  constructor(status: Refused['status'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

/**
 * Who may speak to Winnow, and how it speaks to Teams. Throws `Refused`.
 *
 * Stricter than the framework: a request must come through Teams, name the service it came from, carry a token for exactly that
 * service, and belong to our tenant. Tokens of the emulator and of other bots carry no service and are refused.
 */
export const authenticationFor = (app: App | null, endpoints: Endpoints | undefined, timeoutMs: number) =>
  new (class extends ConfigurationBotFrameworkAuthentication {
    override createConnectorFactory(...identity: Parameters<Base['createConnectorFactory']>) {
      return tame(super.createConnectorFactory(...identity), timeoutMs)
    }

    override async authenticateRequest(...[activity, header]: Parameters<Base['authenticateRequest']>) {
      const { serviceUrl, channelId } = activity
      if (!serviceUrl) throw new Refused(401, 'the activity names no serviceUrl')
      if (app !== null && channelId !== 'msteams') throw new Refused(401, 'the activity does not come through Teams')
      const proven = await super.authenticateRequest(activity, header).catch(refuse)
      const { claimsIdentity } = proven
      if (app !== null) {
        if (claimsIdentity.getClaimValue('serviceurl') !== serviceUrl)
          throw new Refused(401, 'the token is for another service')
        if (tenantOf(activity) !== app.tenantId.toLowerCase())
          throw new Refused(403, 'the activity is of another tenant')
      }
      return { ...proven, connectorFactory: this.createConnectorFactory(claimsIdentity) }
    }
  })(settings(app, endpoints), endpoints && app ? handing(app, endpoints) : undefined)

type Base = ConfigurationBotFrameworkAuthentication
type Activity = Parameters<Base['authenticateRequest']>[0]
type Settings = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>

/** The library throws many kinds; only trouble in fetching the keys is ours and not the caller's. */
const refuse = (error: unknown): never => {
  const { name, statusCode } = whole<{ name?: string; statusCode?: number }>(error ?? {})
  const ours = name === 'FetchError' || statusCode === 500
  throw ours
    ? new Refused(503, 'the keys that sign requests cannot be fetched', { cause: error })
    : new Refused(401, 'the token is missing or not valid', { cause: error })
}

/** Teams writes the tenant in two places; where both are filled they must agree. */
const tenantOf = (activity: Activity): string | null => {
  const { conversation, channelData } = whole<Told>(activity)
  const told = [conversation?.tenantId, channelData?.tenant?.id].filter(
    (tenant) => tenant !== undefined && tenant !== null,
  )
  const [tenant, ...others] = new Set(told.map(String))
  return tenant !== undefined && others.length === 0 ? tenant.toLowerCase() : null
}
type Told = { conversation?: { tenantId?: unknown } | null; channelData?: { tenant?: { id?: unknown } | null } | null }

/** As soon as one address is told, the framework wants all of them. */
const settings = (app: App | null, endpoints?: Endpoints): NonNullable<Settings[0]> => ({
  MicrosoftAppId: app?.id ?? '',
  MicrosoftAppTenantId: app?.tenantId ?? '',
  ...(app && app.type === 'SingleTenant' && { MicrosoftAppPassword: app.password }),
  ...(app && { MicrosoftAppType: app.type }),
  ...(endpoints && {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
    ValidateAuthority: true,
  }),
})

const handing = (app: App, { token }: Endpoints): NonNullable<Settings[1]> => ({
  isValidAppId: async (id) => id === app.id,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (request) => {
      request.headers.set('authorization', `Bearer ${await token()}`)
      return request
    },
  }),
})
