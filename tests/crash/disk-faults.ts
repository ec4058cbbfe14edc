import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../../bot/config/root.js'
import { incidents, people } from '../support/activities.js'
import { compile } from '../support/compiled.js'
import type { Illness } from '../support/failing-disk.js'
import type { WinnowProcess } from '../support/winnow-process.js'
import { type Chance, chanceOf } from './chance.js'
import { checkFolder, checkTheEnd, damageSaid } from './checks.js'
import { type Ledger, acknowledged, openLedger } from './ledger.js'
import { awaitingLife, untilEnough } from './life.js'
import { type Shift, openShift, work } from './load.js'
import { sendNew } from './send-alert.js'
import { openTally } from './tally.js'
import { makeTrouble } from './trouble.js'
import { openWorld } from './world.js'

/**
 * A disk that fails for seconds at a time, under load, and kills in between: `npm run test:disk`. LIVES times (20 unless told) the
 * service starts, its disk is ill a few times, and it is killed, often while the disk is ill. Whatever was acknowledged is there,
 * once; what failed was said to have failed; and it goes on by itself when the disk is well.
 */
const main = async (): Promise<void> => {
  const lives = Number(process.env['LIVES'] ?? 20)
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
  const log = join(root(), 'artifacts', 'disk-faults.log')
  console.log(`seed ${seed}: ${lives} lives on a disk that fails; Winnow's own log is ${log}`)
  await mkdir(join(root(), 'artifacts'), { recursive: true })
  await rm(log, { force: true })
  const program = { compiled: await compile('disk-faults'), log }
  const chance = chanceOf(seed)
  const world = await openWorld(chance, { diskSeed: seed })
  const ledger = openLedger()
  const shift = openShift(world, chance, ledger)
  const tally = openTally()
  const faults = new Map<string, number>()
  const began = performance.now()
  let next = awaitingLife(world, program)
  for (let life = 1; life <= lives && tally.failed() < 5; life += 1) {
    const winnow = next
    next = awaitingLife(world, program)
    winnow.onFault((what) => faults.set(what, (faults.get(what) ?? 0) + 1))
    const { story, problems } = await live(shift, winnow, life)
    const total = [...faults.values()].reduce((sum, one) => sum + one, 0)
    console.log(
      `life ${life}, ${Math.round((performance.now() - began) / 1000)} s: ${story}; ${total} faults, ` +
        `${acknowledged(ledger)} alerts and ${ledger.clicks.length} clicks acknowledged`,
    )
    tally.that(`in life ${life} it stays up, and goes on by itself when the disk is well`, problems)
    tally.that(`after life ${life} everything acknowledged is there`, await checkFolder(shift))
  }
  if (tally.failed() < 5)
    for (const [name, problems] of await checkTheEnd(shift, next)) tally.that(name, problems, true)
  tally.that('nothing was answered that must never be', ledger.problems)
  const faultsOf = (kind: string) =>
    [...faults].reduce((sum, [what, times]) => sum + (what.startsWith(kind) ? times : 0), 0)
  const few = (what: string, count: number, least: number) =>
    count < least ? [`only ${count} ${what}, and ${least} are wanted`] : []
  tally.that(
    'there was enough to lose and enough that failed',
    [
      ...few('alerts acknowledged', acknowledged(ledger), leastPerLife.alerts * lives),
      ...few('clicks acknowledged', ledger.clicks.length, leastPerLife.clicks * lives),
      ...few('failures told', toldOf(ledger), leastPerLife.failures * lives),
      ...kinds.flatMap((kind) => few(`faults of the kind ${kind}`, faultsOf(kind), 1)),
    ],
    true,
  )
  console.log([...faults].map(([what, times]) => `${what} ${times}`).join(', '))
  console.log([...ledger.counts].map(([what, times]) => `${what} ${times}`).join(', '))
  console.log(`${tally.passed()} passed, ${tally.failed()} failed`)
  if (tally.failed() === 0) await world.close()
  else console.log(`the cases are in ${world.cases}; again with SEED=${seed}`)
  process.exit(tally.failed() === 0 ? 0 : 1)
}

/** What happened in a life, in a few words, and what must not have. */
type Lived = { readonly story: string; readonly problems: readonly string[] }

/** So much is done in a life, in the mean; else the run proves too little. */
const leastPerLife = { alerts: 10, clicks: 5, failures: 3 } as const

const toldOf = ({ counts }: Ledger): number => counts.get('said to have failed') ?? 0

/**
 * One life: well and ill by turns, then killed; in the first one the disk is well at the start. A disk is ill until that was noticed,
 * and a life goes on until enough was done, however slow the machine.
 */
