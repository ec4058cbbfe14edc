/** What a request to the local client says of where it comes from. */
export type Asked = {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/**
 * True for a request that the local client's own page or a program on this machine can have sent, false for one that a web page
 * of someone else made the browser send.
 *
 * It must ask for this machine by name: a foreign name that was rebound to 127.0.0.1 still stands in `Host`. Where a browser
 * says which page sends it, that is the client's own; following a link to the client is allowed, framing it is not.
 */
export const isOwnRequest = ({ method, headers }: Asked, port: number): boolean => {
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`))
  const { host, origin } = headers
  if (typeof host !== 'string' || !hosts.includes(host.toLowerCase())) return false
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) return false
  const site = headers['sec-fetch-site'] ?? 'none'
  if (site === 'same-origin' || site === 'none') return true
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}
