import { LRUCache } from 'lru-cache'
import { heldBy, isEmpty, plain, tidy } from './tidy.js'

type Json = Readonly<Record<string, unknown>>

/** Parses a template, and expands it for data. */
export type Engine = (template: object) => (data: object) => unknown

/** Fills a template; null where its own `$when` leaves it out. */
export type Fill = (data: object) => Filled | null

/** What a template has become, tidied, as JSON; and whether it is an element that would draw no more than a gap. */
export type Filled = { readonly json: string; readonly isEmpty: boolean }

/**
 * Splits templates in two: what data fills, for the engine to expand, and what stands as it is, which is JSON from the start, for most of
 * it is the same in every card. The engine then evaluates the bindings and walks nothing else, and no object is made that would become
 * text anyway.
 *
 * What has a `$when` or a `$data` is a scope: its texts are evaluated side by side, each once, wherever and however often they stand in
 * it, and those of a scope that is left out are not evaluated. An item of a list is a template of its own, and the same in many cards:
 * what was made of the items used last is kept, for a card that is drawn again has most of them still.
 */
export const openSplit = (engine: Engine): ((template: object) => Fill) => {
  const items = new Map<string, Fill>()
  const keptItems = new LRUCache<string, Filled>({
    maxSize: mostKept,
    sizeCalculation: ({ json }, key) => json.length + key.length,
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

/** So many letters of items are kept: those of some hundreds of cards. */
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

/**
 * An object of the template: what stands in it, in order, and which of that must hold something, or the whole draws no more than a gap;
 * `nothing` where there is no such thing at all.
 */
type Frame = { readonly entries: readonly Entry[]; readonly held: Entry | 'anything' | 'nothing' }

/**
 * What stands in an object: how it begins, where it is the first and where it follows others, up to its value. Without a part that is
 * all of it, and the same in every card.
 */
type Entry = { readonly first: string; readonly next: string; readonly part: Part | null; readonly isText: boolean }

/** What the engine makes of a scope or a list: where that is found. */
type Place = { readonly within: number; readonly name: string }

/** A scope of its own. */
type Inner = Place & { readonly kind: 'inner'; readonly scope: number; readonly frame: Frame }

/** What stands somewhere: the same in every card, a text that was evaluated, something that holds such texts, a scope, or a list of items. */
type Part =
  | { readonly kind: 'kept'; readonly json: string; readonly isNothing: boolean }
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
    if (!isBound(node)) return keptOf(node)
    if (typeof node === 'string') return textOf(node, scope)
    if (Array.isArray(node)) {
      const items = node.filter((item) => item !== null && (isBound(item) || !isEmpty(tidy({ item })['item'])))
      return { kind: 'list', items: items.map((item) => this.#part(item, scope)) }
    }
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
    const named = Object.entries(node).flatMap(([key, value]): (readonly [string, Part])[] =>
      key.startsWith('$') || value === null ? [] : [[key, this.#part(value, scope)]],
    )
    const entries: Entry[] = []
    const holder = heldBy(node['type'])
    let held: Frame['held'] = holder === null ? 'anything' : 'nothing'
    let kept: string[] = []
    const keep = (): void => {
      const json = kept.join(',')
      if (json !== '') entries.push({ first: `{${json}`, next: `,${json}`, part: null, isText: false })
      kept = []
    }
    for (const [key, part] of named) {
      const name = `${JSON.stringify(key)}:`
      if (part.kind === 'kept') {
        kept.push(name + part.json)
        if (key === holder) held = part.isNothing ? 'nothing' : 'anything'
        continue
      }
      keep()
      const entry = { first: `{${name}`, next: `,${name}`, part, isText: key === 'text' }
      entries.push(entry)
      if (key === holder) held = entry
    }
    keep()
    return { entries, held }
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

const keptOf = (node: unknown): Part => {
  const { node: value } = tidy({ node })
  const isNothing = value === '' || (Array.isArray(value) && value.length === 0)
  return { kind: 'kept', json: JSON.stringify(value), isNothing }
}

/** What the engine has made of a scope. */
type Expanded = { readonly values?: unknown; readonly texts?: unknown } & Json

/** What was written: nothing, for there is none; something that holds nothing; or something. */
type Written = 'none' | 'empty' | 'full'

/** The joining of one card: it is written from its beginning to its end, and what turns out to hold nothing is taken back. */
class Joiner {
  /** What the scopes that are being joined were expanded to, by their ids. */
  readonly #scopes: Expanded[]
  readonly #out: string[] = []

  constructor(expanded: Expanded) {
    this.#scopes = [expanded]
  }

  joined(root: Part): Filled | null {
    const written = this.#part(root, false)
    return written === 'none' ? null : { json: this.#out.join(''), isEmpty: written === 'empty' }
  }

  #part(part: Part, isText: boolean): Written {
    switch (part.kind) {
      case 'kept':
        this.#out.push(part.json)
        return part.isNothing ? 'empty' : 'full'
      case 'text': {
        const texts = this.#scopes[part.scope]?.[part.among]
        return this.#text(Array.isArray(texts) ? texts[part.index] : undefined, isText)
      }
      case 'list':
        return this.#list(part.items)
      case 'frame':
        return this.#frame(part.frame)
      case 'inner':
      case 'items': {
        const made = this.#at(part)
        return Array.isArray(made) ? this.#list([part]) : this.#one(part, made)
      }
    }
  }

  #at({ within, name }: Place): unknown {
    return this.#scopes[within]?.[name]
  }

  #text(value: unknown, isText: boolean): Written {
    if (value === null || value === undefined) return 'none'
    this.#out.push(JSON.stringify(isText && typeof value === 'string' ? plain(value) : value))
    return value === '' ? 'empty' : 'full'
  }

  #frame({ entries, held }: Frame): Written {
    const out = this.#out
    let isFirst = true
    let isHollow = held === 'nothing'
    for (const entry of entries) {
      const at = out.length
      out.push(isFirst ? entry.first : entry.next)
      const written = entry.part === null ? 'full' : this.#part(entry.part, entry.isText)
      if (entry === held) isHollow = written !== 'full'
      if (written === 'none') out.length = at
      else isFirst = false
    }
    out.push(isFirst ? '{}' : '}')
    return isHollow ? 'empty' : 'full'
  }

  /** One that a scope or an item was expanded to; none where it was left out. */
  #one(part: Inner | (Part & { readonly kind: 'items' }), expanded: unknown): Written {
    if (part.kind === 'inner') {
      if (expanded === null || expanded === undefined) return 'none'
      this.#scopes[part.scope] = Object(expanded)
      return this.#frame(part.frame)
    }
    const filled = part.fill(Object(expanded))
    if (!filled) return 'none'
    this.#out.push(filled.json)
    return filled.isEmpty ? 'empty' : 'full'
  }

  #list(parts: readonly Part[]): Written {
    this.#out.push('[')
    const from = this.#out.length
    for (const part of parts) {
      if (part.kind !== 'inner' && part.kind !== 'items') {
        const at = this.#comma(from)
        const written = this.#part(part, false)
        if (written === 'none' || (written === 'empty' && part.kind === 'frame')) this.#out.length = at
        continue
      }
      const made = this.#at(part)
      // What stands for a list makes as many as there are.
      for (const one of Array.isArray(made) ? made : [made]) {
        const at = this.#comma(from)
        if (this.#one(part, one) !== 'full') this.#out.length = at
      }
    }
    const isFull = this.#out.length > from
    this.#out.push(']')
    return isFull ? 'full' : 'empty'
  }

  /** Begin the next of a list that begins there. Where it turns out to hold nothing, all from what this answers on is taken back. */
  #comma(from: number): number {
    const at = this.#out.length
    if (at > from) this.#out.push(',')
    return at
  }
}
