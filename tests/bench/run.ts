import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../bot/config/root.js'
import { table } from '../support/table.js'
import { measureBodies } from './bodies.js'
import { measureLengths } from './long.js'
import { measureProofs, proofHead } from './proofs.js'
import { pin, processors } from './pin.js'
import { type Rig, openRig, teamsTakesMs } from './rig.js'
import { type Round, oneRound } from './rounds.js'
import { seed, seedWorked } from './seed.js'
import { startups } from './startup.js'
import { besideRow, bodyHead, bodyRow, flatRow, lengthRow, ratioHead, startHead, startRow } from './table.js'

/**
 * What Winnow costs beside the barest programs that do the same: `npm run bench`, or `npm run bench -- --quick`, which shows that
 * it runs, with fewer cases. `--only doors`, `lengths`, `starts`, `proofs` or `bodies` measures that part. The tables go to the
 * screen and into artifacts/bench.md.
 */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: parts } },
  })
  const wanted = (part: string): boolean => values.only.includes(part)
  const plan = values.quick ? quick : full
  const canPin = pin(process.pid, processors.any)
  const rig = await openRig()
  try {
    const text = [
      `Node ${process.version}, ${cpus().length} processors; medians of ${plan.extent.rounds} rounds in turns.${canPin ? ' At the doors, who is measured and who asks have a processor each.' : ''}`,
      '',
      table(ratioHead, [
        ...(wanted('doors') ? await doors(rig, plan) : []),
        ...(wanted('lengths') ? await lengths(rig, plan) : []),
      ]),
      '',
      table(startHead, wanted('starts') ? await starts(rig, plan) : []),
      '',
      table(proofHead, wanted('proofs') ? await measureProofs(rig, plan.extent) : []),
      '',
      table(bodyHead, wanted('bodies') ? bodies(plan) : []),
      '',
      ...legend,
      '',
    ].join('\n')
    console.log(text)
    await mkdir(join(root(), 'artifacts'), { recursive: true })
    await writeFile(join(root(), 'artifacts', 'bench.md'), text)
  } finally {
    await rig.close()
  }
  process.exit(0)
}

const parts = ['doors', 'lengths', 'starts', 'proofs', 'bodies']

const full = {
  sizes: [100, 10_000, 100_000],
  extent: { rounds: 4, one: 200, many: 640, warm: 4000 },
  lengths: [10, 500, 2000],
  each: 32,
  waves: 6,
  starts: 3,
  goes: 9,
}

type Plan = typeof full

const quick: Plan = {
  sizes: [100, 1000],
  extent: { rounds: 1, one: 50, many: 128, warm: 128 },
  lengths: [10, 500],
  each: 32,
  waves: 2,
  starts: 1,
  goes: 3,
}

const legend = [
  'A ratio is Winnow’s rate to the other’s, or that of its harder to that of its easier task; 0.5 is half as fast. It is the',
  'median of the ratios of rounds, whose sides take turns.',
  '',
  '- **restify + journal**: a restify route that parses the JSON and appends a line to one file, with one fdatasync for all who wait.',
  '- **restify + files**: the same with one file for each alert, and an fsync of it and of its folder.',
  '- **bare bot**: a botbuilder bot that checks the same JWT and answers each click with the card that Winnow answers; it keeps nothing.',
  '- Alerts name someone whom none has named before, except where the row says otherwise: then the open case is told of the new one,',
  '  which is one more write.',
  '- Winnow proves the key or the token, checks and understands what arrived, keeps it and answers with the card as it then is;',
  `  meanwhile it posts and redraws cards as fast as Teams lets it, which takes ${teamsTakesMs} ms for each here. All sides are started`,
  '  anew in each round, and warmed up by as many requests of the same kind, until nearly all of their code is compiled. Each is',
  '  measured when it has nothing else to do, and the others stand still meanwhile: so these are the rates of a burst, after which',
  '  Winnow files what is in its journal.',
  '- Bodies are as large as the intake takes, and made to cost: while one is read, nothing else runs.',
  '- Starts are from the start of the process; the memory is what is resident when the board is complete.',
]

/** A folder with so many cases, made when it is first asked for. */
const folderOf = async (rig: Rig, cases: number, open: number): Promise<string> => {
  const folder = rig.dataFolder(`${cases}-${open}`)
  if (!made.has(folder)) await seed(join(folder, 'cases'), { cases, open, ...rig.seeded })
  made.add(folder)
  return folder
}

const made = new Set<string>()

const openOf = (cases: number): number => Math.min(cases, 500)

const doors = async (rig: Rig, { sizes, extent }: Plan) => {
  const sized = sizes.map((cases) => ({ cases, rounds: new Array<Round>() }))
  for (let round = 0; round < extent.rounds; round += 1) {
    for (const { cases, rounds } of sized) {
      rounds.push(await oneRound(rig, await folderOf(rig, cases, openOf(cases)), extent, round))
    }
    console.error(`round ${round + 1} of ${extent.rounds} is done`)
  }
  const [few, ...more] = sized
  const middle = more[0] ?? few
  if (!few || !middle) throw new RangeError('there are no sizes')
  return [
    besideRow(middle.rounds, ['ingest', 1, 'journal', '0.50']),
    besideRow(middle.rounds, ['ingest', 32, 'journal', '0.50']),
    besideRow(middle.rounds, ['ingest', 1, 'files', '']),
    besideRow(middle.rounds, ['ingest', 32, 'files', '']),
    besideRow(middle.rounds, ['again', 32, 'journal', '']),
    besideRow(middle.rounds, ['click', 1, 'bot', '0.60']),
    besideRow(middle.rounds, ['click', 32, 'bot', '0.80']),
    ...more.flatMap((many) => [
      flatRow(few, many, ['ingest', 1, 'journal']),
      flatRow(few, many, ['ingest', 32, 'journal']),
      flatRow(few, many, ['click', 1, 'bot']),
      flatRow(few, many, ['click', 32, 'bot']),
    ]),
  ]
}

const lengths = async (rig: Rig, { lengths, each, waves }: Plan) => {
  const folder = rig.dataFolder('worked')
  const seeded = await seedWorked(join(folder, 'cases'), { lengths, each, ...rig.seeded })
  const measured = await measureLengths(rig, folder, seeded, waves)
  console.error('the long cases are done')
  return measured.filter(({ length }) => length !== lengths[0]).map((one) => lengthRow(one, measured))
}

const starts = async (rig: Rig, { sizes, starts }: Plan) => {
  const most = sizes.at(-1) ?? 0
  const rows = []
  for (const [cases, open, wanted, times] of [
    [0, 0, 'memory 130', starts],
    [most, openOf(most), 'first answer 1,300, memory 140', starts],
    [most, most, 'first answer 2,000, board 15,000', 1],
  ] as const) {
    rows.push(startRow(cases, open, wanted, await startups(rig, await folderOf(rig, cases, open), times)))
  }
  return rows
}

/** The ten bodies of the largest size that hold the event loop longest. */
const bodies = ({ goes }: Plan) => measureBodies(goes).slice(0, 10).map(bodyRow)

await main()
