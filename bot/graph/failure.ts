/** Why Graph did not do what was asked. `says` is a code or a short reason of ours, never a text of what was sent or received. */
export type GraphFailure =
  /** The application may not: the permission it lacks. */
  | { readonly kind: 'forbidden'; readonly permission: string }
  /** No token, or it was refused. */
  | { readonly kind: 'signed-out'; readonly says: string }
  /** Too much was asked; ask again after so many milliseconds. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  /** No answer, not in time, or a server that failed. Nobody knows whether it was done. */
  | { readonly kind: 'unreachable'; readonly says: string }
  | { readonly kind: 'not-found' }
  /** Someone was changing the same, or has changed it since it was read: read it again. */
  | { readonly kind: 'conflict'; readonly says: string }
  /** What was asked is not taken as it is, or the answer can't be read: the same again would fail again. */
  | { readonly kind: 'invalid'; readonly says: string }

/** What went wrong, in a few words, for operators. */
export const inWords = (failure: GraphFailure): string => {
  switch (failure.kind) {
    case 'forbidden':
      return `the application lacks the permission ${failure.permission}. Add it in the Entra admin center and grant admin consent`
    case 'signed-out':
      return `signing in failed (${failure.says}). Check GRAPH_CLIENT_ID, GRAPH_TENANT_ID, and the secret or certificate`
    case 'throttled':
      return `Graph limits the requests. Winnow waits ${Math.ceil(failure.retryAfterMs / 1000)} seconds`
    case 'unreachable':
      return `Graph can't be reached (${failure.says}). Check the network and the proxy`
    case 'not-found':
      return `Graph doesn't know what was asked for`
    case 'conflict':
      return `something else was changing the same (${failure.says}). It is read again`
    case 'invalid':
      return `Graph and Winnow don't understand each other (${failure.says}). Contact your Winnow administrator`
  }
}
