import { gzipSync } from 'node:zlib'
import { isGuid } from '../triage/guid.js'
import type { Alert } from '../triage/alert.js'
import type { LookUp, LookUpValue, ReadyLookUp } from '../triage/look-up.js'
import { kqlList, kqlString, kqlTime } from './kql.js'

/** Makes the look-ups of these ids ready for an alert, in that order; those that the alert has too little for are left out. */
export type LookUps = (alert: Alert, ids: readonly string[]) => readonly ReadyLookUp[]

/**
 * Look-ups as links. A link takes only values of the right shape (a GUID, a UPN, an ARM id), each percent-encoded; a query takes
 * texts as escaped literals. Nothing else of an alert gets into either, and the host is always the one that content wrote.
 */
export const openLookUps = (all: readonly LookUp[]): LookUps => {
  const byId = new Map(all.map((one) => [one.id, one]))
  // An alert never changes, and each view of its case asks; packing a query costs more than the rest of the view.
  const made = new WeakMap<Alert, Map<string, ReadyLookUp | null>>()
  return (alert, ids) => {
    const known = made.get(alert) ?? new Map<string, ReadyLookUp | null>()
    made.set(alert, known)
    return ids.flatMap((id) => {
      const lookUp = byId.get(id)
      const before = known.get(id)
      const ready = before === undefined && lookUp ? readyFor(lookUp, alert) : (before ?? null)
      known.set(id, ready)
      return ready ? [ready] : []
    })
  }
}

const readyFor = (lookUp: LookUp, alert: Alert): ReadyLookUp | null => {
  const { id, say, links, query } = lookUp
  if (query !== null) {
    const filled = fill(query, queryValues(lookUp, alert))
    return filled === null ? null : { id, say, url: huntingLink(filled), query: filled }
  }
  const values = linkValues(lookUp, alert)
  const url = links.map((link) => fill(link, values)).find((one) => one !== null)
  return url === undefined ? null : { id, say, url, query: null }
}

/** Advanced hunting with a query filled in: UTF-16LE, gzip, base64url. As UTF-8 the portal's editor shows garbage. */
const huntingLink = (query: string): string =>
  `https://security.microsoft.com/v2/advanced-hunting?query=${gzipSync(Buffer.from(query, 'utf16le')).toString('base64url')}&timeRangeId=month`

type Values = Readonly<Record<LookUpValue, string | null>>

/** The template with its values; null when one of them is lacking. */
const fill = (template: string, values: Values): string | null => {
  let isWhole = true
  const filled = template.replace(placeholder, (_all, name: string) => {
    const value = isValue(name, values) ? values[name] : null
    if (value === null) isWhole = false
    return value ?? ''
  })
  return isWhole ? filled : null
}

const placeholder = /\{([a-z-]+)\}/g

const isValue = (name: string, values: Values): name is LookUpValue => Object.hasOwn(values, name)

const linkValues = (lookUp: LookUp, alert: Alert): Values => {
  const { from, to } = windowOf(lookUp, alert)
  const encoded = (value: string | undefined): string | null => (value === undefined ? null : encodeURIComponent(value))
  const ids = alert.people.map(({ objectId }) => objectId ?? '').filter((one) => isGuid(one))
  const upns = alert.people.map(({ upn }) => upn ?? '').filter((one) => upnShape.test(one))
  const address = alert.addresses.map(({ ip }) => ip).find((one) => ipShape.test(one))
  return {
    ...nothing,
    user: encoded(ids[0] ?? upns[0]),
    'user-id': encoded(ids[0]),
    upn: encoded(upns[0]),
    address: encoded(address),
    'app-id': encoded(appIds(alert)[0]),
    subscription: encoded(subscriptionOf(alert)),
    // An ARM id is a path; its shape leaves nothing in it that would have to be encoded.
    resource: alert.resources.find((one) => armShape.test(one)) ?? null,
    from: encoded(from),
    to: encoded(to),
  }
}

const queryValues = (lookUp: LookUp, alert: Alert): Values => {
  const { from, to } = windowOf(lookUp, alert)
  const users = alert.people.flatMap(({ upn, objectId }) => [upn, objectId]).filter((one) => one !== null)
  const addresses = alert.addresses.map(({ ip }) => ip)
  const text = (one: string | undefined) => (one === undefined ? null : kqlString(bounded(one)))
  const list = (texts: readonly string[]) =>
    texts.length === 0 ? null : kqlList([...new Set(texts)].slice(0, mostValues).map(bounded))
  return {
    ...nothing,
    user: text(users[0]),
    users: list(users),
    address: text(addresses[0]),
    addresses: list(addresses),
    app: text(alert.apps[0]),
    apps: list(alert.apps),
    'app-id': text(appIds(alert)[0]),
    'app-ids': list(appIds(alert)),
    callers: list([...users, ...appIds(alert)]),
    subscription: text(subscriptionOf(alert)),
    resource: text(alert.resources[0]),
    from: kqlTime(from),
    to: kqlTime(to),
  }
}

const nothing: Values = {
  user: null,
  'user-id': null,
  upn: null,
  users: null,
  address: null,
  addresses: null,
  app: null,
  apps: null,
  'app-id': null,
  'app-ids': null,
  callers: null,
  subscription: null,
  resource: null,
  from: null,
  to: null,
}

/** More would make a link that browsers cut. */
const mostValues = 10
const bounded = (text: string): string => text.slice(0, 200)

const hour = 3_600_000

/** The time that a look-up looks at for an alert, ISO 8601. */
export const windowOf = (
  { hours }: Pick<LookUp, 'hours'>,
  { occurredAt }: Pick<Alert, 'occurredAt'>,
): { readonly from: string; readonly to: string } => {
  const at = Date.parse(occurredAt)
  return {
    from: new Date(at - hours.before * hour).toISOString(),
    to: new Date(at + hours.after * hour).toISOString(),
  }
}

const appIds = ({ identities = [] }: Alert): readonly string[] =>
  identities.flatMap(({ kind, id }) =>
    (kind === 'service-principal' || kind === 'managed-identity') && id !== null && isGuid(id) ? [id] : [],
  )

const subscriptionOf = ({ resources }: Alert): string | undefined =>
  resources.map((one) => subscriptionShape.exec(one)?.[1]).find((one) => one !== undefined)

const upnShape = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}$/i
const ipShape = /^[0-9a-f.:]{3,45}$/i
const subscriptionShape = /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i
const armShape = /^\/subscriptions\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/[\w.()-]{1,90}){0,20}$/i
