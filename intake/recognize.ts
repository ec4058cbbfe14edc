import { onceFor } from '../triage/once-for.js'
import { isActivityLogEvent, readActivityLogEvent } from './activity-log.js'
import { isAzureMonitor, readAzureMonitor } from './azure-monitor.js'
import { cefLines, isCefText, readCefLine } from './cef.js'
import { isCloudAppsAlert, readCloudApps } from './cloud-apps.js'
import { isCommonSecurityLogRow, readCommonSecurityLog } from './common-security-log.js'
import { isEndpointAlert, readEndpoint } from './defender-endpoint.js'
import { isDefenderForCloud, readDefenderForCloud } from './defender-for-cloud.js'
import { foreign, stranger, type Foreign } from './foreign.js'
import { isLegacyGraphAlert, readLegacyGraph } from './graph-legacy.js'
import { isGraphAlert, readGraph } from './graph.js'
import { alertOf, huntingRow, readRows, type HuntingRow } from './hunting.js'
import { isOfficeRecord, readOffice } from './office-365.js'
import { isJson, own, type Json, type Reader, type Step } from './outcome.js'
import { isSecurityAlertRow, readSecurityAlertRow } from './security-alert-row.js'
import { incidentParts, isIncidentRow, isSentinelIncident, readIncidentRow } from './sentinel.js'
import type { SourceName } from './sources.js'
import { given } from './text.js'
import { isWinnowAlert, readWinnow } from './winnow.js'
import { isXdrAlert, isXdrIncident, readXdrAlert, xdrParts } from './xdr.js'

/** One alert, or what stands where one should: where it is in the payload, and what reads it. */
export type Entry = { readonly path: readonly Step[] } & (
  | { readonly alert: Json; readonly read: Reader }
  | { readonly foreign: Foreign }
)

/** A payload taken apart: the entries of its lists, or its only one. */
export type Payload = {
  readonly list: boolean
  /** Of a longer list, one more than may be. */
  readonly entries: readonly Entry[]
  /** Fields beside a list where there may be none. */
  readonly extra: readonly string[]
}

/** How many alerts one payload may hold: far more than fit into the largest body of real ones. */
export const mostAlerts = 1_000

/**
 * Takes a payload apart: lists in `value`, `alerts`, `records`, `data` or `results`, plain ones, tables of Log Analytics, incidents
 * with their alerts, rows of hunting joined by alert, CEF lines, or a single alert; at top level, under `body`, or in an event.
 *
 * Of a payload that is said to come from a source only that source's forms are tried. Else its own marks decide.
 */
export const recognize = (body: unknown, source: SourceName | null = null): Payload => {
  if (typeof body === 'string' && isCefText(body)) {
    const lines = cefLines(body, mostAlerts + 1)
    const entries = lines.map((alert, at): Entry => entryOfLine(alert, lines.length === 1 ? [] : ['lines', at], source))
    return { list: true, entries, extra: [] }
  }
  const found: Found = { items: [], list: false, extra: [] }
  unfold(body, [], 0, found)
  return { list: found.list, entries: joined(found.items, source), extra: found.extra }
}

type Item = { readonly value: unknown; readonly path: readonly Step[]; readonly ours: boolean }
type Found = { readonly items: Item[]; list: boolean; readonly extra: string[] }

/** Opens what is only a wrapping around alerts, and collects what is inside; no deeper than any sender wraps. */
const unfold = (value: unknown, path: readonly Step[], depth: number, found: Found, ours = false): void => {
  if (found.items.length > mostAlerts) return
  const inside = depth > 4 ? null : insideOf(value, ours)
  if (inside === null) return void found.items.push({ value, path, ours })
  if ('one' in inside) return unfold(inside.one, [...path, ...inside.path], depth + 1, found, ours)
  found.list = true
  if (inside.ours && isJson(value)) found.extra.push(...Object.keys(value).filter((key) => key !== 'alerts'))
  for (let at = 0; at < inside.many.length && found.items.length <= mostAlerts; at += 1) {
    const [one, where] = [inside.many[at], [...path, ...inside.path, at]]
    // A list in a list is nobody's wrapping.
    if (Array.isArray(one)) found.items.push({ value: one, path: where, ours: false })
    else unfold(one, where, depth + 1, found, inside.ours)
  }
}

