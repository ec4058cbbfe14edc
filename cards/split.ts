import { LRUCache } from 'lru-cache'
import { isEmpty, plain, tidy } from './tidy.js'

type Json = Readonly<Record<string, unknown>>

/** Parses a template, and expands it for data. */
export type Engine = (template: object) => (data: object) => unknown

/** Fills a template; null where its own `$when` leaves it out. */
export type Fill = (data: object) => Filled | null

/** What a template has become, tidied, and a number of bytes that its JSON does not exceed. */
export type Filled = { readonly card: Json; readonly mostBytes: number }

/**
 * Splits templates in two: what data fills, for the engine to expand, and what stands as it is, which is made ready once, for most of it
 * is the same in every card. The engine then evaluates the bindings and walks nothing else.
 *
 * What has a `$when` or a `$data` is a scope: its texts are evaluated side by side, each once, wherever and however often they stand in
 * it, and those of a scope that is left out are not evaluated. An item of a list is a template of its own, and the same in many cards:
 * what was made of the items used last is kept, for a card that is drawn again has most of them still. What is kept is shared: it must
 * not be changed.
 */
export const openSplit = (engine: Engine): ((template: object) => Fill) => {
  const items = new Map<string, Fill>()
  const keptItems = new LRUCache<string, Filled>({
    maxSize: mostKept,
    sizeCalculation: ({ mostBytes }, key) => mostBytes + key.length,
  })
  const split = (template: object): Fill => {
    const part = new Splitter(itemOf)
    const { payload, root } = part.split(template)
    const expand = engine(payload)
    return (data) => new Joiner(Object(expand(data))).joined(root)
  }
  const itemOf = (template: object): Fill => {
    const text = JSON.stringify(template)
    const known = items.get(text)
    if (known) return known
    const number = items.size
    const fill = split(template)
    const item: Fill = (data) => {
      const key = `${number} ${JSON.stringify(data)}`
      const known = keptItems.get(key)
      if (known) return known
      const made = fill(data)
      if (made) keptItems.set(key, made)
      return made
    }
    items.set(text, item)
    return item
  }
  return split
}

/** So many bytes of items are kept: those of some hundreds of cards. */
const mostKept = 4_000_000

/** A part of the template whose texts are evaluated together: the whole of it, what may be left out, or an item of a list. */
type Scope = {
  readonly id: number
  readonly parent: Scope | null
  readonly isItem: boolean
  /** The names of values that are texts by themselves. */
  readonly values: string[]
  /** Texts that say more. */
  readonly texts: string[]
  /** What is in it beside texts, as the engine gets it: scopes, and the names of lists. */
  readonly inner: unknown[]
}

/** An object of the template: its keys in order, and what stands there; its bytes without those of what is filled in. */
type Frame = { readonly entries: readonly (readonly [key: string, part: Part])[]; readonly bytes: number }

/** What the engine makes of a scope or a list: where that is found. */
type Place = { readonly within: number; readonly name: string }

/** A scope of its own. */
type Inner = Place & { readonly kind: 'inner'; readonly scope: number; readonly frame: Frame }

/** What stands somewhere: the same in every card, a text that was evaluated, something that holds such texts, a scope, or a list of items. */
type Part =
  | { readonly kind: 'kept'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'text'; readonly scope: number; readonly among: 'values' | 'texts'; readonly index: number }
  | { readonly kind: 'list'; readonly items: readonly Part[] }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | (Place & { readonly kind: 'items'; readonly fill: Fill })
  | Inner

/** The splitting of one template. */
class Splitter {
  readonly #itemOf: (template: object) => Fill
  #scopes = 0

  constructor(itemOf: (template: object) => Fill) {
    this.#itemOf = itemOf
  }

  split(template: object): { readonly payload: object; readonly root: Part } {
    const whole = this.#open(null, false)
    const root = this.#object(Object(template), whole)
    return { payload: payloadOf(whole), root }
  }

  #open(parent: Scope | null, isItem: boolean): Scope {
    return { id: this.#scopes++, parent, isItem, values: [], texts: [], inner: [] }
  }

