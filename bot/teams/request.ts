/** What is needed of an HTTP request whose JSON body is already parsed; restify's and Node's own fit. */
export type TeamsRequest = {
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/** What to answer over HTTP, the body as JSON; no body means an empty one. */
export type TeamsAnswer = { readonly status: number; readonly body?: unknown }
