import type { ConversationRef } from '../../triage/card.js'
import { type Limits, type RateWindow, openRateWindow } from './rate-window.js'

/** Call it when the request has been answered, or has failed. */
export type Ended = () => void

/** Who may send when: every request to the chat is counted here, by conversation and by tenant. */
export type RateLimiter = {
  /** Begin a request, or learn in how many milliseconds to ask again. */
  ask(place: Where): Ended | number
  /** Begin a request that does not wait, because a person does. */
  count(place: Where): Ended
}

/** Where a request goes. */
export type Where = Pick<ConversationRef, 'conversationId' | 'tenantId'>

/**
 * The conversation that a request is counted for: a channel with all of its threads.
 *
 * Teams publishes its limits "per thread" and does not say whether a channel's threads are counted apart. Counting them together
 * is right in both cases; counting them apart would be refused in one.
 */
export const conversationOf = (conversationId: string): string => conversationId.split(';')[0] ?? conversationId

/** Keep to these limits in every conversation and in every tenant. The past is forgotten with the process. */
export const openRateLimiter = (now: () => number, limits: Limits): RateLimiter => {
  const conversations = new Map<string, RateWindow>()
  const tenants = new Map<string, RateWindow>()
  const pacesOf = ({ conversationId, tenantId }: Where): readonly RateWindow[] => [
    known(conversations, conversationOf(conversationId), () => openRateWindow(limits.conversation)),
    known(tenants, tenantId, () => openRateWindow(limits.tenant)),
  ]

  const begin = (paces: readonly RateWindow[]): Ended => {
    for (const pace of paces) pace.begin(now())
    let going = true
    return () => {
      if (going) for (const pace of paces) pace.end(now())
      going = false
    }
  }

  return {
    ask: (where) => {
      const paces = pacesOf(where)
      const wait = Math.max(...paces.map((pace) => pace.wait(now())))
      return wait > 0 ? Math.ceil(wait) : begin(paces)
    },
    count: (where) => begin(pacesOf(where)),
  }
}

const known = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}