type Inside =
  | { readonly path: readonly Step[]; readonly one: unknown }
  | { readonly path: readonly Step[]; readonly many: readonly unknown[]; readonly ours: boolean }

/** What a wrapping holds; null for an alert, and for anything that is no wrapping. */
const insideOf = (value: unknown, ours: boolean): Inside | null => {
  // In a list of our own JSON every entry is an alert, however damaged.
  if (ours) return null
  if (Array.isArray(value)) return { path: [], many: value, ours: false }
  if (!isJson(value) || isAlert(value) || foreign(value) !== null) return null
  const alerts = own(value, 'alerts')
  if (Array.isArray(alerts)) return { path: ['alerts'], many: alerts, ours: true }
  for (const name of ['value', 'records', 'Records', 'data', 'results', 'Results']) {
    const list = own(value, name)
    if (Array.isArray(list)) return { path: [name], many: list, ours: false }
  }
  const tables = own(value, 'tables')
  if (Array.isArray(tables)) return { path: ['tables', 0, 'rows'], many: rowsOf(tables[0]), ours: false }
  const event = given(own(value, 'eventType')) ?? given(own(value, 'type'))
  for (const name of event === null ? ['body', 'Body'] : ['body', 'Body', 'data']) {
    const one = own(value, name)
    if (isJson(one) || Array.isArray(one)) return { path: [name], one }
  }
  return null
}

/** The rows of a table as objects. */
const rowsOf = (table: unknown): readonly unknown[] => {
  const [columns, rows] = isJson(table) ? [own(table, 'columns'), own(table, 'rows')] : []
  if (!Array.isArray(columns) || !Array.isArray(rows)) return []
  const names = columns
    .slice(0, 200)
    .map((column: unknown) => given(isJson(column) ? own(column, 'name') : column) ?? '')
  return rows
    .slice(0, mostAlerts + 1)
    .map((row: unknown) =>
      Array.isArray(row) ? Object.fromEntries(names.map((name, at): [string, unknown] => [name, row[at]])) : row,
    )
}

/** The entries of all items, in their order; rows of hunting stand where the first of their alert stands. */
const joined = (items: readonly Item[], source: SourceName | null): readonly Entry[] => {
  const rows = new Map<string, HuntingRow[]>()
  const entries: Entry[] = []
  for (const { value, path, ours } of items) {
    const row = !ours && isJson(value) && allows(source, 'defender-xdr') ? natureOf(value).row : null
    const id = row === null ? null : alertOf(row)
    const others = id === null ? undefined : rows.get(id)
    if (row !== null && others !== undefined) others.push(row)
    else if (row !== null) {
      const all = [row]
      if (id !== null) rows.set(id, all)
      entries.push({ path, alert: row.fields, read: (_, now) => readRows(all, now) })
    } else entries.push(...entriesOf(value, path, ours, source))
    if (entries.length > mostAlerts) break
  }
  return entries
}

const entriesOf = (
  value: unknown,
  path: readonly Step[],
  ours: boolean,
  source: SourceName | null,
): readonly Entry[] => {
  if (isJson(value) && !ours) {
    const { isSentinel, isXdr } = natureOf(value)
    const parts =
      isSentinel && allows(source, 'sentinel')
        ? incidentParts(value, mostAlerts + 1)
        : isXdr && (allows(source, 'defender-xdr') || source === 'graph')
          ? xdrParts(value, readGraph, mostAlerts + 1)
          : []
    if (parts.length > 0) return parts.map((part) => ({ ...part, path: [...path, ...part.path] }))
  }
  return [entryOf(value, path, ours, source)]
}

const allows = (source: SourceName | null, wanted: SourceName): boolean => source === null || source === wanted

