import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Render, loadCards } from '../../cards/load.js'
import { loadPlaybooks } from '../../content/load.js'
import { loadPhrases } from '../../content/load-phrases.js'
import { walks } from '../../content/walks.js'
import { showChannel, showManager } from '../../dialogs/show.js'
import type { Seen } from '../../dialogs/seen.js'
import type { View } from '../../dialogs/view.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Playbook } from '../../triage/playbook.js'
import { isAllowed, weigh } from '../../triage/weigh.js'
import { folder } from '../cards/samples.js'
import { ada, wrote } from '../support/cast.js'
import { asked, claimed, openedWith } from '../support/diary.js'
import { inspect, tell } from './inspect.js'
import { type Renderer, openRenderer } from './render.js'

/** Draws every guide as its cards at phone width, and tells what does not fit: `npm run cards:guides`. */
const main = async (): Promise<void> => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const [render, playbooks, phrases] = await Promise.all([
    loadCards(folder),
    loadPlaybooks('content/alerts'),
    loadPhrases('content/phrases', 'en'),
  ])
  const renderer = await openRenderer('light')
  const wanted = process.argv.slice(2)
  let failed = 0
  let passed = 0
  try {
    for (const playbook of playbooks.filter(({ type }) => wanted.length === 0 || wanted.includes(type))) {
      const faults = await look(renderer, render, playbook, phrases)
      tell(playbook.type, faults)
      if (faults.length > 0) failed++
      else passed++
    }
  } finally {
    await renderer.close()
  }
  console.log(`${passed} passed, ${failed} failed; pictures of the longest how-to of each guide in ${out}`)
  process.exitCode = failed > 0 ? 1 : 0
}

const out = 'artifacts/guides'
const width = 320

/** All cards of one guide; the one with the longest how-to is kept as a picture. */
const look = async (
  renderer: Renderer,
  render: Render,
  playbook: Playbook,
  phrases: Phrases,
): Promise<readonly string[]> => {
  const faults: string[] = []
  const longest = playbook.checks.toSorted((one, other) => other.how.length - one.how.length)[0]?.ask
  for (const [name, view] of viewsOf(playbook, phrases)) {
    const isLongest = view.card === 'work' && view.data.ask === longest
    const drawn = render(view)
    const file = isLongest ? join(out, playbook.type) : undefined
    const found = isLongest ? await inspect(renderer, drawn, width, file) : await glance(renderer, drawn)
    faults.push(...found.map((fault) => `${name}: ${fault}`))
  }
  return faults
}

const glance = async (renderer: Renderer, card: object): Promise<readonly string[]> => [
  ...(await renderer.show(card, width)),
  ...(await renderer.measure()),
]

/** New; each check where it is asked first; each verdict offered, and judged; the manager's question. */
const viewsOf = (playbook: Playbook, phrases: Phrases): readonly (readonly [string, View])[] => {
  const views = new Map<string, View>()
  const opened = { ...openedWith({ type: playbook.type }), playbook: playbook.type }
  const seen = (...more: readonly Event[]): Seen => {
    const diary = [opened, ...more]
    const state = replay(diary)
    if (!state) throw new RangeError('the diary is empty')
    return { state, diary, playbook, phrases }
  }
  const add = (name: string, view: View | null) => {
    if (view && !views.has(name)) views.set(name, view)
  }
  add('new', showChannel(seen()))
  for (const way of walks(playbook)) {
    const answers = way.map(({ check, option }) => wrote(ada, { type: 'answered', check, option }))
    way.forEach(({ check }, index) => add(`check ${check}`, showChannel(seen(claimed, ...answers.slice(0, index)))))
    for (const { verdict } of weigh(playbook, way).filter(isAllowed)) {
      add(`offered ${verdict.id}`, showChannel(seen(claimed, ...answers)))
      const { id, class: verdictClass, label, because } = verdict
      const judged = { type: 'judged', verdict: id, class: verdictClass, label, because, evidence: [], against: null }
      add(`judged ${id}`, showChannel(seen(claimed, ...answers, wrote(ada, { ...judged, type: 'judged' }))))
    }
  }
  if (playbook.checks.some(({ manager }) => manager !== null)) add('question', showManager(seen(claimed, asked)))
  return [...views]
}

await main()