const live = async (shift: Shift, winnow: WinnowProcess, life: number): Promise<Lived> => {
  const { world, chance, ledger } = shift
  const isFirst = life === 1
  let faults = 0
  winnow.onFault(() => (faults += 1))
  const isEnough = () =>
    acknowledged(ledger) >= leastPerLife.alerts * life && ledger.clicks.length >= leastPerLife.clicks * life
  const story: string[] = []
  let over = false
  let working: Promise<void> = Promise.resolve()
  const isIllAtStart = !isFirst && chance.odds(0.2)
  try {
    if (isIllAtStart) story.push(`${await makeIll(shift, winnow)} at the start`)
    await winnow.go()
    const origin = isIllAtStart ? await winnow.up.catch(() => null) : await winnow.up
    if (origin === null) return { story: `${story.join(', ')}: it does not start`, problems: [] }
    if (isFirst) await world.tell(origin, world.activities.installed({ by: people.ana, conversation: incidents }))
    makeTrouble(world.connector, chance)
    working = work(shift, origin, () => over)
    if (isIllAtStart) {
      await noticed(() => faults > 0)
      await heal(shift, winnow, origin)
    }
    for (let spells = chance.between(1, 3); spells > 0; spells -= 1) {
      await sleep(chance.between(200, 1000))
      story.push(await makeIll(shift, winnow))
      const before = faults
      await sleep(chance.between(500, 3000))
      await noticed(() => faults > before && toldOf(ledger) >= leastPerLife.failures * life)
      if (spells === 1 && chance.odds(0.5)) return { story: `${story.join(', ')}, killed while ill`, problems: [] }
      await heal(shift, winnow, origin)
    }
    await sleep(chance.between(300, 1500))
    await untilEnough(world, isEnough)
    over = true
    await working
    const problems = await recovered(shift, origin)
    return { story: `${story.join(', ')}, well again`, problems }
  } catch (error) {
    return { story: story.join(', '), problems: [String(error)] }
  } finally {
    await winnow.kill()
    world.diskIs('well')
    over = true
    await working
  }
}

const makeIll = async ({ world, chance }: Shift, winnow: WinnowProcess): Promise<string> => {
  const illness = illnessBy(chance)
  world.diskIs('ill')
  await winnow.disk(illness)
  return `${illness.how} ${illness.odds * 100} %`
}

/**
 * Until something new is kept, whoever asks may be told of a failure: they shared a write that began while the disk was ill. A write
 * that begins now must succeed.
 */
const heal = async ({ world, ledger, chance }: Shift, winnow: WinnowProcess, origin: string): Promise<void> => {
  await winnow.disk(null)
  const from = performance.now()
  for (let tries = 1; !(await sendNew(world, ledger, chance, origin)); tries += 1) {
    const ms = Math.round(performance.now() - from)
    if (tries >= healedWithin.tries && ms > healedWithin.ms)
      throw new Error(`nothing new is kept after ${tries} tries in ${ms} ms since the disk is well`)
  }
  world.diskIs('well')
}

/** A write that is under way when the disk gets well fails, and so do those behind it; on a slow machine that takes a while. */
const healedWithin = { tries: 10, ms: 5000 } as const

const noticed = async (isNoticed: () => boolean): Promise<void> => {
  for (const from = performance.now(); !isNoticed() && performance.now() - from < noticedWithinMs;) await sleep(50)
}

/** What happens with one in ten of all that a disk is asked for, happens within this time. */
const noticedWithinMs = 20_000

const illnessBy = (chance: Chance): Illness => ({
  how: kinds[(spells += 1) % kinds.length] ?? 'EIO',
  odds: chance.one([0.1, 0.4, 1]),
})

/** Each in its turn, so that none is left out. */
const kinds = ['ENOSPC', 'EIO', 'EACCES', 'short'] as const
let spells = 0

/**
 * That nothing is said to be wrong any more once the disk has been well for a while and all is filed. That everything is answered
 * again at once, the load has seen.
 */
const recovered = async ({ world }: Shift, origin: string): Promise<readonly string[]> => {
  let said: readonly string[] = []
  for (const until = performance.now() + recoveredWithinMs; performance.now() < until; await sleep(250)) {
    said = await damageSaid(world, origin)
    if (said.length === 0) return []
  }
  return said.map((text) => `${recoveredWithinMs / 1000} s after the disk is well it still says: ${text}`)
}

/** All that waits in the journal is filed within seconds; a machine that is many times slower is well within this. */
const recoveredWithinMs = 300_000

await main()
