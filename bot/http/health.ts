/** What the service says of itself: whether all is well, what is not, and facts and counts by name. Times are ISO 8601. */
export type HealthReport = {
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly details: Readonly<Record<string, number | string | null>>
}

/** Asks the service. */
export type Health = () => HealthReport | Promise<HealthReport>

/** Whether the service does all of its work, and each thing that has to be well for it, by name, with what to do. */
export type ReadinessReport = {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly text: string }>>
}

/** What else whoever looks after Winnow can ask for. */
export type Operation = {
  readonly ready?: () => ReadinessReport
  /** More numbers, as text for Prometheus. */
  readonly meters?: () => Promise<string>
}
