import { openSigningKeys } from '../proof/signing-keys.js'
import type { Incoming } from './incoming.js'
import { notHere, notLocal } from './local.js'
import type { Log } from './log.js'
import type { TeamsRequest } from './request.js'
import { type CallerRefusal, openTokens } from './tokens.js'
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

/** Who may speak to Winnow. What the headers cannot prove is proven by the activity. */
export type Authentication = {
  /** From the headers alone, before anything of the body is read: a refusal, or what to hold the activity against. */
  caller(request: TeamsRequest): Promise<CallerRefusal | Caller>
}

/** A caller whose headers are good; `speaks` says why this activity may not come from them, or null. `body` is as it was sent. */
export type Caller = { readonly speaks: (incoming: Incoming, body: unknown) => CallerRefusal | null }

/** How to prove a caller: the endpoints of tests, the time to fetch keys, and both clocks in milliseconds. */
export type AuthenticationOptions = {
  readonly endpoints: Endpoints | undefined
  readonly timeoutMs: number
  /** Since 1970. */
  readonly now: () => number
  /** Never goes back. */
  readonly monotonic: () => number
  readonly log: Log
}

/**
 * Without an app, only the client on this machine may speak. With one, a request must come through Teams with a token for exactly
 * the service the activity names, and belong to our tenant; tokens of the emulator and of other bots name no service.
 */
export const openAuthentication = (app: App | null, options: AuthenticationOptions): Authentication =>
  app === null ? { caller: async (request) => localCaller(request) } : openProof(app, options)

const openProof = (app: App, { endpoints, timeoutMs, now, monotonic, log }: AuthenticationOptions): Authentication => {
  const metadataUrl = endpoints?.openIdMetadataUrl ?? publicMetadataUrl
  const keys = openSigningKeys({ metadataUrl, timeoutMs, now: monotonic, log, whose: 'teams' })
  const check = openTokens({ appId: app.id, keys, now })
  const tenantId = app.tenantId.toLowerCase()
  return {
    caller: async ({ headers: { authorization } }) => {
      const claims = await check(typeof authorization === 'string' ? authorization : undefined)
      return 'status' in claims ? claims : { speaks: (incoming, body) => refusalOf(incoming, body, claims, tenantId) }
    },
  }
}

const refusalOf = (
  { channelId, serviceUrl }: Incoming,
  body: unknown,
  claims: { readonly serviceUrl: string },
  tenantId: string,
): CallerRefusal | null => {
  if (!serviceUrl) return { status: 401, why: 'the activity names no serviceUrl' }
  if (channelId !== 'msteams') return { status: 401, why: 'the activity does not come through Teams' }
  if (serviceUrl !== claims.serviceUrl) return { status: 401, why: 'the token is for another service' }
  return isOfTenant(body, tenantId) ? null : { status: 403, why: 'the activity is of another tenant' }
}

/** Teams writes the tenant in two places; each that is filled must name ours, and one must be. */
const isOfTenant = (body: unknown, tenantId: string): boolean => {
  const { conversation, channelData } = whole<Told>(body)
  const told = [conversation?.tenantId, channelData?.tenant?.id].filter((one) => one !== undefined && one !== null)
  return told.length > 0 && told.every((one) => typeof one === 'string' && one.toLowerCase() === tenantId)
}
type Told = { conversation?: { tenantId?: unknown } | null; channelData?: { tenant?: { id?: unknown } | null } | null }

const localCaller = (request: TeamsRequest): CallerRefusal | Caller => {
  const why = notLocal(request)
  if (why !== null) return { status: 403, why }
  return {
    speaks: ({ serviceUrl }) => {
      if (!serviceUrl) return { status: 401, why: 'the activity names no serviceUrl' }
      const elsewhere = notHere(serviceUrl)
      return elsewhere === null ? null : { status: 403, why: elsewhere }
    },
  }
}

const publicMetadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
