import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'
import { root } from '../../bot/config/root.js'
import { table } from '../support/table.js'
import { type Room, rooms, sourcesIn, testsOf } from './rooms.js'
import { drawLines, linesToDraw } from './sample.js'

/** How many of a hundred changes the tests have to notice. */
const wanted = 85

/** So many changes have to be tried in a run with a time limit, or it proves too little. */
const least = 100

/**
 * Do the tests notice when the code is wrong? `npm run test:mutation [-- FOLDER or FILE ...] [--lines N] [--minutes N] [--seed N]`.
 *
 * Each source of triage, store, bot/pacing and bot/outbox is changed in every way that Stryker knows, one change at a time, and
 * the tests of its room are run. What no test noticed is listed by line; the end is a table, and a failure below 85 of 100.
 *
 * With --lines only so many lines of each file are tried, drawn by lot; with --minutes as many as there is time for: one line of each
 * file, then as many more as the first one took to try leaves time for. A slow machine goes on until 100 changes are tried.
 */
const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { lines: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  })
  const from = performance.now()
  const minutes = (): number => (performance.now() - from) / 60_000
  const asked = Object.entries(rooms).map(([folder, room]) => ({
    room,
    files: sourcesIn(folder).filter((file) => isAsked(file, positionals)),
  }))
  const results: MutantResult[] = []
  const limits = { lines: Number(values.lines ?? Infinity), minutes: Number(values.minutes ?? Infinity), least }
  const isTimed = limits.minutes < Infinity
  if (isTimed || limits.lines < Infinity) {
    const draws = asked.map(({ room, files }) => ({
      room,
      files: files.map((file) => drawLines(file, Number(values.seed))),
    }))
    const longest = Math.max(0, ...draws.flatMap(({ files }) => files.map((lines) => lines.length)))
    const most = { ...limits, lines: Math.min(limits.lines, longest) }
    const more = (drawn: number) => linesToDraw({ drawn, minutes: minutes(), tried: count(results).tried }, most)
    for (let [from, to] = [0, more(0)]; to > from; [from, to] = [to, to + more(to)]) {
      for (const { room, files } of draws)
        results.push(
          ...(await runRoom(
            files.flatMap((lines) => lines.slice(from, to)),
            room,
          )),
        )
      console.log(
        `${to} lines of each file after ${minutes().toFixed(1)} minutes: ${count(results).tried} changes tried`,
      )
    }
  } else for (const { room, files } of asked) results.push(...(await runRoom(files, room)))
  if (results.length === 0)
    throw new RangeError(`nothing to change: name files or folders of ${Object.keys(rooms).join(', ')}`)
  const text = [...survivors(results), '', scores(results), ''].join('\n')
  console.log(text)
  await mkdir(join(root(), 'artifacts'), { recursive: true })
  await writeFile(join(root(), 'artifacts', 'mutation.md'), text)
  const { noticed, tried } = count(results)
  const score = (100 * noticed) / tried
  const isEnough = !isTimed || tried >= least
  const isGood = score >= wanted && isEnough
  console.log(
    `${noticed} of ${tried} changes noticed in ${minutes().toFixed(1)} minutes: ${score.toFixed(1)} of 100, wanted ${wanted}`,
  )
  if (!isEnough) console.log(`Only ${tried} changes were tried, and ${least} are wanted, so too little is proved.`)
  console.log(isGood ? '1 passed, 0 failed' : '0 passed, 1 failed')
  process.exit(isGood ? 0 : 1)
}

/**
 * Change these sources, and run the tests of their room: the slow ones only on what the others did not notice.
 *
 * What runs while files are loaded, such as a table, takes a new process for each change, so that comes last and by itself. A
 * function that is replaced as a whole when its file is loaded is left out: what is in it was changed before. A new process that
 * begins slowly is no change that was noticed, so there is more time.
 */
