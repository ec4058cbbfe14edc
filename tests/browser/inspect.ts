import type { CardObject } from '../../cards/render.js'
import { isTucked, objectsIn, textOf } from '../cards/samples.js'
import type { Renderer } from './render.js'

/** How a card is looked at: 320 px wide, no picture, and no more than two screens high as it first stands. */
export type Manner = {
  readonly width?: number
  readonly file?: string
  /** Pictures of the opened parts as well, unless told otherwise: they take longer than all the rest. */
  readonly opened?: boolean
  readonly highest?: number
}

/** What is wrong with a card, and how high it stands at first, in CSS pixels. */
export type Looked = { readonly faults: readonly string[]; readonly height: number }

/** Two screens of a phone of 320 x 640: no step needs more than one scroll. */
export const twoScreens = 1280

/** Look at a card as it first stands. */
export const inspectClosed = async (
  renderer: Renderer,
  card: object,
  { width = 320, highest = twoScreens }: Manner = {},
): Promise<Looked> => {
  const faults = [...(await renderer.show(card, width)), ...(await renderer.measure())]
  const height = await renderer.height()
  const tall = height > highest ? [`too high: ${height} px, ${highest} are two screens`] : []
  return { faults: [...faults, ...tall], height }
}

/** Look at a card closed and with each of its parts opened. */
export const inspect = async (renderer: Renderer, card: CardObject, manner: Manner = {}): Promise<Looked> => {
  const { faults, height } = await inspectClosed(renderer, card, manner)
  const { file, opened: isOpenedShown = true } = manner
  const opened: string[] = []
  if (file !== undefined) await renderer.save(`${file}.png`)
  for (const titles of openersOf(card)) {
    const title = titles.at(-1) ?? ''
    for (const one of titles) await renderer.press(one)
    opened.push(...(await renderer.measure()).map((fault) => `${title}: ${fault}`))
    if (file !== undefined && isOpenedShown) await renderer.save(`${file}-${fileName(title)}.png`)
    for (const one of titles.toReversed()) await renderer.press(one)
  }
  return { faults: [...faults, ...opened], height }
}

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')

/** The buttons that open something, by their titles: before one that is folded away stands the one that unfolds it. */
const openersOf = (card: CardObject): readonly (readonly string[])[] => {
  const openers = objectsIn(card).filter(
    (found) => !isTucked(found) && /^Action\.(ShowCard|ToggleVisibility)$/.test(found.type),
  )
  return openers.map(({ it, around }) => {
    const folded = around.find(({ isVisible }) => isVisible === false)?.id
    const before = openers.filter(({ it: { targetElements } }) => targetsOf(targetElements).includes(textOf(folded)))
    return [...before, { it }].map((one) => textOf(one.it.title))
  })
}

const targetsOf = (targets: unknown): readonly string[] => (Array.isArray(targets) ? targets.map(textOf) : [])

/** One line for what was looked at, and one for each thing that is wrong with it. */
export const tell = (what: string, faults: readonly string[]): void => {
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${what}`)
  for (const fault of faults) console.log(`     ${fault}`)
}
