import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
// The package's own door drags TypeScript sources of another package into the type check; this is the same class.
import { Template } from 'adaptivecards-templating/lib/template-engine.js'
import { Fault } from '../triage/fault.js'
import { type Binding, bindingsOf, unfilled } from './bindings.js'
import { lengths, shortened } from './shorten.js'
import { tidy } from './tidy.js'

/** What to draw: the template's name, and data with a value for each of its bindings. */
export type View = { readonly card: string; readonly data: object }

/** An Adaptive Card as JSON, version 1.5. */
export type AdaptiveCard = Readonly<Record<string, unknown>>

/**
 * Draw a view. The same view makes the same card; text of the data is never evaluated. Where the card would have more than
 * `maxBytes`, its longest text runs are cut until it fits: nobody's words keep a case from being drawn.
 *
 * Fault `cards/unknown`: there is no such template. `cards/unfilled`: the data lacks a binding's value or it is of another kind.
 * `cards/too-big`: the card would have more than `maxBytes` all the same.
 */
export type Render = (view: View) => AdaptiveCard

/** The most bytes a card may have as UTF-8 JSON: well below what Teams takes, with room for the message around it. */
export const maxBytes = 28 * 1024

/**
 * Read and parse all `<name>.card.json` of a folder, once; drawing does not touch the disk.
 *
 * Fault `cards/bad-template`: the folder or a template cannot be read, or a template asks for more than `bindingsOf` allows.
 */
export const loadCards = async (folder: string): Promise<Render> => {
  const files = (await entries(folder)).filter((file) => file.endsWith(ending))
  if (files.length === 0) throw bad(folder, `there is no *${ending} in it`)
  const known = new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(0, -ending.length), await parse(join(folder, file))] as const),
    ),
  )
  return ({ card, data }) => {
    const parsed = known.get(card)
    if (!parsed) throw new Fault('cards/unknown', `There is no card "${card}". Write ${card}${ending} in ${folder}.`)
    return draw(card, parsed, data)
  }
}

const ending = '.card.json'

type Parsed = { readonly template: Template; readonly bindings: readonly Binding[] }

const entries = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    throw bad(folder, 'the folder cannot be read', error)
  }
}

const parse = async (file: string): Promise<Parsed> => {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    return { template: new Template(json), bindings: bindingsOf(json) }
  } catch (error) {
    throw bad(file, error instanceof Error ? error.message : String(error), error)
  }
}

const bad = (path: string, why: string, cause?: unknown): Fault =>
  new Fault('cards/bad-template', `Cannot use the card templates in ${path}: ${why}.`, { cause })

const draw = (name: string, { template, bindings }: Parsed, data: object): AdaptiveCard => {
  const gap = unfilled(bindings, data)
  if (gap !== null) {
    throw new Fault(
      'cards/unfilled',
      `Card "${name}": ${gap}. Fill it in the view, or take it out of ${name}${ending}.`,
    )
  }
  const card = tidy(template.expand({ $root: data }))
  if (bytesOf(card) <= maxBytes) return card
  for (const longest of lengths) {
    const shorter = shortened(card, longest)
    if (bytesOf(shorter) <= maxBytes) return shorter
  }
  throw new Fault(
    'cards/too-big',
    `Card "${name}" has ${bytesOf(card)} bytes, the most is ${maxBytes}. Cut its texts or lists short in the view.`,
  )
}

const bytesOf = (card: AdaptiveCard): number => Buffer.byteLength(JSON.stringify(card))
