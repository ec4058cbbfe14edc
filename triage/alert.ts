/** The severities from mild to severe; the position is the order. */
export const severities = ['informational', 'low', 'medium', 'high'] as const

/** How bad the source says it is, in Microsoft's own steps. */
export type Severity = (typeof severities)[number]

/** The doors an alert can come through. */
export type Source = 'defender-for-cloud' | 'graph' | 'winnow'

/** The products that guides are for, and `elsewhere` for every other. */
export const families = ['cloud-apps', 'resource-manager', 'elsewhere'] as const

/** The product that detected it: titles are compared only within one family. */
export type Family = (typeof families)[number]

/** Somebody an alert names; each field is null when the source does not tell. */
export type Involved = {
  readonly upn: string | null
  readonly objectId: string | null
  readonly name: string | null
}

/** An address an alert names; `country` is an ISO 3166 code where the source gives one, else the name it gives. */
export type Address = {
  readonly ip: string
  readonly country: string | null
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
  readonly people: readonly Involved[]
  readonly addresses: readonly Address[]
  readonly apps: readonly string[]
  readonly resources: readonly string[]
  /** MITRE ATT&CK tactics in kebab-case, as the source names them. */
  readonly tactics: readonly string[]
  /** Where the alert can be seen in its portal: https only. */
  readonly link: string | null
  /** True for alerts a product makes on request to try things out. */
  readonly sample: boolean
}

/** One thing a source says happened; `type` is the canonical type, and severity is never left open. */
export type Alert = Omit<Reading, 'severity'> & {
  readonly type: string
  readonly severity: Severity
}
