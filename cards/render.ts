import { createRequire } from 'node:module'
import { Fault } from '../triage/fault.js'
import type { Phrases } from '../triage/phrases.js'
import { bindingsOf, gapFinder } from './bindings.js'
import { lengths, shortened } from './shorten.js'
import { type Context, openPatterns } from './patterns.js'
import { worded } from './words.js'

/** What to draw: the template's name, and data with a value for each of its bindings. */
export type View = { readonly card: string; readonly data: object }

/**
 * An Adaptive Card, version 1.5, as the JSON that goes out, in UTF-8: that is what nearly all of them are drawn for. As bytes, what is
 * kept of it is nothing that garbage is looked for in.
 */
export type AdaptiveCard = { readonly json: Buffer }

/** The same as an object, for who looks into it. */
export type CardObject = Readonly<Record<string, unknown>>

/** Look into a card. */
export const objectOf = ({ json }: AdaptiveCard): CardObject => Object(JSON.parse(json.toString()))

/** A card of an object. */
export const cardFrom = (object: object): AdaptiveCard => ({ json: Buffer.from(JSON.stringify(object)) })

/** The card with something changed. */
export const changed = (card: AdaptiveCard, change: (card: CardObject) => CardObject): AdaptiveCard =>
  cardFrom(change(objectOf(card)))

/** Card templates by name, as their files hold them. */
export type Templates = Readonly<Record<string, object>>

/** Winnow's own words by language; cards take those that begin with `on-card.` (`worded`). */
export type Languages = Readonly<Record<string, Phrases>>

/**
 * Draw a view in the language of its words, English unless told. Text of the data is never evaluated. Where the card would have more
 * than `maxBytes`, its longest text runs are cut until it fits: nobody's words keep a case from being drawn.
 *
 * Fault `cards/unknown`: there is no such template. `cards/unfilled`: the data lacks a binding's value or it is of another kind.
 * `cards/too-big`: the card would have more than `maxBytes` all the same.
 */
export type Render = (view: View, language?: string) => AdaptiveCard

/** The most bytes a card may have as UTF-8 JSON: well below what Teams takes, with room for the message around it. */
export const maxBytes = 28 * 1024

/** Draws with templates that were checked (`readTemplates`). Nothing here touches the disk. */
export type Renderer = {
  /** Each template is parsed when it is first drawn, at the latest. */
  readonly render: Render
  /** Load what the first card would wait for, a piece at a time between other work. Never rejects. */
  readonly prepare: () => Promise<void>
}

/** Draw with these templates, in these languages; what is in a language that is not among them is drawn in English. */
export const openRenderer = (templates: Templates, languages: Languages = {}): Renderer => {
  const parsed = new Map<string, Draw>()
  const parsedOf = openPatterns(engine)
  const drawOf = (card: string, wanted = 'en'): Draw => {
    const language = Object.hasOwn(languages, wanted) ? wanted : 'en'
    const key = `${language} ${card}`
    const known = parsed.get(key)
    if (known) return known
    const template = Object.hasOwn(templates, card) ? templates[card] : undefined
    if (!template)
      throw new Fault('cards/unknown', `There is no card "${card}". Write ${card}${ending} beside the others.`)
    const draw = parse(card, template, languages[language], parsedOf)
    parsed.set(key, draw)
    return draw
  }
  return {
    render: (view, language) => drawOf(view.card, language)(view.data),
    prepare: async () => {
      const pieces = [() => engine({}), ...Object.keys(templates).map((card) => () => drawOf(card))]
      for (const load of pieces) {
        await new Promise((resolve) => setImmediate(resolve))
        try {
          load()
        } catch {
          // Who draws it is told.
        }
      }
    },
  }
}

/** How the name of a template's file ends. */
export const ending = '.card.json'

/** One template, ready to be filled. */
export type Draw = (data: object) => AdaptiveCard

/**
 * Parse a template, with its words filled in. Throws an Error that says what is wrong when it asks for more than `bindingsOf`
 * allows, or for a word that is not there.
 */
export const parse = (name: string, template: object, phrases: Phrases = {}, parsedOf = openPatterns(engine)): Draw => {
  const json = Object(worded(template, phrases))
  const gapIn = gapFinder(bindingsOf(json))
  const { look, fill } = parsedOf(json)
  return (data) => {
    const looked = look(data)
    if (looked === null) {
      throw new Fault(
        'cards/unfilled',
        `Card "${name}": ${gapIn(data)}. Fill it in the view, or take it out of ${name}${ending}.`,
      )
    }
    return fitted(name, { json: fill(looked) ?? Buffer.from('{}') })
  }
}

/**
 * The engine takes longer to load than most of a start: who draws nothing does without. The package's own door drags TypeScript
 * sources of another package into the type check; this is the same class.
 */
const engine = (payload: object): ((context: Context) => unknown) => {
  const library: typeof import('adaptivecards-templating/lib/template-engine.js') = require('adaptivecards-templating/lib/template-engine.js')
  const template = new library.Template(payload)
  return ({ $root, $host }) => template.expand({ $root: mapped($root), $host: mapped($host) })
}

/**
 * The same as maps, as far as names lead: the engine finds a name in a map at once, and in an object by comparing all names in lower
 * case. Lists stay as they are, for they are handed back.
 */
const mapped = (data: object): ReadonlyMap<string, unknown> => {
  const map = new Map<string, unknown>()
  for (const name of Object.keys(data)) {
    const value: unknown = Reflect.get(data, name)
    map.set(name, typeof value === 'object' && value !== null && !Array.isArray(value) ? mapped(value) : value)
  }
  return map
}

const require = createRequire(import.meta.url)

const fitted = (name: string, card: AdaptiveCard): AdaptiveCard => {
  if (card.json.length <= maxBytes) return card
  for (const longest of lengths) {
    const shorter = changed(card, (whole) => shortened(whole, longest))
    if (shorter.json.length <= maxBytes) return shorter
  }
  throw new Fault(
    'cards/too-big',
    `Card "${name}" has ${card.json.length} bytes, the most is ${maxBytes}. Cut its texts or lists short in the view.`,
  )
}
