import type { Card } from '../../cards/load.js'
import { isTucked, objectsIn, textOf } from '../cards/samples.js'
import type { Renderer } from './render.js'

/** Look at a card closed and with each of its parts opened; returns what is wrong. */
export const inspect = async (
  renderer: Renderer,
  card: Card,
  width = 320,
  file?: string,
): Promise<readonly string[]> => {
  const faults = [...(await renderer.show(card, width)), ...(await renderer.measure())]
  if (file !== undefined) await renderer.save(`${file}.png`)
  for (const title of openersOf(card)) {
    await renderer.press(title)
    faults.push(...(await renderer.measure()).map((fault) => `${title}: ${fault}`))
    if (file !== undefined) await renderer.save(`${file}-${title.toLowerCase().replaceAll(' ', '-')}.png`)
    await renderer.press(title)
  }
  return faults
}

/** The titles of the buttons that open something. */
const openersOf = (card: Card): readonly string[] =>
  objectsIn(card)
    .filter((found) => !isTucked(found) && /^Action\.(ShowCard|ToggleVisibility)$/.test(found.type))
    .map(({ it }) => textOf(it.title))

/** One line for what was looked at, and one for each thing that is wrong with it. */
export const tell = (what: string, faults: readonly string[]): void => {
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${what}`)
  for (const fault of faults) console.log(`     ${fault}`)
}
