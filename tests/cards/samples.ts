import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder with the templates and samples. */
export const folder = 'cards'

/** The names of all cards there are. */
export const cardNames = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.card.json')).map((file) => file.replace('.card.json', ''))

/** The JSON of a template or a sample. */
export const readJson = async (name: string, kind: 'card' | 'sample'): Promise<Data> => {
  const json: unknown = JSON.parse(await readFile(join(folder, `${name}.${kind}.json`), 'utf8'))
  if (typeof json !== 'object' || json === null) throw new Error(`${name}.${kind}.json holds no object`)
  return { ...json }
}

/** The data of a view, as JSON. */
export type Data = Readonly<Record<string, unknown>>

/** Texts that a source or a person wrote, by their path in the data of any card. */
export const untrusted: ReadonlySet<string> = new Set([
  'notice',
  'title',
  'subject',
  'owner',
  'description',
  'because',
  'reason',
  'by',
  'closedBy',
  'acknowledgedBy',
  'doubt',
  'manager.state',
  'options[].suggestion',
  'asker',
  'who',
  'text',
  'facts[].value',
  'firstFacts[].value',
  'firstWords',
  'inFull[].text',
  'evidence[].text',
  'history[].what',
  'soFar[].by',
  'soFar[].finding',
  'related[].title',
  'allowed[].because',
  'actions[].note',
  'scope[].note',
  'tuning[].note',
  'filter',
  'rows[].title',
  'rows[].person',
  'rows[].owner',
  'rows[].waits',
  'groups[].name',
  'people[].name',
  'people',
  'addresses[].ip',
  'newest[].title',
  'responses[].text',
  'remarks[].text',
  'waiting[].what',
  'waiting[].asker',
  'waiting[].reason',
  'waiting[].id',
  'open[].who',
  'open[].ask',
  'open[].facts[].value',
  'open[].asker',
  'answered[].who',
  'answered[].text',
])

/** The data with each text, number and flag replaced by what `change` makes of it; lists keep their length. */
export const mapData = (data: Data, change: (path: string, value: unknown) => unknown): Data => {
  const nextChecks = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => nextChecks(item, `${path}[]`))
    if (typeof value !== 'object' || value === null) return change(path, value)
    const inside = path === '' ? '' : `${path}.`
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, nextChecks(one, inside + key)]))
  }
  return recordOf(nextChecks(data, ''))
}

/** Every object inside a JSON value, itself included, with the objects around it, outermost first. */
export const objectsIn = (node: unknown, around: readonly Data[] = []): readonly Found[] => {
  if (Array.isArray(node)) return node.flatMap((item) => objectsIn(item, around))
  if (typeof node !== 'object' || node === null) return []
  const it: Data = { ...node }
  return [
    { it, type: textOf(it.type), around },
    ...Object.values(it).flatMap((value) => objectsIn(value, [...around, it])),
  ]
}

/** An object, its `type` ("" when it has none), and what it stands in. */
export type Found = { readonly it: Data; readonly type: string; readonly around: readonly Data[] }

/** A value as an object; an empty one when it is none. */
export const recordOf = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {})

/** A value as a text; "" when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** True for what is seen only after a button was pressed. */
export const isTucked = ({ around }: Found): boolean => around.some(({ type }) => type === 'Action.ShowCard')
