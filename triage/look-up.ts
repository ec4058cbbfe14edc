/** The values that a look-up can take from an alert, by what stands for them in its link or query. */
export const lookUpValues = [
  'user',
  'user-id',
  'upn',
  'users',
  'address',
  'addresses',
  'app',
  'apps',
  'app-id',
  'app-ids',
  'callers',
  'subscription',
  'resource',
  'from',
  'to',
] as const

/** One of them. */
export type LookUpValue = (typeof lookUpValues)[number]

/** A place in a portal, or a query of advanced hunting, that helps to answer a check; from `content/shared/look-ups.yaml`. */
export type LookUp = {
  readonly id: string
  /** The button that opens it, such as "Open sign-ins". */
  readonly say: string
  /** Links with `{values}`, the most precise first: the first whose values the alert has is taken. Empty for a query. */
  readonly links: readonly string[]
  /** A query in KQL with `{values}`, which become literals; null for a link. */
  readonly query: string | null
  /** So many hours before and after the alert are looked at. */
  readonly hours: { readonly before: number; readonly after: number }
  /** The day somebody last compared it with the portal or its documentation, `YYYY-MM-DD`. */
  readonly checked: string
}

/** A look-up made ready for one alert: a button and where it leads. */
export type ReadyLookUp = {
  readonly id: string
  readonly say: string
  readonly url: string
  /** The query that the link fills in, as text; null for a plain link. */
  readonly query: string | null
}
