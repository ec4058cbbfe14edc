import { isEmpty, plain, tidy } from './tidy.js'

type Json = Readonly<Record<string, unknown>>

/** A template in two: what data fills, for the engine to expand, and what stands as it is, which is made ready once. */
export type Split = {
  /** What the engine expands: the template without what no data changes. */
  readonly payload: object
  /** Put what the engine has made of the payload back into its place. */
  readonly join: (expanded: unknown) => Joined
}

/** A whole card, tidied, and a number of bytes that its JSON does not exceed. */
export type Joined = { readonly card: Json; readonly mostBytes: number }

/**
 * Split a template, for most of it is the same in every card: the engine then walks and evaluates a few bindings only.
 *
 * Texts that name nothing but values of the root (`${$root.caseId}`) are evaluated once, wherever and however often they stand.
 * Data fills in texts and numbers only, so the marks of the split cannot come from it. What is kept is shared by the cards made
 * from it: they must not be changed.
 */
export const split = (template: object): Split => {
  const frames: Frame[] = []
  const texts: string[] = []
  /** What stays here of a node. */
  const partOf = (node: unknown): Part => {
    if (needsEngine(node)) return { kind: 'engine' }
    if (typeof node === 'string' && isBound(node)) {
      if (!texts.includes(node)) texts.push(node)
      return { kind: 'text', index: texts.indexOf(node) }
    }
    if (!isBound(node)) return { kind: 'kept', ...tidied(node) }
    return Array.isArray(node)
      ? { kind: 'list', items: node.map(partOf) }
      : { kind: 'frame', frame: frameOf(Object(node)) }
  }
  const frameOf = (node: Json): Frame => {
    const entries = Object.entries(node).flatMap(([key, value]): Frame['entries'] =>
      key.startsWith('$') || value === null ? [] : [[key, partOf(value)]],
    )
    const bytes = entries.reduce(
      (sum, [key, part]) => sum + mostBytesOf(key) + 2 + (part.kind === 'kept' ? part.bytes : 0),
      2,
    )
    return { entries, bytes }
  }
  /** What the engine gets of a node. */
  const payloadOf = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(payloadOf)
    if (!isObject(node)) return node
    frames.push(frameOf(node))
    const mark = frames.length - 1
    const filled = Object.entries(node).filter(([key, value]) => !key.startsWith('$') && needsEngine(value))
    return {
      ...('$data' in node && { $data: node['$data'] }),
      ...('$when' in node && { $when: node['$when'] }),
      [frameMark]: mark,
      ...Object.fromEntries(filled.map(([key, value]) => [key, payloadOf(value)])),
    }
  }
  const card = payloadOf(template)
  return { payload: { texts, card }, join: (expanded) => new Joiner(frames, expanded).joined() }
}

/** An object of the template: its keys in order, and what stands there; its bytes without those of what is filled in. */
type Frame = { readonly entries: readonly (readonly [key: string, part: Part])[]; readonly bytes: number }

/** What stands somewhere: the same in every card, a text evaluated once, something that holds such texts, or the engine's work. */
type Part =
  | { readonly kind: 'kept'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'text'; readonly index: number }
  | { readonly kind: 'list'; readonly items: readonly Part[] }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'engine' }

/** Where an expanded object belongs. The engine leaves out what it knows by names with a `$`; this it does not know. */
const frameMark = '$frame'

/** True for a binding, and for what holds one. */
const isBound = (node: unknown): boolean => {
  if (typeof node === 'string') return node.includes('${')
  return typeof node === 'object' && node !== null && Object.values(node).some(isBound)
}

/** True for what has to be repeated, left out, or filled with more than values of the root. */
const needsEngine = (node: unknown): boolean => {
  if (typeof node === 'string')
    return node
      .split('${')
      .slice(1)
      .some((rest) => !rest.startsWith('$root.'))
  if (typeof node !== 'object' || node === null) return false
  return '$data' in node || '$when' in node || Object.values(node).some(needsEngine)
}

const tidied = (node: unknown): { readonly value: unknown; readonly bytes: number } => {
  const { node: value } = tidy({ node })
  return { value, bytes: Buffer.byteLength(JSON.stringify(value)) }
}

const isObject = (node: unknown): node is Json => typeof node === 'object' && node !== null && !Array.isArray(node)

/** The joining of one card. */
class Joiner {
  readonly #frames: readonly Frame[]
  readonly #card: unknown
  readonly #texts: readonly unknown[]
  #bytes = 0

  constructor(frames: readonly Frame[], expanded: unknown) {
    const { texts, card }: { readonly texts?: unknown; readonly card?: unknown } = Object(expanded)
    this.#frames = frames
    this.#card = card
    this.#texts = Array.isArray(texts) ? texts : []
  }

  joined(): Joined {
    const card = this.#engines(this.#card)
    return { card: isObject(card) ? card : {}, mostBytes: this.#bytes }
  }

  #engines(node: unknown): unknown {
    if (Array.isArray(node)) return this.#list(node, (item) => this.#engines(item))
    if (!isObject(node)) return this.#leaf(node)
    const frame = this.#frames[Number(node[frameMark])]
    return frame && this.#frame(frame, node)
  }

  #frame({ entries, bytes }: Frame, node: Json): Json {
    this.#bytes += bytes
    const out: Record<string, unknown> = {}
    for (const [key, part] of entries) {
      const value =
        part.kind === 'kept' ? part.value : part.kind === 'engine' ? this.#engines(node[key]) : this.#part(part)
      if (value === null || value === undefined) continue
      out[key] = key === 'text' && typeof value === 'string' ? plain(value) : value
    }
    return out
  }

  #part(part: Part): unknown {
    switch (part.kind) {
      case 'kept':
        this.#bytes += part.bytes
        return part.value
      case 'text':
        return this.#leaf(this.#texts[part.index])
      case 'list':
        return this.#list(part.items, (item) => this.#part(item))
      case 'frame':
        return this.#frame(part.frame, {})
      case 'engine':
        return undefined
    }
  }

  #list<T>(list: readonly T[], each: (item: T) => unknown): readonly unknown[] {
    this.#bytes += 2 + list.length
    const items: unknown[] = []
    for (const one of list) {
      const item = each(one)
      if (!isEmpty(item)) items.push(item)
    }
    return items
  }

  #leaf(value: unknown): unknown {
    this.#bytes += mostBytesOf(value)
    return value
  }
}

/** Plain letters take a byte each, any other character six at most, as \u0000; no number is longer than 25. */
const mostBytesOf = (value: unknown): number =>
  typeof value === 'string' ? (isPlain(value) ? 1 : 6) * value.length + 2 : 25

const isPlain = (text: string): boolean => !/[^ !#-[\]-~]/.test(text)
