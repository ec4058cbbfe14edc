import type { Buffer } from 'node:buffer'
import { type Filled, Out, type Pattern, isObject, type Json, markOf, patternOf } from './pattern.js'

/** What a template is expanded for: names lead into `$root`; `$host` is what stands in for lists. */
export type Context = { readonly $root: object; readonly $host: object }

/** Parses a template, and expands it for a context. */
export type Engine = (template: object) => (context: Context) => unknown

/** What a template names in data: texts, numbers and flags, and of each list the same for its items. */
export type Looked = { readonly values: readonly unknown[]; readonly lists: readonly (readonly Looked[])[] }

/** A template that was parsed. */
export type Parsed = {
  /** What it names in data; null where something is missing there, or of another kind. */
  readonly look: (data: object) => Looked | null
  /** The template filled with that, tidied, as JSON in UTF-8; null where its own `$when` leaves it out. */
  readonly fill: (looked: Looked) => Buffer | null
}

/**
 * Has the engine expand a template once for all data of one shape, which is: the same flags, the same texts that are '', and the same lists
 * of which nothing is left. It gets marks in the place of values. What it makes of them, tidied, is a pattern: JSON with holes, which are
 * filled with the values of each card. Cards of one shape differ in nothing else, so nothing is expanded twice, and no value ever meets the
 * engine.
 *
 * An item of a list is a template of its own. Patterns are kept, and all of them forgotten when together they have more than `mostLetters`.
 */
export const openPatterns = (engine: Engine, mostLetters = 4_000_000): ((template: object) => Parsed) => {
  const items = new Map<string, Template>()
  const kept = keptPatterns(mostLetters)
  const out = new Out()
  const itemOf = (template: object): Template => {
    const text = JSON.stringify(template)
    const item = items.get(text) ?? new Template(template, { isItem: true, engine, kept, itemOf })
    items.set(text, item)
    return item
  }
  return (template) => {
    const parsed = new Template(template, { isItem: false, engine, kept, itemOf })
    return {
      look: (data) => parsed.look(data, data),
      fill: (looked) => {
        const filled = parsed.fill(looked)
        return filled && out.written(filled)
      },
    }
  }
}

/** The patterns of one template by their shapes; null for a shape that leaves the template out. */
type Patterns = Map<string, Pattern | null>

/** Patterns of all templates, which together have no more letters than that. */
const keptPatterns = (most: number) => {
  const all: Patterns[] = []
  let letters = 0
  return {
    open: (): Patterns => {
      const patterns: Patterns = new Map()
      all.push(patterns)
      return patterns
    },
    keep: (patterns: Patterns, shape: string, pattern: Pattern | null): void => {
      letters += shape.length + (pattern?.letters ?? 0)
      if (letters > most) {
        for (const one of all) one.clear()
        letters = 0
      }
      patterns.set(shape, pattern)
    },
  }
}

/**
 * A part of a template that stands or falls as a whole: the texts and lists in it, by their numbers, and the parts in it, each with the
 * number of its flag.
 */
type Scope = { readonly texts: number[]; readonly lists: number[]; readonly inner: { flag: number; scope: Scope }[] }

/** Where a name leads: from the data, or from the root that the data is an item of. */
type Leads = { readonly isOfRoot: boolean; readonly steps: readonly string[] }

/** A name, and what it must lead to. */
type Named = Leads & { readonly kind: 'text' | 'flag' }

type Parts = {
  readonly isItem: boolean
  readonly engine: Engine
  readonly kept: ReturnType<typeof keptPatterns>
  readonly itemOf: (template: object) => Template
}

class Template {
  readonly #isItem: boolean
  readonly #itemOf: Parts['itemOf']
  readonly #kept: Parts['kept']
  readonly #patterns: Patterns
  readonly #named: Named[] = []
  readonly #numbers = new Map<string, number>()
  readonly #lists: (Leads & { readonly item: Template })[] = []
  readonly #whole = nothingIn()
  readonly #expand: () => ReturnType<Engine>

  constructor(template: object, { isItem, engine, kept, itemOf }: Parts) {
    this.#isItem = isItem
    this.#itemOf = itemOf
    this.#kept = kept
    this.#patterns = kept.open()
    const payload = Object(this.#node(template, [this.#whole]))
    let expand: ReturnType<Engine> | null = null
    // Most templates are of cards that are seldom drawn, and parsed they take megabytes.
    this.#expand = () => (expand ??= engine(isItem ? { $data: '${$host.item}', ...payload } : payload))
  }

  look(data: unknown, root: object): Looked | null {
    const values: unknown[] = []
    for (const { isOfRoot, steps, kind } of this.#named) {
      const value = valueAt(isOfRoot ? root : data, steps)
      if (!fits[kind](value)) return null
      values.push(value)
    }
    const lists: Looked[][] = []
    for (const { isOfRoot, steps, item } of this.#lists) {
      const value = valueAt(isOfRoot ? root : data, steps)
      if (!Array.isArray(value)) return null
      const looked: Looked[] = []
      for (const one of value) {
        const found = item.look(one, root)
        if (found === null) return null
        looked.push(found)
      }
      lists.push(looked)
    }
    return { values, lists }
  }

  fill({ values, lists }: Looked): Filled | null {
    const filled: (readonly Filled[])[] = []
    const hasItems = (at: number): boolean => {
      const list = this.#lists[at]
      const items = list ? list.item.#all(lists[at] ?? []) : []
      filled[at] = items
      return items.length > 0
    }
    const shape = shapeIn(this.#whole, values, hasItems)
    const known = this.#patterns.get(shape)
    const pattern = known === undefined ? this.#made(shape, values, filled) : known
    return pattern && { pattern, values, lists: filled }
  }

  /** The items of a list, without those that are left out or hold nothing. */
  #all(items: readonly Looked[]): readonly Filled[] {
    const all: Filled[] = []
    for (const looked of items) {
      const one = this.fill(looked)
      if (one && !one.pattern.isEmpty) all.push(one)
    }
    return all
  }

  #made(shape: string, values: readonly unknown[], lists: Filled['lists']): Pattern | null {
    const expanded = this.#expand()(this.#marked(values, lists))
    const pattern = expanded === null || expanded === undefined ? null : patternOf(Object(expanded))
    this.#kept.keep(this.#patterns, shape, pattern)
    return pattern
  }

