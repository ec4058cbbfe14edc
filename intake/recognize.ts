import { isDefenderForCloud, readDefenderForCloud } from './defender-for-cloud.js'
import { foreign, stranger, type Foreign } from './foreign.js'
import { isGraphAlert, readGraph } from './graph.js'
import { isJson, own, type Json, type Outcome, type Step } from './outcome.js'
import { isWinnowAlert, readWinnow } from './winnow.js'

/** One alert, or what stands where one should: where it is in the payload, and what reads it. */
export type Entry = { readonly path: readonly Step[] } & (
  { readonly alert: Json; readonly read: (alert: Json, now: string) => Outcome } | { readonly foreign: Foreign }
)

/** A payload taken apart: the entries of its list, or its only one. */
export type Payload = {
  readonly list: boolean
  /** Of a longer list, one more than may be. */
  readonly entries: readonly Entry[]
  /** Fields beside a list where there may be none. */
  readonly extra: readonly string[]
}

/** How many alerts one payload may hold: far more than fit into the largest body of real ones. */
export const mostAlerts = 1_000

/** Takes a payload apart: a list in `value` or `alerts`, a plain one, or a single alert; at top level or under `body`. */
export const recognize = (body: unknown): Payload => {
  let value = body
  const path: Step[] = []
  for (let depth = 0; depth < 3; depth += 1) {
    if (Array.isArray(value)) return listed(value, path, entryOf)
    if (!isJson(value) || isAlert(value) || foreign(value)) break
    const alerts = own(value, 'alerts')
    if (Array.isArray(alerts)) {
      const extra = Object.keys(value).filter((key) => key !== 'alerts')
      return { ...listed(alerts, [...path, 'alerts'], winnowEntryOf), extra }
    }
    const values = own(value, 'value')
    if (Array.isArray(values)) return listed(values, [...path, 'value'], entryOf)
    const name = Object.hasOwn(value, 'Body') ? 'Body' : 'body'
    const inside: unknown = own(value, name)
    if (!isJson(inside) && !Array.isArray(inside)) break
    path.push(name)
    value = inside
  }
  return { list: false, entries: [entryOf(value, path)], extra: [] }
}

const listed = (
  values: readonly unknown[],
  path: readonly Step[],
  entry: (value: unknown, path: readonly Step[]) => Entry,
): Payload => ({
  list: true,
  entries: Array.from(values.slice(0, mostAlerts + 1), (value, at) => entry(value, [...path, at])),
  extra: [],
})

const entryOf = (value: unknown, path: readonly Step[]): Entry => {
  if (!isJson(value)) return { path, foreign: stranger(value) }
  const known = foreign(value)
  if (known) return { path, foreign: known }
  const reader = readers.find(([is]) => is(value))
  return reader ? { path, alert: value, read: reader[1] } : { path, foreign: stranger(value) }
}

/** In `alerts` only our own JSON is meant, so that whatever an entry lacks can be named. */
const winnowEntryOf = (value: unknown, path: readonly Step[]): Entry => {
  const entry = entryOf(value, path)
  return 'alert' in entry || !isJson(value) || foreign(value) ? entry : { path, alert: value, read: readWinnow }
}

const isAlert = (value: Json): boolean => readers.some(([is]) => is(value))

const readers: readonly (readonly [(item: Json) => boolean, (item: Json, now: string) => Outcome])[] = [
  [isDefenderForCloud, readDefenderForCloud],
  [isGraphAlert, readGraph],
  [isWinnowAlert, readWinnow],
]
