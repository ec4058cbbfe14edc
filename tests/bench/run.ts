import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import { openRig, teamsTakesMs } from './rig.js'
import { measure } from './rounds.js'
import { seed } from './seed.js'
import { startups } from './startup.js'
import { pairRows, startRow, table } from './table.js'

/**
 * What Winnow costs beside the barest programs that do the same: `npm run bench`. BENCH=quick only shows that it runs.
 * The tables go to the screen and into artifacts/bench.md.
 */
const main = async (): Promise<void> => {
  const isQuick = process.env['BENCH'] === 'quick'
  const sizes = isQuick ? [100, 1000] : [100, 10_000, 100_000]
  const most = sizes.at(-1) ?? 0
  const extent = isQuick ? { rounds: 2, one: 50, many: 100 } : { rounds: 4, one: 200, many: 640 }
  const rig = await openRig()
  const doors: (readonly string[])[] = []
  const starts: (readonly string[])[] = []
  const folderOf = async (cases: number, open: number): Promise<string> => {
    const folder = rig.dataFolder(`${cases}-${open}`)
    await seed(join(folder, 'cases'), { cases, open, ...rig.seeded })
    return folder
  }
  try {
    for (const cases of sizes) {
      const open = Math.min(cases, 500)
      const folder = await folderOf(cases, open)
      starts.push(startRow(cases, open, await startups(rig, folder, isQuick ? 1 : 3)))
      const pairs = await measure(rig, folder, extent)
      doors.push(...pairRows(cases, pairs))
      console.error(`${cases} cases are measured`)
    }
    starts.push(startRow(most, most, await startups(rig, await folderOf(most, most), 1)))
  } finally {
    await rig.close()
  }
  const text = [
    `Node ${process.version}, ${cpus().length} processors. Medians of ${extent.rounds} rounds in turns; a ratio is the median of the rounds' own.`,
    `Each round begins with that many stored cases and adds ${extent.one + 2 * extent.many}. Teams takes ${teamsTakesMs} ms for each card.`,
    'Ingest: beside a restify route that writes and fsyncs one file. Click: a verdict, beside a botbuilder bot that checks the same JWT and answers a constant card.',
    '',
    table(
      [
        'cases',
        'what',
        'clients',
        'Winnow p50 / p99 ms',
        'per second',
        'bare p50 / p99 ms',
        'per second',
        'p50 ratio',
        'p99 ratio',
        'per second ratio',
      ],
      doors,
    ),
    '',
    table(['cases', 'of them open', 'first answer, ms', 'board complete, ms', 'memory, MB'], starts),
    '',
  ].join('\n')
  console.log(text)
  await mkdir(join(root(), 'artifacts'), { recursive: true })
  await writeFile(join(root(), 'artifacts', 'bench.md'), text)
  process.exit(0)
}

await main()