  #part(node: unknown, scope: Scope): Part {
    if (!isBound(node)) return { kind: 'kept', ...tidied(node) }
    if (typeof node === 'string') return textOf(node, scope)
    if (Array.isArray(node)) return { kind: 'list', items: node.map((item) => this.#part(item, scope)) }
    return this.#object(Object(node), scope)
  }

  #object(node: Json, scope: Scope): Part {
    const { $data, $when, ...rest }: Json = node
    if ($data === undefined && $when === undefined) return { kind: 'frame', frame: this.#frame(rest, scope) }
    const item = { ...($when !== undefined && { $when }), ...rest }
    if ($data !== undefined && !namesRoot(item)) {
      return { kind: 'items', ...placeIn(scope, $data), fill: this.#itemOf(item) }
    }
    const inner = this.#open(scope, $data !== undefined)
    const frame = this.#frame(rest, inner)
    const payload = {
      ...($data !== undefined && { $data }),
      ...($when !== undefined && { $when }),
      ...payloadOf(inner),
    }
    return { kind: 'inner', ...placeIn(scope, payload), scope: inner.id, frame }
  }

  #frame(node: Json, scope: Scope): Frame {
    const entries = Object.entries(node).flatMap(([key, value]): Frame['entries'] =>
      key.startsWith('$') || value === null ? [] : [[key, this.#part(value, scope)]],
    )
    const bytes = entries.reduce(
      (sum, [key, part]) => sum + mostBytesOf(key) + 2 + (part.kind === 'kept' ? part.bytes : 0),
      2,
    )
    return { entries, bytes }
  }
}

/** What the engine gets of a scope: the values in one expression, which costs it less than one for each. */
const payloadOf = ({ values, texts, inner }: Scope): object => ({
  ...(values.length > 0 && { values: `\${createArray(${values.join(', ')})}` }),
  ...(texts.length > 0 && { texts }),
  ...Object.fromEntries(inner.map((payload, index) => [nameOf(index), payload])),
})

const nameOf = (index: number): string => `inner${index}`

/** Where the engine puts what it makes of that in a scope; the same once. */
const placeIn = (scope: Scope, payload: unknown): Place => {
  const text = JSON.stringify(payload)
  const same = scope.inner.findIndex((one) => JSON.stringify(one) === text)
  if (same < 0) scope.inner.push(payload)
  return { within: scope.id, name: nameOf(same < 0 ? scope.inner.length - 1 : same) }
}

/** A text is evaluated in a scope that has it already and sees the same data, else in its own. */
const textOf = (text: string, scope: Scope): Part => {
  let own = scope
  // What names nothing but values of the root is the same for every item.
  if (isOfRoot(text)) for (let at: Scope | null = scope; at; at = at.parent) if (at.isItem && at.parent) own = at.parent
  const value = /^\$\{([^}]*)\}$/.exec(text)?.[1]
  const [among, name] = value === undefined ? (['texts', text] as const) : (['values', value] as const)
  for (let at: Scope | null = own; at; at = at.isItem ? null : at.parent) {
    const index = at[among].indexOf(name)
    if (index >= 0) return { kind: 'text', scope: at.id, among, index }
  }
  return { kind: 'text', scope: own.id, among, index: own[among].push(name) - 1 }
}

/** True for a binding, and for what holds one. */
const isBound = (node: unknown): boolean => {
  if (typeof node === 'string') return node.includes('${')
  return typeof node === 'object' && node !== null && Object.values(node).some(isBound)
}

const isOfRoot = (text: string): boolean => namesIn(text).every((rest) => rest.startsWith('$root.'))

const namesRoot = (node: unknown): boolean => {
  if (typeof node === 'string') return namesIn(node).some((rest) => rest.startsWith('$root.'))
  return typeof node === 'object' && node !== null && Object.values(node).some(namesRoot)
}

const namesIn = (text: string): readonly string[] => text.split('${').slice(1)

const tidied = (node: unknown): { readonly value: unknown; readonly bytes: number } => {
  const { node: value } = tidy({ node })
  return { value, bytes: Buffer.byteLength(JSON.stringify(value)) }
}

/** What the engine has made of a scope. */
type Expanded = { readonly values?: unknown; readonly texts?: unknown } & Json

/** The joining of one card. */
class Joiner {
  /** What the scopes that are being joined were expanded to, by their ids. */
  readonly #scopes: Expanded[]
  #bytes = 0

  constructor(expanded: Expanded) {
    this.#scopes = [expanded]
  }

  joined(root: Part): Filled | null {
    const card = this.#part(root)
    return typeof card === 'object' && card !== null ? { card: Object(card), mostBytes: this.#bytes } : null
  }

  #part(part: Part): unknown {
    switch (part.kind) {
      case 'kept':
        this.#bytes += part.bytes
        return part.value
      case 'text': {
        const texts = this.#scopes[part.scope]?.[part.among]
        const value: unknown = Array.isArray(texts) ? texts[part.index] : undefined
        this.#bytes += mostBytesOf(value)
        return value
      }
      case 'list':
        return this.#list(part.items)
      case 'frame':
        return this.#frame(part.frame)
      case 'inner':
        return this.#each(this.#at(part), (expanded) => this.#inner(part, expanded))
      case 'items':
        return this.#each(this.#at(part), (item) => this.#item(part.fill, item))
    }
  }

  #at({ within, name }: Place): unknown {
    return this.#scopes[within]?.[name]
  }

  #frame({ entries, bytes }: Frame): Json {
    this.#bytes += bytes
    const out: Record<string, unknown> = {}
    for (const [key, part] of entries) {
      const value = part.kind === 'kept' ? part.value : this.#part(part)
      if (value === null || value === undefined) continue
      out[key] = key === 'text' && typeof value === 'string' ? plain(value) : value
    }
    return out
  }

  /** Null where it was left out. */
  #inner({ scope, frame }: Inner, expanded: unknown): Json | null {
    if (expanded === null || expanded === undefined) return null
    this.#scopes[scope] = Object(expanded)
    return this.#frame(frame)
  }

  #item(fill: Fill, data: unknown): Json | null {
    const filled = fill(Object(data))
    if (!filled) return null
    this.#bytes += filled.mostBytes
    return filled.card
  }

  #each(made: unknown, join: (one: unknown) => Json | null): unknown {
    if (!Array.isArray(made)) return join(made)
    const items: unknown[] = []
    for (const one of made) this.#add(items, join(one))
    return items
  }

  #list(parts: readonly Part[]): readonly unknown[] {
    this.#bytes += 2
    const items: unknown[] = []
    for (const part of parts) {
      const item = this.#part(part)
      // What stands for a list makes as many as there are.
      if ((part.kind === 'inner' || part.kind === 'items') && Array.isArray(item)) items.push(...item)
      else this.#add(items, item)
    }
    return items
  }

  #add(items: unknown[], item: unknown): void {
    if (item === null || item === undefined || isEmpty(item)) return
    this.#bytes += 1
    items.push(item)
  }
}

/** Plain letters take a byte each, any other character six at most, as \u0000; no number is longer than 25. */
const mostBytesOf = (value: unknown): number =>
  typeof value === 'string' ? (isPlain(value) ? 1 : 6) * value.length + 2 : 25

const isPlain = (text: string): boolean => !/[^ !#-[\]-~]/.test(text)
