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

/** What can be read from Microsoft Graph where a query of advanced hunting can't tell it, or isn't there. */
export const lookUpReads = ['sign-ins', 'risk', 'inbox-rules', 'app-credentials', 'role-assignments'] as const

/** One of them. */
export type LookUpRead = (typeof lookUpReads)[number]

/** A place in a portal, or a query of advanced hunting, that helps to answer a check; from `content/shared/look-ups.yaml`. */
export type LookUp = {
  readonly id: string
  /** The button that opens it, such as "Open sign-ins". */
  readonly say: string
  /** What is found there, such as "Sign-ins". */
  readonly what: string
  /** Links with `{values}`, the most precise first: the first whose values the alert has is taken. Empty for a query. */
  readonly links: readonly string[]
  /** A query in KQL with `{values}`, which become literals; null for a link. */
  readonly query: string | null
  /** What Winnow reads itself in its place, where it may; null where it runs the query, or nothing. */
  readonly read: LookUpRead | null
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

/** What Winnow found itself, for some checks. It answers none of them. */
export type LookUpFinding = {
  /** The look-up's id. */
  readonly lookUp: string
  /** The checks that it was made for. */
  readonly checks: readonly string[]
  /** What was looked up, in the words of then. */
  readonly what: string
  /** Whom it was asked of. */
  readonly source: 'advanced-hunting' | LookUpRead
  /** The time that was looked at, ISO 8601. */
  readonly from: string
  readonly to: string
  /** How many there were; at least so many with `isMore`. */
  readonly count: number
  readonly isMore?: true
  /** The first few, each a short text. *untrusted* */
  readonly rows: readonly string[]
}

/** A look-up that found nothing out, and why: `permission` is the one that Winnow lacks when it is forbidden. */
export type FailedLookUp = Pick<LookUpFinding, 'lookUp' | 'checks' | 'what'> & LookUpFailure

/** Why. `refused`: the question isn't taken as it is, or the answer can't be read. */
export type LookUpFailure = {
  readonly why: 'forbidden' | 'signed-out' | 'throttled' | 'unreachable' | 'refused'
  readonly permission?: string
}
