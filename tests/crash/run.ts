import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import { compile } from '../support/compiled.js'
import { chanceOf } from './chance.js'
import { checkFolder, checkTheEnd } from './checks.js'
import { acknowledged, openLedger } from './ledger.js'
import { awaitingLife, live } from './life.js'
import { openShift } from './load.js'
import { openTally } from './tally.js'
import { openWorld } from './world.js'

/**
 * Kill the service at random moments under load, CRASHES times (100 unless told), or up to half as often again until enough was
 * done, and see that nothing acknowledged is lost: `npm run test:crash`. SEED brings the same dice again; the clock's part in it
 * nobody can bring back.
 */
const main = async (): Promise<void> => {
  const crashes = Number(process.env['CRASHES'] ?? 100)
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
  const log = join(root(), 'artifacts', 'crash.log')
  console.log(`seed ${seed}: ${crashes} kills; Winnow's own log is ${log}`)
  await mkdir(join(root(), 'artifacts'), { recursive: true })
  await rm(log, { force: true })
  const compiled = await compile('crash')
  const chance = chanceOf(seed)
  const world = await openWorld(chance)
  const shift = openShift(world, chance, openLedger())
  const tell = openTally()
  const { ledger } = shift
  const least = (kills: number) => kills * leastPerKill
  const began = performance.now()
  let next = awaitingLife(world, { compiled, log })
  const isEnoughFor = (kills: number) => acknowledged(ledger) >= least(kills) && ledger.clicks.length >= least(kills)
  // A slow machine does less in a life: it gets some lives more.
  const goesOn = (kill: number) => kill <= crashes || (kill <= 1.5 * crashes && !isEnoughFor(crashes))
  for (let kill = 1; goesOn(kill) && tell.failed() < 5; kill += 1) {
    const winnow = next
    next = awaitingLife(world, { compiled, log })
    await live(shift, winnow, kill === 1, () => isEnoughFor(Math.min(kill, crashes)))
    // Looking takes longer the more there is.
    if (kill % Math.max(1, Math.ceil(acknowledged(ledger) / 400)) === 0)
      tell.that(`after kill ${kill} everything acknowledged is there`, await checkFolder(shift))
    if (kill % 10 === 0)
      console.log(
        `${kill} kills after ${Math.round((performance.now() - began) / 1000)} s: ` +
          `${acknowledged(ledger)} alerts and ${ledger.clicks.length} clicks acknowledged`,
      )
  }
  if (tell.failed() < 5) for (const [name, problems] of await checkTheEnd(shift, next)) tell.that(name, problems, true)
  tell.that('nothing was answered that must never be', ledger.problems)
  const few = [['alerts', acknowledged(ledger)] as const, ['clicks', ledger.clicks.length] as const].filter(
    ([, count]) => count < least(crashes),
  )
  tell.that(
    `there was enough to lose: at least ${least(crashes)} alerts and as many clicks with an effect were acknowledged`,
    few.map(([what, count]) => `only ${count} ${what}`),
    true,
  )
  console.log([...ledger.counts].map(([what, times]) => `${what} ${times}`).join(', '))
  console.log(`${tell.passed()} passed, ${tell.failed()} failed`)
  if (tell.failed() === 0) await world.close()
  else console.log(`the cases are in ${world.cases}; again with SEED=${seed}`)
  process.exit(tell.failed() === 0 ? 0 : 1)
}

/** So many alerts and as many clicks with an effect are acknowledged per kill, in the mean; else the run proves too little. */
const leastPerKill = 10

await main()
