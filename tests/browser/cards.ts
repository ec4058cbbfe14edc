import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DrawObject, languageIn, loadRender } from '../support/load-render.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { cardNames, readJson } from '../cards/samples.js'
import { inspect, tell } from './inspect.js'
import { type Renderer, openRenderer } from './render.js'
import { type Variant, variantsOf } from './variants.js'

/**
 * Draws every card at phone widths in both themes, writes PNGs, and tells what does not fit: `npm run cards`, or
 * `npm run cards -- list new` for these alone; with `--language=sv` in that language, as far as the words are the card's own.
 */
const main = async (): Promise<void> => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const render = await loadRender(languageIn(process.argv.slice(2)).language)
  const results: boolean[] = []
  for (const theme of ['light', 'dark'] as const) {
    const renderer = await openRenderer(theme)
    try {
      results.push(await seesFaults(renderer, theme))
      for (const job of await jobs()) results.push(await look(renderer, render, job, theme))
    } finally {
      await renderer.close()
    }
  }
  const failed = results.filter((passed) => !passed).length
  console.log(`${results.length - failed} passed, ${failed} failed; pictures in ${out}`)
  process.exitCode = failed > 0 ? 1 : 0
}

const out = 'artifacts/cards'
const widths = [320, 390]

type Job = { readonly card: string; readonly variant: Variant; readonly width: number }

const jobs = async (): Promise<readonly Job[]> => {
  const phrases = await loadPhrases(join('content', 'phrases'), 'en')
  const samples = await Promise.all(
    (await cardNames()).map(async (card) => ({
      card,
      variants: variantsOf(card, await readJson(card, 'sample'), phrases),
    })),
  )
  const wanted = languageIn(process.argv.slice(2)).words
  return samples
    .filter(({ card }) => wanted.length === 0 || wanted.includes(card))
    .flatMap(({ card, variants }) => variants.flatMap((variant) => widths.map((width) => ({ card, variant, width }))))
}

/** A look is worth nothing if it finds everything fine: these elements are wrong on purpose. */
const seesFaults = async (renderer: Renderer, theme: string): Promise<boolean> => {
  const title = 'A title that is far too long for a phone as narrow as this one'
  const wide = [{ type: 'Column', width: '900px', items: [{ type: 'TextBlock', text: 'wide' }] }]
  const wrong: readonly (readonly [RegExp, object])[] = [
    [/^schema: .*Nonsense/, { type: 'Nonsense' }],
    [/^fetches: /, { type: 'Image', url: 'https://images.example/x.png' }],
    [/^overflow: /, { type: 'ColumnSet', columns: wide }],
    [/^cut off: .*A title/, { type: 'TextBlock', text: title, wrap: false }],
    [/^cut off: .*A title/, { type: 'ActionSet', actions: [{ type: 'Action.Submit', title }] }],
    [
      /^too high: /,
      { type: 'Container', items: Array.from({ length: 46 }, () => ({ type: 'TextBlock', text: 'row' })) },
    ],
    [/^hard to read: /, { type: 'TextBlock', text: title, color: theme === 'light' ? 'light' : 'dark' }],
  ]
  const missed: string[] = []
  for (const [words, element] of wrong) {
    const { faults } = await inspect(renderer, { type: 'AdaptiveCard', version: '1.5', body: [element] })
    if (!faults.some((fault) => words.test(fault))) missed.push(`not noticed: ${JSON.stringify(element)}`)
  }
  tell('what is wrong on purpose is noticed', missed)
  return missed.length === 0
}

const look = async (renderer: Renderer, render: DrawObject, job: Job, theme: string): Promise<boolean> => {
  const { card, variant, width } = job
  const drawn = render({ card, data: variant.data })
  const label = `${card}-${variant.name}-${width}-${theme}`
  const { faults, height } = await inspect(renderer, drawn, { width, file: join(out, label) })
  tell(`${label}, ${height} px, ${(Buffer.byteLength(JSON.stringify(drawn)) / 1024).toFixed(1)} KB`, faults)
  return faults.length === 0
}

await main()
