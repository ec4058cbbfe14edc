/** The registers a SOC keeps, in the order in which what they say is shown. */
export const registers = ['networks', 'tests', 'changes', 'travel', 'people', 'providers', 'software', 'apps'] as const

/** One of them. */
export type RegisterName = (typeof registers)[number]

/** The kinds of entry each register knows; a register without kinds has none. */
export const registerKinds = {
  networks: ['office', 'vpn', 'proxy', 'cloud-egress', 'provider', 'hosting', 'anonymizer'],
  tests: ['penetration-test', 'drill'],
  changes: [],
  travel: [],
  people: ['leaver', 'on-leave', 'returned', 'tester', 'admin', 'vip', 'shared', 'break-glass', 'service-account'],
  providers: [],
  software: ['approved', 'exception', 'banned'],
  apps: ['approved', 'exception', 'banned'],
} as const satisfies Readonly<Record<RegisterName, readonly string[]>>

/**
 * Which registers bear on a check, and which option a hit suggests, by the entry's kind or for `any`; null where a hit is worth knowing
 * and suggests nothing.
 */
export type Bearing = Readonly<Partial<Record<RegisterName, Readonly<Record<string, string | null>>>>>

/** In a bearing, the option for whatever kind an entry has. */
export const anyKind = 'any'

/** What one entry of a register says of an alert. Every text is the register's, except `matched`, which is the alert's. */
export type RegisterHit = {
  readonly register: RegisterName
  /** The entry's name, such as `sao-paulo-vpn` or a ticket's number. */
  readonly entry: string
  readonly kind: string | null
  readonly owner: string | null
  /** What of the alert is in it: an address, a person, an app, a resource. *untrusted* */
  readonly matched: string
  /** From which day to which it holds, `YYYY-MM-DD`; null for always. */
  readonly from: string | null
  readonly to: string | null
  /**
   * Only `current` suggests an answer. `expired` and `not-yet`: not at the alert's time. `elsewhere`: a journey, but to other countries
   * than the alert names.
   */
  readonly standing: 'current' | 'expired' | 'not-yet' | 'elsewhere'
  /** The countries of a journey, ISO codes; none for other registers. */
  readonly countries: readonly string[]
  /** The day the register was last changed, `YYYY-MM-DD`. */
  readonly asOf: string
  /** For a journey that a manager confirmed in a case: who did, in which, and to which of the alert's countries it does not lead. */
  readonly told?: { readonly by: string; readonly caseId: string; readonly outside: readonly string[] }
}

/** What the registers say of a check: the option they suggest, or that they contradict each other. */
export type Suggestion = {
  /** Null when nothing is suggested. */
  readonly option: string | null
  /** The hits that speak for the option; or for several, when they contradict each other. */
  readonly by: readonly RegisterHit[]
  readonly isContradictory: boolean
}

/** What these hits suggest. Only what holds at the alert's time counts; hits for different options suggest none. */
export const suggestionOf = (bearing: Bearing, hits: readonly RegisterHit[]): Suggestion => {
  const speaking = hits.flatMap((hit) => {
    const option = hit.standing === 'current' ? optionFor(bearing, hit) : null
    return option === null ? [] : [{ hit, option }]
  })
  const options = new Set(speaking.map(({ option }) => option))
  const [first] = options
  const isContradictory = options.size > 1
  return {
    option: isContradictory ? null : (first ?? null),
    by: speaking.map(({ hit }) => hit),
    isContradictory,
  }
}

const optionFor = (bearing: Bearing, { register, kind }: RegisterHit): string | null => {
  const byKind = bearing[register]
  if (!byKind) return null
  return (kind === null ? undefined : byKind[kind]) ?? byKind[anyKind] ?? null
}

/** The registers that bear on a check. */
export const registersOf = (bearing: Bearing): readonly RegisterName[] =>
  registers.filter((register) => bearing[register] !== undefined)
