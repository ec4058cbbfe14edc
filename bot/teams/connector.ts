import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { LRUCache } from 'lru-cache'
import { DeliveryFailure } from '../chat.js'
import { whole } from './whole.js'

/** The framework's client of the service that carries messages to Teams. */
export type Connector = Awaited<ReturnType<ConnectorFactory['create']>>

/** Makes a client for a service address. */
export type ConnectorFactory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>

/**
 * The same clients without their own habits: no request is sent twice (theirs repeat a POST after a 504, and the message stands
 * there twice), none is redirected, each ends after `timeoutMs`, and a token that cannot be had is a `DeliveryFailure`.
 */
export const tame = (factory: ConnectorFactory, timeoutMs: number): ConnectorFactory => ({
  create: async (serviceUrl, audience) => {
    const connector = await factory.create(serviceUrl, audience)
    const { pipeline } = whole<Inside>(connector).client
    pipeline.removePolicy({ name: 'defaultRetryPolicy' })
    pipeline.removePolicy({ name: 'redirectPolicy' })
    pipeline.addPolicy({
      name: 'winnowTimeout',
      sendRequest: (request, next) => {
        request.abortSignal = AbortSignal.timeout(timeoutMs)
        return next(request)
      },
    })
    const { credentials } = connector
    connector.credentials = {
      signRequest: (request) => within(timeoutMs, credentials.signRequest(request)).catch(noToken),
    }
    return connector
  },
})

/** The same client for the same address, made once; one that could not be made is made anew. The least used go beyond a hundred. */
export const keepConnectors = (
  make: (serviceUrl: string) => Promise<Connector>,
): ((serviceUrl: string) => Promise<Connector>) => {
  const kept = new LRUCache<string, Promise<Connector>>({ max: 100 })
  return (serviceUrl) => {
    const made = kept.get(serviceUrl) ?? make(serviceUrl)
    kept.set(serviceUrl, made)
    made.catch(() => kept.delete(serviceUrl))
    return made
  }
}

/** The part of the client that its types keep private; its retry option is ignored, so there is no other way. */
type Inside = {
  readonly client: {
    readonly pipeline: {
      removePolicy(which: { name: string }): unknown
      addPolicy(policy: { name: string; sendRequest(request: Abortable, next: Next): Promise<unknown> }): void
    }
  }
}
type Abortable = { abortSignal?: AbortSignal }
type Next = (request: Abortable) => Promise<unknown>

const within = <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${ms} ms`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Entra ID says in a code of its own what is wrong with our credentials; an operator can look it up. */
const noToken = (cause: unknown): never => {
  const told = /\bAADSTS\d+/.exec(cause instanceof Error ? cause.message : '')?.[0]
  throw new DeliveryFailure('transient', told ?? 'NoToken', null, { cause, everybody: true })
}
