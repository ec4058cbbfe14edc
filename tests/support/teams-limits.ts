/** The limits Teams publishes for what a bot sends into one conversation, and for all it asks in one tenant: requests, milliseconds. */
export const conversationLimits = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
  [1800, 3_600_000],
] as const
export const tenantLimits = [[50, 1000]] as const

type Windows = readonly (readonly [number, number])[]

/** A doorkeeper that counts as Teams says it does. */
export type TeamsLimits = {
  /** Let a request in (null), or say which limit it breaks; a channel's threads count as the channel. */
  let(conversationId: string, isForConversation: boolean): string | null
  /** When the requests of that conversation came that were let in. */
  came(conversationId: string): readonly number[]
  /** The requests that were not, with the limit each broke. */
  readonly refused: readonly { readonly at: number; readonly why: string }[]
}

/** Nobody has asked for anything yet; `now` is in milliseconds. */
export const openTeamsLimits = (now: () => number): TeamsLimits => {
  const conversations = new Map<string, number[]>()
  const tenant: number[] = []
  const refused: { at: number; why: string }[] = []
  const of = (conversationId: string): number[] => {
    const name = conversationId.split(';')[0] ?? ''
    const came = conversations.get(name) ?? []
    conversations.set(name, came)
    return came
  }
  return {
    let: (conversationId, isForConversation) => {
      const at = now()
      const came = isForConversation ? of(conversationId) : []
      const why = broken(came, conversationLimits, at) ?? broken(tenant, tenantLimits, at)
      if (why !== null) {
        refused.push({ at, why: isForConversation ? why : `${why} in the tenant` })
        return why
      }
      came.push(at)
      tenant.push(at)
      return null
    },
    came: of,
    refused,
  }
}

/** When the last of so many requests can come at the earliest, when one can come each at these times and no limit is broken. */
export const earliest = (arrivals: readonly number[]): number => {
  const came: number[] = []
  for (const arrival of arrivals) {
    const free = conversationLimits.map(([most, ms]) => (came.at(-most) ?? -Infinity) + ms)
    came.push(Math.max(arrival, came.at(-1) ?? 0, ...free))
  }
  return came.at(-1) ?? 0
}

const broken = (came: readonly number[], limits: Windows, at: number): string | null => {
  const limit = limits.find(([most, ms]) => came.length >= most && (came.at(-most) ?? -Infinity) > at - ms)
  return limit ? `${limit[0]} in ${limit[1] / 1000} s` : null
}
