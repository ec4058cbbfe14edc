// The parts alone: the whole package loads much that nothing here asks for, at every start.
import { CloudAdapterBase } from 'botbuilder-core/lib/cloudAdapterBase.js'
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder-core/lib/configurationBotFrameworkAuthentication.js'
import type { Activity, TurnContext } from 'botbuilder'
import type { App, Endpoints } from './authentication.js'
import { type Connector, type ConnectorFactory, keepConnectors, tame } from './connector.js'
import { whole } from './whole.js'

/** What is used of the framework: its clients of Teams, and turns of a conversation. Who calls is proven before (see tokens.ts). */
export type Framework = {
  /** The client of the service at that address; made once and kept. */
  readonly connect: (serviceUrl: string) => Promise<Connector>
  /** Run a turn for an activity whose caller is proven. Rejects with what the turn throws. */
  readonly run: (activity: unknown, turn: (context: TurnContext) => Promise<void>) => Promise<void>
}

/** Open it for that app, or for the local client when there is none. `timeoutMs` bounds each request to Teams. */
export const openFramework = (app: App | null, endpoints: Endpoints | undefined, timeoutMs: number): Framework => {
  const authentication = new Outgoing(settings(app, endpoints), endpoints && app ? handing(app, endpoints) : undefined)
  const adapter = new Adapter(authentication)
  const identity = adapter.identity(app?.id ?? '')
  const factory = tame(authentication.createConnectorFactory(identity), timeoutMs)
  const connect = keepConnectors((serviceUrl) => factory.create(serviceUrl))
  const connectorFactory: ConnectorFactory = { create: connect }
  const proven = { audience: '', claimsIdentity: identity, connectorFactory }
  return {
    connect,
    run: async (activity, turn) => {
      await adapter.run(proven, whole<Activity>(activity), turn)
    },
  }
}

/** The adapter without its HTTP half, which answers with library texts and writes to the console. */
class Adapter extends CloudAdapterBase {
  identity(appId: string) {
    return this.createClaimsIdentity(appId)
  }

  run(proven: Proven, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
    return this.processActivity(proven, activity, turn)
  }
}

type Proven = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>

/** The framework makes a client of people's own tokens for each turn; nothing here asks for one, so a single one does. */
class Outgoing extends ConfigurationBotFrameworkAuthentication {
  #userTokens: ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> | undefined

  override createUserTokenClient(
    ...identity: Parameters<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>
  ) {
    this.#userTokens ??= super.createUserTokenClient(...identity)
    this.#userTokens.catch(() => (this.#userTokens = undefined))
    return this.#userTokens
  }
}

type Settings = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>

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