  /** What the engine gets in the place of such values and lists. */
  #marked(values: readonly unknown[], lists: Filled['lists']): Context {
    const [root, item]: readonly [Json, Json] = [{}, {}]
    for (const [at, { isOfRoot, steps, kind }] of this.#named.entries()) {
      const value = values[at]
      const mark = kind === 'text' && value !== '' ? markOf('value', at) : value
      put(isOfRoot || !this.#isItem ? root : item, steps, mark)
    }
    const marks = this.#lists.map((_, at) => [`list${at}`, lists[at]?.length ? markOf('list', at) : null])
    return { $root: root, $host: { item, ...Object.fromEntries(marks) } }
  }

  /** What the engine gets of a part of the template. What is named in it is noted in the innermost of the scopes around it, the last. */
  #node(node: unknown, around: readonly Scope[]): unknown {
    if (typeof node === 'string') {
      for (const name of namesIn(node)) this.#text(this.#number(name, 'text'), around)
      return node
    }
    if (!isBound(node)) return node
    if (Array.isArray(node)) return node.map((one: unknown) => this.#element(one, around))
    if (!isObject(node)) return node
    const { $data, $when, ...rest }: Json = node
    if ($data !== undefined)
      throw new Error(`Only what is in a list may have $data, not ${JSON.stringify(node).slice(0, 80)}`)
    if ($when === undefined) return this.#entries(rest, around)
    const [name = ''] = namesIn(typeof $when === 'string' ? $when : '')
    const scope = nothingIn()
    around.at(-1)?.inner.push({ flag: this.#number(name, 'flag'), scope })
    return { $when, ...this.#entries(rest, [...around, scope]) }
  }

  #entries(node: Json, around: readonly Scope[]): Json {
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, this.#node(value, around)]))
  }

  #element(one: unknown, around: readonly Scope[]): unknown {
    if (!isObject(one) || !('$data' in one)) return this.#node(one, around)
    const { $data, ...item }: Json = one
    const [name = ''] = namesIn(typeof $data === 'string' ? $data : '')
    const at = this.#lists.push({ ...leadsOf(name), item: this.#itemOf(item) }) - 1
    around.at(-1)?.lists.push(at)
    return `\${$host.list${at}}`
  }

  #number(name: string, kind: Named['kind']): number {
    const leads = leadsOf(name)
    const key = `${kind} ${leads.isOfRoot && this.#isItem} ${leads.steps.join('.')}`
    const number = this.#numbers.get(key) ?? this.#named.push({ ...leads, kind }) - 1
    this.#numbers.set(key, number)
    return number
  }

  #text(at: number, around: readonly Scope[]): void {
    if (!around.some(({ texts }) => texts.includes(at))) around.at(-1)?.texts.push(at)
  }
}

const nothingIn = (): Scope => ({ texts: [], lists: [], inner: [] })

/** All in data that decides what a template becomes but for its values, in the order of its parts. */
const shapeIn = (
  { texts, lists, inner }: Scope,
  values: readonly unknown[],
  hasItems: (at: number) => boolean,
): string => {
  let shape = ''
  for (const at of texts) shape += values[at] === '' ? '0' : '1'
  for (const at of lists) shape += hasItems(at) ? '1' : '0'
  for (const { flag, scope } of inner) shape += values[flag] === true ? `1${shapeIn(scope, values, hasItems)}` : '0'
  return shape
}

/** True for what holds a binding anywhere. */
const isBound = (node: unknown): boolean => {
  if (typeof node === 'string') return node.includes('${')
  return typeof node === 'object' && node !== null && Object.values(node).some(isBound)
}

/** The names in the bindings of a text. */
const namesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name)

const leadsOf = (name: string): Leads => {
  const isOfRoot = name.startsWith('$root.')
  return { isOfRoot, steps: (isOfRoot ? name.slice('$root.'.length) : name).split('.') }
}

const valueAt = (data: unknown, steps: readonly string[]): unknown => {
  let value = data
  for (const step of steps) {
    if (!isObject(value)) return undefined
    value = value[step]
  }
  return value
}

const put = (into: Json, [first = '', ...others]: readonly string[], value: unknown): void => {
  if (others.length > 0) put(Object((Object(into)[first] ??= {})), others, value)
  else Object.assign(into, { [first]: value })
}

const fits: Readonly<Record<Named['kind'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)),
  flag: (value) => typeof value === 'boolean',
}
