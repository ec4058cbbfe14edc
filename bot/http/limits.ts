/** How much a caller may send, and how long each part of a request may take; all times in milliseconds. */
export type Limits = {
  /** The largest body, in bytes. */
  readonly bodyBytes: number
  /** How much of what has come together is taken in before anything else has its turn, in characters. */
  readonly togetherLength: number
  /** From the connection, or the end of the request before, to the end of the headers. */
  readonly headersMs: number
  /** The whole body. */
  readonly bodyMs: number
  /** Between two pieces of a body. */
  readonly pauseMs: number
  /** Between two requests on one connection. More than a reverse proxy keeps one, or its next request meets a closed door. */
  readonly keepAliveMs: number
  /** Nothing moves on a connection, in either direction, although an answer is due. */
  readonly stuckMs: number
  /** How long a refused caller, whose body is left unread, has to read the answer before the connection is cut. */
  readonly lingerMs: number
}

/** What holds outside of tests. */
export const usualLimits: Limits = {
  bodyBytes: 1024 * 1024,
  togetherLength: 128 * 1024,
  headersMs: 10_000,
  bodyMs: 20_000,
  pauseMs: 5000,
  keepAliveMs: 65_000,
  stuckMs: 120_000,
  lingerMs: 500,
}
