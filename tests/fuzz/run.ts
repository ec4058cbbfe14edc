import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { openDesk } from '../../bot/cases/desk.js'
import { type Groups, statusOf } from '../../bot/cases/groups.js'
import { openCasesFor } from '../../bot/cases/open-case.js'
import { openPastCases } from '../../bot/cases/past-cases.js'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { sampleNames } from '../../intake/samples.js'
import { type SourceName, sourceNames } from '../../intake/sources.js'
import { memoryStore } from '../../store/memory.js'
import { isFault } from '../../triage/fault.js'
import { generic } from '../../triage/match.js'
import { changed, hostile, placesIn } from '../intake/damage.js'
import { now } from '../intake/alerts.js'
import { table } from '../support/table.js'
import { library } from '../support/winnow.js'

/**
 * Damaged samples of every source, through reader and desk: `npm run fuzz`, or `npm run fuzz -- --count 5000 --seed 7`.
 *
 * It tells of each source how many inputs were read, ignored and refused; and it fails when one crashes, takes the processor more
 * than 50 ms even when it is tried again, or is half stored: refused but kept, or not kept as it was answered. Bodies over the
 * largest that the door takes are passed over; there are few.
 */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
  })
  const names = sampleNames(folder)
  const each = Math.ceil(Number(values.count) / names.length)
  const rows: (readonly string[])[] = []
  const failures: string[] = []
  for (const [at, name] of names.entries()) {
    const counts = { read: 0, ignored: 0, refused: 0, passed: 0 }
    let slowest = 0
    for (let done = 0; done < each; done += batch) {
      const seed = Number(values.seed) * 1_000_003 + at * 10_007 + done
      const { outcomes, wrong, longest } = await tryAll(name, Math.min(batch, each - done), seed)
      for (const outcome of outcomes) counts[outcome] += 1
      failures.push(...wrong.map((text) => `${name}, seed ${seed}: ${text}`))
      slowest = Math.max(slowest, longest)
    }
    rows.push([name, ...Object.values(counts).map(String), slowest.toFixed(1)])
    console.error(`${at + 1} of ${names.length}: ${name}`)
  }
  console.log(table(['sample', 'read', 'ignored', 'refused', 'too large', 'slowest, ms'], rows))
  for (const failure of failures.slice(0, 50)) console.log(`- ${failure}`)
  console.log(`${each * names.length} inputs, ${failures.length} failures`)
  process.exit(failures.length > 0 ? 1 : 0)
}

const folder = 'intake/samples'
const batch = 500
const mostMs = 50
const largest = 1024 * 1024

type Outcome = 'read' | 'ignored' | 'refused' | 'passed'

const tryAll = async (name: string, count: number, seed: number) => {
  const payload: unknown = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  const places = placesIn(payload)
  const damage = fc.array(fc.tuple(fc.nat({ max: places.length - 1 }), hostile), { minLength: 1, maxLength: 3 })
  const torn = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 40 }), fc.string({ unit: 'binary' }))
  // Mostly without a source told: with another's than its own, nearly all is refused.
  const source = fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, fc.constantFrom(...sourceNames))
  const cases = fc.sample(fc.tuple(damage, torn, source), { numRuns: count, seed })
  const world = await openWorld()
  const outcomes: Outcome[] = []
  const wrong: string[] = []
  let longest = 0
  for (const [changes, [share, gone, other], source] of cases) {
    const at = typeof payload === 'string' ? Math.floor(share * payload.length) : 0
    const damaged =
      typeof payload === 'string'
        ? payload.slice(0, at) + other + payload.slice(at + gone)
        : changes.reduce<unknown>((body, [place, value]) => changed(body, places[place] ?? [], value), payload)
    const text = JSON.stringify(damaged) ?? ''
    if (text.length > largest) {
      outcomes.push('passed')
      continue
    }
    const took = cost(text, source)
    longest = Math.max(longest, took)
    if (took > mostMs) wrong.push(`takes ${took.toFixed(1)} ms: ${text.slice(0, 200)}`)
    try {
      outcomes.push(await world.take(text, source))
    } catch (error) {
      wrong.push(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}: ${text.slice(0, 200)}`)
    }
  }
  try {
    await world.isAsAnswered()
  } catch (error) {
    wrong.push(String(error))
  }
  return { outcomes, wrong, longest }
}

/** A desk of its own, which forgets when the batch is done. */
const openWorld = async () => {
  const { guides } = await library()
  const byType = new Map(guides.map((guide) => [guide.type, guide]))
  const guideOf = (type: string) => byType.get(type) ?? byType.get(generic) ?? assert.fail('no generic guide')
  const store = memoryStore()
  const desk = openDesk(store, guideOf, () => now)
  const pastCases = openPastCases()
  // Each by itself: what is read is looked at here, not what belongs together.
  const groups: Pick<Groups, 'open' | 'told'> = {
    open: async (caseId, alert, guide, related, said) => {
      const { written } = await desk.open(caseId, alert, guide, related, { said })
      return { caseId, status: statusOf(written), joins: null }
    },
    told: (caseId, said) => desk.told(caseId, said),
  }
  const known = new Set<string>()
  const countIsAsAnswered = async (): Promise<void> =>
    assert.equal((await store.open()).length, known.size, 'more or less is stored than was answered')
  return {
    isAsAnswered: async (): Promise<void> =>
      assert.deepEqual(new Set(await store.open()), known, 'what is stored is not what was answered'),
    take: async (text: string, source: SourceName | null): Promise<Outcome> => {
      try {
        const { alerts, ignored } = await openCasesFor(bodyOf(text), guides, { groups, pastCases }, now, source)
        for (const { caseId, status } of alerts) {
          assert.equal(status === 'new', !known.has(caseId), `${caseId} is told to be ${status}`)
          known.add(caseId)
          const { state, diary } = await desk.look(caseId)
          assert.ok(state !== null && diary[0]?.type === 'opened', `${caseId} is not whole`)
        }
        await countIsAsAnswered()
        assert.ok(alerts.length + ignored.length > 0, 'nothing was said of it')
        return alerts.length > 0 ? 'read' : 'ignored'
      } catch (error) {
        if (!isFault(error) || !/^intake\/(?!unreadable)/.test(error.code)) throw error
        await countIsAsAnswered()
        return 'refused'
      }
    },
  }
}

/** As the door has it: text that is a text in JSON stands for lines of a log. */
const bodyOf = (text: string): unknown => parseJson(text)

/** What reading costs the processor, in milliseconds; what seems slow is tried again, for the machine may have been busy. */
const cost = (text: string, source: SourceName | null): number => {
  let least = Infinity
  for (let go = 0; go < 4 && least > mostMs / 2; go += 1) {
    const before = process.cpuUsage()
    try {
      read(bodyOf(text), now, source)
    } catch (error) {
      if (!isFault(error)) throw error
    }
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

await main()
