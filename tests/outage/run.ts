import { type Outage, outages, runOutage } from './outage.js'

/**
 * Outages of Teams in simulated time, each ten minutes long: `npm run outage` prints what happens when, in seconds since the outage
 * began, and whether everything arrived once Teams was well. KIND picks one of them by a part of its name.
 */
const main = async (): Promise<void> => {
  const wanted = process.env['KIND'] ?? ''
  const kinds = Object.keys(outages).filter((name): name is Outage => name in outages && name.includes(wanted))
  let [passed, failed] = [0, 0]
  for (const kind of kinds)
    for (const restartAt of [null, 300_000]) {
      console.log(`\nTeams ${kind}${restartAt === null ? '' : ', and Winnow is killed meanwhile'}`)
      const result = await runOutage(kind, (at, what) => console.log(`${String(at).padStart(6)} s  ${what}`), restartAt)
      const { cases, pages, owedMeanwhile, owedAtEnd } = result
      const isTold = cases.every(({ told }) => told !== 'nothing')
      const isOnce = cases.every(({ cards }) => cards <= 1)
      const noticed = cases.filter(({ told }) => told === 'notice').length
      const isPaged = pages.some(({ at }) => at > 0)
      for (const [what, isSo] of [
        ['every case has a card that is up to date, or a notice with its code', isTold],
        ['no case has two cards', isOnce],
        ['whoever is on call was paged', isPaged],
        ['what was owed was said meanwhile, and since when', owedMeanwhile.count > 0 && owedMeanwhile.since !== null],
        ['nothing is owed at the end but the cards a notice told of', owedAtEnd.count === noticed],
      ] as const) {
        console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`)
        if (isSo) passed += 1
        else failed += 1
      }
      const shown = cases.filter(({ told }) => told === 'card').length
      console.log(`       ${shown} of ${cases.length} by card, done ${result.endedAt - 600} s after Teams was well`)
    }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

await main()
