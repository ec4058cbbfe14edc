import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DrawObject, languageIn, loadRender } from '../support/load-render.js'
import { loadGuides } from '../../content/load/load.js'
import { loadTranslations } from '../../content/load/load-translations.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import type { Guide } from '../../triage/guide.js'

import { type Named, queueOf, viewsOf } from './guide-views.js'
import { inspectClosed, inspect, tell } from './inspect.js'
import { type Renderer, openRenderer } from './render.js'

/**
 * Draws every guide as its cards at phone width, and tells what does not fit: `npm run cards:guides`; with `--language=sv` those
 * that are translated.
 */
const main = async (): Promise<void> => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const { language, words: wanted } = languageIn(process.argv.slice(2))
  const [render, english, phrases] = await Promise.all([
    loadRender(language),
    loadGuides('content/alerts'),
    loadPhrases('content/phrases', language),
  ])
  const translated = (await loadTranslations('content/alerts', english))[language] ?? []
  const guides = language === 'en' ? english : translated.map((guide) => ({ ...guide, words: phrases }))
  const titles = new Map(guides.map(({ type, title }) => [type, title]))
  const renderer = await openRenderer('light')
  const heights: Height[] = []
  const results: boolean[] = []
  const measure = async (name: string, views: readonly Named[]): Promise<void> => {
    const faults = await look(renderer, render, name, views, heights)
    tell(name, faults)
    results.push(faults.length === 0)
  }
  try {
    results.push(await seesHeight(renderer, render, guides, (guide) => viewsOf(guide, phrases, titles)))
    for (const guide of guides.filter(({ type }) => wanted.length === 0 || wanted.includes(type))) {
      await measure(guide.type, viewsOf(guide, phrases, titles))
    }
    await measure('queue', [['queue', queueOf(guides, phrases)]])
  } finally {
    await renderer.close()
  }
  tellHeights(heights)
  const failed = results.filter((passed) => !passed).length
  console.log(
    `${results.length - failed} passed, ${failed} failed; pictures of the highest card of each guide in ${out}`,
  )
  process.exitCode = failed > 0 ? 1 : 0
}

const out = 'artifacts/guides'

type Height = { readonly card: string; readonly height: number; readonly name: string }

/** All cards of one guide; the highest is kept as a picture, and looked at with each of its parts opened. */
const look = async (
  renderer: Renderer,
  render: DrawObject,
  guide: string,
  views: readonly Named[],
  heights: Height[],
): Promise<readonly string[]> => {
  const faults: string[] = []
  const found: (Height & { readonly drawn: ReturnType<DrawObject> })[] = []
  for (const [name, view] of views) {
    const drawn = render(view)
    const context = await inspectClosed(renderer, drawn)
    found.push({ card: view.card, height: context.height, name: `${guide}, ${name}`, drawn })
    faults.push(...context.faults.map((fault) => `${name}: ${fault}`))
  }
  heights.push(...found)
  const highest = found.toSorted((one, other) => other.height - one.height)[0]
  if (!highest) return faults
  const opened = await inspect(renderer, highest.drawn, { file: join(out, guide), opened: false })
  return [...new Set([...faults, ...opened.faults.map((fault) => `${highest.name}: ${fault}`)])]
}

/** A look is worth nothing if it finds every guide short: this one has far more answers to choose from. What is merely long is cut by the views. */
const seesHeight = async (
  renderer: Renderer,
  render: DrawObject,
  [guide]: readonly Guide[],
  views: (guide: Guide) => readonly Named[],
): Promise<boolean> => {
  if (!guide) return false
  const checks = guide.checks.map((check) => ({
    ...check,
    options: Array.from({ length: 4 }, () => check.options).flat(),
  }))
  const faults: string[] = []
  for (const [, view] of views({ ...guide, checks }))
    faults.push(...(await inspectClosed(renderer, render(view))).faults)
  const missed = faults.some((fault) => fault.startsWith('too high: '))
    ? []
    : ['a guide that is too long was not noticed']
  tell('a guide that is too long on purpose is noticed', missed)
  return missed.length === 0
}

/** Per card: the median, the highest, and where that is. */
const tellHeights = (heights: readonly Height[]): void => {
  for (const card of new Set(heights.map((one) => one.card))) {
    const sorted = heights.filter((one) => one.card === card).toSorted((one, other) => one.height - other.height)
    const [median, highest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    if (!median || !highest) continue
    console.log(
      `${card}: median ${median.height} px, at most ${highest.height} px (${highest.name}), ${sorted.length} cards`,
    )
  }
}

await main()
