import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { checkCaseFolder, readOnlyEach } from '../../store/read-only.js'
import { replay } from '../../triage/evolve.js'
import { Fault } from '../../triage/fault.js'
import { generic } from '../../triage/match.js'
import { readEnvironment } from '../config/config.js'
import { libraryGuides } from '../config/library-guides.js'
import { caseRow, csvHead, csvLine, jsonLine, verdictLines } from './case-row.js'
import { runCommand } from './run-command.js'

/**
 * `npm run export -- [FILE]`: all cases, open and closed, as CSV or as lines of JSON, by their codes; with `--format verdicts` a line for
 * each time a verdict was recorded, withdrawn, closed with, or reopened, as webhooks tell it. Winnow may be running.
 * What is worth a word goes to standard error.
 */
const main = async (
  [file]: readonly string[],
  flags: ReadonlySet<string>,
  options: ReadonlyMap<string, string>,
): Promise<void> => {
  const format = formatOf(options.get('format') ?? (file?.endsWith('.jsonl') ? 'jsonl' : 'csv'))
  const isCsv = format === 'csv'
  const from = dayOf('from', options)
  const to = dayOf('to', options)
  const guides = new Map((await libraryGuides()).map((guide) => [guide.type, guide]))
  const other = guides.get(generic)
  if (!other) throw new Fault('cli/no-guide', `The guide ${generic} is missing from content/alerts.`)
  const folder = join(readEnvironment().dataFolder, 'cases')
  checkCaseFolder(folder)
  const out = await opened(file)
  const counts = { written: 0, samples: 0 }
  const unreadable: string[] = []
  if (isCsv) await put(out, csvHead)
  for await (const { caseId, stored } of readOnlyEach(folder)) {
    const state = stored && replay(stored.diary)
    if (!state) {
      unreadable.push(caseId)
      continue
    }
    const day = state.openedAt.slice(0, 10)
    if ((from !== null && day < from) || (to !== null && day > to)) continue
    if (state.alert.sample && !flags.has('samples')) {
      counts.samples += 1
      continue
    }
    counts.written += 1
    if (format === 'verdicts') {
      await put(out, verdictLines(stored.diary))
      continue
    }
    const row = caseRow(state, guides.get(state.guide) ?? other)
    await put(out, isCsv ? csvLine(row) : jsonLine(row))
  }
  if (file !== undefined) {
    out.end()
    await finished(out)
  }
  const samples = counts.samples === 0 ? '' : ` ${counts.samples} samples are left out; --samples adds them.`
  console.error(`${counts.written} cases exported${file === undefined ? '' : ` to ${file}`}.${samples}`)
  if (unreadable.length === 0) return
  console.error(
    `Not exported, because they can't be read: ${unreadable.join(', ')}. Start Winnow: its log says what to do.`,
  )
  process.exitCode = 1
}

const formatOf = (text: string): 'csv' | 'jsonl' | 'verdicts' => {
  if (text === 'csv' || text === 'jsonl' || text === 'verdicts') return text
  throw new Fault('cli/usage', `There is no format ${JSON.stringify(text)}. Choose csv, jsonl or verdicts.`)
}

/** A day as it was typed, `2026-11-01`; null when it was not. */
const dayOf = (name: string, options: ReadonlyMap<string, string>): string | null => {
  const text = options.get(name) ?? null
  if (text === null || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)))) return text
  throw new Fault('cli/usage', `--${name} takes a day, such as 2026-11-01, not ${JSON.stringify(text)}.`)
}

/** The file, for this user only, or standard output. */
const opened = async (file: string | undefined): Promise<Writable> => {
  if (file === undefined) {
    // Whoever reads may have seen enough: `| head`.
    process.stdout.on('error', () => process.exit())
    return process.stdout
  }
  const out = createWriteStream(file, { mode: 0o600 })
  await once(out, 'open').catch((cause: unknown) => {
    throw new Fault('cli/unwritable', `${file} can't be written. Name another file.`, { cause })
  })
  return out
}

const put = async (out: Writable, text: string): Promise<void> => {
  if (!out.write(text)) await once(out, 'drain')
}

await runCommand(
  {
    usage: 'npm run export -- [FILE] [--format csv|jsonl|verdicts] [--from DAY] [--to DAY] [--samples]',
    words: { least: 0, most: 1 },
    flags: ['samples'],
    options: ['format', 'from', 'to'],
  },
  main,
)
