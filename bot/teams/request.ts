/** What is needed of an HTTP request to know who calls; restify's and Node's own fit. Its body is not read for that. */
export type TeamsRequest = {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/** What to answer over HTTP: a `body`, or its JSON as it is; neither means an empty one. `why` it was refused is for the log, not the caller. */
export type TeamsAnswer = {
  readonly status: number
  readonly body?: unknown
  readonly json?: Buffer
  readonly why?: string
}

/** A caller who is proven as far as the headers prove anybody: the body, parsed from JSON, may be read and is heard here. */
export type TeamsCaller = { readonly hear: (body: unknown) => Promise<TeamsAnswer> }