const runRoom = async (mutate: readonly string[], room: Room): Promise<readonly MutantResult[]> => {
  if (mutate.length === 0) return []
  const { quick, slow } = testsOf(room)
  const run = (mutate: readonly string[], spec: readonly string[], more: PartialStrykerOptions) =>
    new Stryker({ ...options, mutate: [...mutate], spec: [...spec], ...more }).runMutationTest()
  const first = await run(mutate, quick, { ignoreStatic: true })
  const tables = first.filter((one) => one.status === 'Ignored' && one.mutatorName !== 'ArrowFunction')
  const tried = first.filter(({ status }) => status !== 'Ignored')
  const left = slow.length > 0 ? tried.filter(isLeft) : []
  const again = left.length > 0 ? await run(left.map(rangeOf), slow, { ignoreStatic: true }) : []
  const noticed = new Map(again.filter((one) => noticedBy.has(one.status)).map((one) => [nameOf(one), one]))
  const results = tried.map((one) => (isLeft(one) ? (noticed.get(nameOf(one)) ?? one) : one))
  if (tables.length === 0) return results
  const wanted = new Set(tables.map(nameOf))
  const alone = { timeoutMS: 20_000, mutator: { excludedMutations: ['ArrowFunction'] } }
  const second = await run(tables.map(rangeOf), quick, alone)
  const found = second.filter((one) => wanted.has(nameOf(one)))
  if (found.length !== wanted.size) throw new RangeError(`${wanted.size} changes of tables, but ${found.length} tried`)
  return [...results, ...found]
}

const nameOf = (one: MutantResult): string => [rangeOf(one), one.mutatorName, one.replacement].join(' ')

const rangeOf = (one: MutantResult): string => {
  const { start, end } = one.location
  return `${fileOf(one)}:${start.line}:${start.column - 1}-${end.line}:${end.column}`
}

/** What does not differ between the rooms; the rest of it is in the file. */
const options: PartialStrykerOptions = {
  configFile: join(import.meta.dirname, 'stryker.json'),
  plugins: [join(import.meta.dirname, 'mocha-runner.ts')],
  concurrency: cpus().length,
}

const isAsked = (file: string, asked: readonly string[]): boolean =>
  asked.length === 0 || asked.some((one) => file === relative('.', one) || file.startsWith(`${relative('.', one)}/`))

const noticedBy = new Set(['Killed', 'Timeout'])
const untried = new Set(['Ignored', 'CompileError', 'RuntimeError', 'Pending'])
const isLeft = ({ status }: MutantResult): boolean => !noticedBy.has(status) && !untried.has(status)

const count = (results: readonly MutantResult[]) => {
  const tried = results.filter(({ status }) => !untried.has(status))
  const counted = (status: string) => tried.filter((one) => one.status === status).length
  return {
    tried: tried.length,
    noticed: tried.filter(({ status }) => noticedBy.has(status)).length,
    timedOut: counted('Timeout'),
    survived: counted('Survived'),
    uncovered: counted('NoCoverage'),
  }
}

const fileOf = ({ fileName }: MutantResult): string => relative(root(), fileName)

const survivors = (results: readonly MutantResult[]): readonly string[] =>
  results.filter(isLeft).map((one) => {
    const { line, column } = one.location.start
    const how = one.status === 'NoCoverage' ? 'never run' : 'not noticed'
    return `${fileOf(one)}:${line}:${column} ${how}: ${one.mutatorName} -> ${one.replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`
  })

const scores = (results: readonly MutantResult[]): string => {
  const files = [...new Set(results.map(fileOf))].toSorted()
  const row = (name: string, some: readonly MutantResult[]) => {
    const { tried, noticed, timedOut, survived, uncovered } = count(some)
    return [
      name,
      tried,
      noticed,
      timedOut,
      survived,
      uncovered,
      tried ? ((100 * noticed) / tried).toFixed(1) : '-',
    ].map(String)
  }
  return table(
    ['file', 'changes', 'noticed', 'of them by time', 'not noticed', 'never run', 'of 100'],
    [
      ...files.map((file) =>
        row(
          file,
          results.filter((one) => fileOf(one) === file),
        ),
      ),
      ...Object.keys(rooms)
        .filter((room) => files.some((file) => file.startsWith(`${room}/`)))
        .map((room) =>
          row(
            `**${room}**`,
            results.filter((one) => fileOf(one).startsWith(`${room}/`)),
          ),
        ),
    ],
  )
}

await main()