const entryOf = (value: unknown, path: readonly Step[], ours: boolean, source: SourceName | null): Entry => {
  if (!isJson(value)) return { path, foreign: stranger(value) }
  const reader = readerOf(value, source)
  if (reader) return { path, alert: value, read: reader }
  const known = foreign(value)
  if (known) return { path, foreign: known }
  if (source !== null) {
    const other = sourceOf(value)
    if (other !== null && other !== source) return { path, foreign: elsewhere(other, source) }
    // Whatever an alert of that source lacks can be named.
    if (Object.keys(value).length > 0) return { path, alert: value, read: usual[source] }
  }
  // In `alerts` only our own JSON is meant.
  return ours ? { path, alert: value, read: readWinnow } : { path, foreign: stranger(value) }
}

const entryOfLine = (alert: Json, path: readonly Step[], source: SourceName | null): Entry =>
  allows(source, 'cloud-apps')
    ? { path, alert, read: readCefLine }
    : { path, foreign: elsewhere('cloud-apps', source ?? 'cloud-apps') }

const elsewhere = (seen: SourceName, bound: SourceName): Foreign => ({
  seen: `an alert of the source ${seen}, which this address or key is not for`,
  instead: `Send it to /api/alerts/${seen}; only ${bound} is taken here.`,
  harmless: false,
})

const readerOf = (value: Json, source: SourceName | null): Reader | null => {
  if (source === 'winnow') return isWinnowAlert(value) ? readWinnow : null
  // What is known to be no alert is not made one by a field it shares with alerts.
  const form = source === null ? natureOf(value).form : forms.find(({ is, source: of }) => of === source && is(value))
  if (!form) return null
  return form.sure || foreign(value) === null ? form.read : null
}

const isAlert = (value: Json): boolean => sourceOf(value) !== null

/** The source that a payload is of by its own marks. */
const sourceOf = (value: Json): SourceName | null => {
  const { isSentinel, isXdr, row, form } = natureOf(value)
  if (isSentinel) return 'sentinel'
  return isXdr || row !== null ? 'defender-xdr' : (form?.source ?? null)
}

/** What a payload is by its own marks: asked for to take it apart, and again to read it. */
const natureOf = onceFor((value: Json) => ({
  isSentinel: isSentinelIncident(value),
  isXdr: isXdrIncident(value),
  row: isDefenderForCloud(value) ? null : huntingRow(value),
  form: forms.find(({ is }) => is(value)),
}))

/** What names what is missing, where a source is told and nothing in the alert says which of its forms it is in. */
const usual: Readonly<Record<SourceName, Reader>> = {
  'defender-for-cloud': readDefenderForCloud,
  graph: readGraph,
  'cloud-apps': readCloudApps,
  'office-365': readOffice,
  sentinel: readSecurityAlertRow,
  'azure-monitor': readAzureMonitor,
  'defender-xdr': readXdrAlert,
  winnow: readWinnow,
}

type Form = {
  readonly source: SourceName
  readonly is: (item: Json) => boolean
  readonly read: Reader
  /** True for a form whose marks nothing else has. */
  readonly sure: boolean
}

const form = (source: SourceName, is: Form['is'], read: Reader, sure = false): Form => ({ source, is, read, sure })

/** All forms alerts come in, tried from the top: the surest marks first. */
const forms: readonly Form[] = [
  form('office-365', isOfficeRecord, readOffice, true),
  form('azure-monitor', isAzureMonitor, readAzureMonitor, true),
  form('cloud-apps', isCommonSecurityLogRow, readCommonSecurityLog, true),
  form('sentinel', isCommonSecurityLogRow, readCommonSecurityLog, true),
  form('cloud-apps', isCloudAppsAlert, readCloudApps),
  form('graph', isLegacyGraphAlert, readLegacyGraph),
  form('sentinel', isIncidentRow, readIncidentRow),
  form('defender-for-cloud', isDefenderForCloud, readDefenderForCloud),
  form('defender-for-cloud', isSecurityAlertRow, readSecurityAlertRow),
  form('sentinel', isSecurityAlertRow, readSecurityAlertRow),
  form('defender-for-cloud', isActivityLogEvent, readActivityLogEvent),
  form('defender-xdr', isXdrAlert, readXdrAlert),
  form('defender-xdr', isEndpointAlert, readEndpoint),
  form('graph', isEndpointAlert, readEndpoint),
  form('graph', isGraphAlert, readGraph),
  form('winnow', isWinnowAlert, readWinnow),
]
