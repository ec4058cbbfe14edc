/** What the service says of itself: whether all is well, what is not, and facts and counts by name. Times are ISO 8601. */
export type HealthReport = {
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly details: Readonly<Record<string, number | string | null>>
}

/** Asks the service. */
export type Health = () => HealthReport | Promise<HealthReport>
