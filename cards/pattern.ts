import { Buffer } from 'node:buffer'
import { isEmpty, plain, tidy } from './tidy.js'

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>

/** JSON with holes: of `pieces` there is one more than of `holes`. */
export type Pattern = {
  readonly pieces: readonly Buffer[]
  readonly holes: readonly Hole[]
  /** True for an element that would draw no more than a gap. */
  readonly isEmpty: boolean
  readonly letters: number
}

/** A pattern with what belongs into its holes. */
export type Filled = {
  readonly pattern: Pattern
  readonly values: readonly unknown[]
  readonly lists: readonly (readonly Filled[])[]
}

/**
 * What stands between two pieces: a value by itself, a text that is made of several, or the items of a list. `isRead`: clients show it as a
 * text, and would make a date of some.
 */
type Hole =
  | { readonly kind: 'value'; readonly at: number; readonly isRead: boolean }
  | { readonly kind: 'text'; readonly parts: readonly (string | number)[]; readonly isRead: boolean }
  | { readonly kind: 'list'; readonly at: number }

/** Make one of what a template with marks was expanded to; what would draw no more than a gap is dropped (`tidy`). */
export const patternOf = (expanded: Json): Pattern => {
  const tidied = tidy(expanded)
  const pieces = ['']
  const holes: Hole[] = []
  const write = (json: string): void => void (pieces[pieces.length - 1] += json)
  const add = (node: unknown, key: string): void => {
    const hole = typeof node === 'string' ? holeIn(node, key === 'text') : null
    if (hole) {
      holes.push(hole)
      pieces.push('')
    } else if (Array.isArray(node))
      addAll(
        '[',
        node.map((one: unknown) => ['', one, '']),
        ']',
      )
    else if (isObject(node))
      addAll(
        '{',
        Object.entries(node).map(([name, one]) => [`${JSON.stringify(name)}:`, one, name]),
        '}',
      )
    else write(JSON.stringify(node))
  }
  const addAll = (from: string, all: readonly (readonly [string, unknown, string])[], to: string): void => {
    write(from)
    for (const [at, [before, one, key]] of all.entries()) {
      write(`${at > 0 ? ',' : ''}${before}`)
      add(one, key)
    }
    write(to)
  }
  add(tidied, '')
  const letters = pieces.reduce((sum, { length }) => sum + length, 0)
  return { pieces: pieces.map((piece) => Buffer.from(piece)), holes, isEmpty: isEmpty(tidied), letters }
}

/** What is to stand where a text has marks; null where it has none. */
const holeIn = (text: string, isRead: boolean): Hole | null => {
  const said: readonly string[] = text.split(mark)
  const [before, kind, number, behind] = said
  if (kind === undefined) return null
  if (said.length === 4 && before === '' && behind === '') {
    return kind === 'list' ? { kind, at: Number(number) } : { kind: 'value', at: Number(number), isRead }
  }
  // Every third is what kind of mark it was.
  const parts = said.flatMap((part, at): readonly (string | number)[] =>
    at % 3 === 0 ? [part] : at % 3 === 2 ? [Number(part)] : [],
  )
  return { kind: 'text', parts, isRead }
}

/** What stands for a value or a list by its number, until there is a hole. No template and no phrase has such a character. */
export const markOf = (kind: 'value' | 'list', at: number): string => `\u0001${kind}${at}\u0001`
// oxlint-disable-next-line no-control-regex
const mark = /\u0001(value|list)(\d+)\u0001/

/** Where patterns are written as JSON in UTF-8: one piece of memory for all cards, for they are written one after the other. */
export class Out {
  #bytes = Buffer.allocUnsafe(65_536)
  #at = 0

  /** A pattern with its holes filled, as bytes of its own. */
  written(filled: Filled): Buffer {
    this.#at = 0
    this.#add(filled)
    return Buffer.from(this.#bytes.subarray(0, this.#at))
  }

  #add({ pattern: { pieces, holes }, values, lists }: Filled): void {
    // The same value stands in many places, such as the case's code on each button.
    const known = values.map(notYet)
    for (let at = 0; at < pieces.length; at += 1) {
      const piece = pieces[at]
      if (piece) this.#piece(piece)
      const hole = holes[at]
      if (!hole) continue
      if (hole.kind === 'list') this.#items(lists[hole.at] ?? [])
      else if (hole.kind === 'value' && !hole.isRead) this.#text((known[hole.at] ??= JSON.stringify(values[hole.at])))
      else this.#text(jsonFor(hole, values))
    }
  }

  #items(items: readonly Filled[]): void {
    for (const [at, item] of items.entries()) {
      if (at > 0) this.#text(',')
      this.#add(item)
    }
  }

  #piece(piece: Buffer): void {
    this.#make(piece.length)
    this.#bytes.set(piece, this.#at)
    this.#at += piece.length
  }

  #text(text: string): void {
    this.#make(3 * text.length)
    this.#at += this.#bytes.write(text, this.#at)
  }

  /** Make room for so many bytes. */
  #make(room: number): void {
    if (this.#at + room <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.#at + room))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}

const notYet = (): string | undefined => undefined

const jsonFor = (hole: Exclude<Hole, { readonly kind: 'list' }>, values: readonly unknown[]): string => {
  const value = hole.kind === 'value' ? values[hole.at] : joined(hole.parts, values)
  return JSON.stringify(hole.isRead && typeof value === 'string' ? plain(value) : value)
}

const joined = (parts: readonly (string | number)[], values: readonly unknown[]): string => {
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : String(values[part])
  return text
}

/** True for an object that is no list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
