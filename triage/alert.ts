/** The severities from mild to severe; the position is the order. */
export const severities = ['informational', 'low', 'medium', 'high'] as const

/** How bad the source says it is, in Microsoft's own steps. */
export type Severity = (typeof severities)[number]

/**
 * Whose id an alert is known by. One alert that travels by several doors with the same id has the same source: what Defender XDR
 * sends bears the ids of Graph, and Defender for Cloud alerts bear their own id in rows and in the Activity Log as well.
 */
export const sources = [
  'defender-for-cloud',
  'graph',
  'cloud-apps',
  'office-365',
  'sentinel',
  'azure-monitor',
  'winnow',
] as const

/** One of them. */
export type Source = (typeof sources)[number]

/** The products that guides are for, and `elsewhere` for every other. */
export const families = ['cloud-apps', 'resource-manager', 'elsewhere'] as const

/** The product that detected it: titles are compared only within one family. */
export type Family = (typeof families)[number]

/** So many entries of each list of an alert are kept: of a list that long, nobody knows how many more there were. */
export const mostListed = 20

/** Somebody an alert names; each field is null when the source does not tell. */
export type Involved = {
  readonly upn: string | null
  readonly objectId: string | null
  readonly name: string | null
}

/** What acts without being a person: an app's identity, the machine's own account, or an object id that nothing names. */
export type Identity = {
  readonly kind: 'service-principal' | 'managed-identity' | 'machine' | 'object-id'
  readonly name: string | null
  readonly id: string | null
}

/**
 * An address an alert names; `country` is an ISO 3166 code where what the source gives tells one, else the name it gives.
 * `range` is there for addresses that say nothing about where on the internet somebody is.
 */
export type Address = {
  readonly ip: string
  readonly country: string | null
  readonly range?: 'private'
  readonly city?: string
  /** Whose network it is: the provider's name, the AS number, or both. */
  readonly network?: string
}

/**
 * What a reader makes of one alert in a payload, before it is known which guide it belongs to.
 *
 * Every text is the source's own and untrusted; lengths are bounded by the reader.
 */
export type Reading = {
  readonly source: Source
  readonly sourceAlertId: string
  /** Null when the sender does not say which product detected it (Winnow's own JSON). */
  readonly family: Family | null
  /** What the source calls this kind of alert, without `SIMULATED_`; null when it has no such name. */
  readonly key: string | null
  readonly title: string
  readonly description: string
  readonly severity: Severity | null
  /** ISO 8601, UTC, milliseconds. */
  readonly occurredAt: string
  /** What had to be assumed about the time: that it is UTC, for it names no zone, or that it is when the alert arrived. */
  readonly timeIs?: 'zoneless' | 'arrival'
  readonly people: readonly Involved[]
  /** Who else acts and is no person; left out where there is none. */
  readonly identities?: readonly Identity[]
  readonly addresses: readonly Address[]
  readonly apps: readonly string[]
  readonly resources: readonly string[]
  /** MITRE ATT&CK tactics in kebab-case, as the source names them. */
  readonly tactics: readonly string[]
  /** MITRE ATT&CK techniques, such as `T1078`; left out where the source names none. */
  readonly techniques?: readonly string[]
  /** What was done, by the names of the source's own operations; left out where it names none. */
  readonly operations?: readonly string[]
  /** Where the alert can be seen in its portal: https only. */
  readonly link: string | null
  /** True for alerts a product makes on request to try things out. */
  readonly sample: boolean
  /** The ids that the same alert has in other sources, as this one tells them; left out where it tells none. */
  readonly otherIds?: readonly string[]
  /** The incident that its source put it into, by the incident's own id; left out where it is told of none. */
  readonly incident?: string
}

/** One thing a source says happened; `type` is the canonical type, and severity is never left open. */
export type Alert = Omit<Reading, 'severity'> & {
  readonly type: string
  readonly severity: Severity
}
