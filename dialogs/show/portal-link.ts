/**
 * True for a link to one of those hosts: `portal.azure.com` is that host alone, `*.portal.cloudappsecurity.com` any below it.
 *
 * Only https at its own port, with no user name, and with a name that is written in plain letters: a name in other scripts can
 * look like one of these.
 */
export const isPortalLink = (link: string, hosts: readonly string[]): boolean => {
  if (!URL.canParse(link)) return false
  const { protocol, username, password, port, hostname } = new URL(link)
  if (protocol !== 'https:' || username !== '' || password !== '' || port !== '') return false
  if (hostname.split('.').some((label) => label.startsWith('xn--'))) return false
  return hosts.some((host) => (host.startsWith('*.') ? isBelow(hostname, host.slice(1)) : hostname === host))
}

/** The host a link leads to, as text; empty when it is no link. Letters of other scripts stand in it as `xn--…`. */
export const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : '')

const isBelow = (hostname: string, ending: string): boolean =>
  hostname.endsWith(ending) && hostname.length > ending.length
