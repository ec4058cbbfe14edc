import { readFileSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../store/open.js'
import { Fault } from '../../triage/fault.js'
import { generic } from '../../triage/match.js'
import { openDesk } from '../cases/desk.js'
import { findPerson, forgetIn, removalOf } from '../cases/forget.js'
import { readEnvironment } from '../config/config.js'
import { libraryGuides } from '../config/library-guides.js'
import { emptyDirectory, readDirectory } from '../people/directory.js'
import { runCommand } from './run-command.js'

/**
 * `npm run forget -- PERSON`: put a placeholder in the place of a person in all closed cases; `--look` only tells which. Winnow must
 * be stopped. Refuses while they own an open case.
 */
const main = async ([person = '']: readonly string[], flags: ReadonlySet<string>): Promise<void> => {
  const { dataFolder, directoryFile } = readEnvironment()
  const folder = join(dataFolder, 'cases')
  const { idsOf } = directoryFile ? await readDirectory(directoryFile) : emptyDirectory
  const guides = await libraryGuides()
  const other = guides.find(({ type }) => type === generic)
  if (!other) throw new Fault('cli/no-guide', `The guide ${generic} is missing from content/alerts.`)
  const store = await openStore({ kind: 'lowdb', folder }, ({ text }) => console.error(text))
  try {
    const found = await findPerson({ store, idsOf }, person)
    const { ids, names, closed, open, owned, unreadable } = found
    console.log(`Known as: ${[...ids, ...names].join(', ')}`)
    if (owned.length > 0)
      throw new Fault(
        'cli/owns-cases',
        `They own open cases, so nothing was changed: ${owned.join(', ')}. Close these cases or let someone else take them over, then try again.`,
      )
    if (flags.has('look')) {
      console.log(`Closed cases that name them: ${listOf(closed)}\nOpen cases that name them: ${listOf(open)}`)
      return
    }
    const desk = openDesk(
      store,
      (type) => guides.find((guide) => guide.type === type) ?? other,
      () => new Date().toISOString(),
    )
    const removal = removalOf(found)
    for (const caseId of closed) await forgetIn(desk, caseId, removal, new Date().toISOString())
    await forgetTraces(store, closed)
    if (open.length === 0) await forgetReader(store, ids)
    // Made anew from the cases.
    await rm(join(folder, 'search'), { recursive: true, force: true })
    console.log(
      closed.length === 0 ? 'No closed case names them.' : `Now “${removal.placeholder.name}” in: ${listOf(closed)}`,
    )
    if (open.length > 0)
      console.log(
        `Still named in cases that are open, or have a card that isn't up to date: ${listOf(open)}. Run this again once they are closed.`,
      )
    if (unreadable.length > 0) console.log(`Could not be read: ${listOf(unreadable)}.`)
    for (const name of elsewhere(folder, [...ids, ...names]))
      console.log(`Still named in ${name}: see docs/operating.md.`)
    console.log(
      'Backups, the log, and messages in Teams are not changed: docs/operating.md says what to do about them.',
    )
  } finally {
    await store.close()
  }
}

const listOf = (caseIds: readonly string[]): string => (caseIds.length === 0 ? 'none' : caseIds.join(', '))

/** What the store keeps of lately seen cases has people's ids as well. */
const forgetTraces = async (
  store: Awaited<ReturnType<typeof openStore>>,
  caseIds: readonly string[],
): Promise<void> => {
  const isOf = (trace: unknown): boolean =>
    typeof trace === 'object' && trace !== null && 'caseId' in trace && caseIds.some((id) => id === trace.caseId)
  for (const name of ['recent', 'travel', 'verdicts']) {
    const { value } = await store.kept(name)
    if (!Array.isArray(value)) continue
    const traces: readonly unknown[] = value
    const left = traces.filter((trace) => !isOf(trace))
    if (left.length < traces.length) await store.keep(name, left)
  }
}

/** In which zone and language they read: a choice that stays as long as a case they still take part in. */
const forgetReader = async (store: Awaited<ReturnType<typeof openStore>>, ids: readonly string[]): Promise<void> => {
  const isTheirs = (id: unknown): boolean => ids.some((one) => one.toLowerCase() === String(id).toLowerCase())
  const readers = (await store.kept('readers')).value
  if (Array.isArray(readers)) {
    const all: readonly unknown[] = readers
    await store.keep(
      'readers',
      all.filter((one) => !isTheirs(Object(one).id)),
    )
  }
  const languages = (await store.kept('languages')).value
  if (typeof languages !== 'object' || languages === null || !('people' in languages)) return
  const people = Object.entries(Object(languages.people)).filter(([id]) => !isTheirs(id))
  await store.keep('languages', { ...languages, people: Object.fromEntries(people) })
}

/** Settings and damaged files that still have one of these words. */
const elsewhere = (folder: string, words: readonly string[]): readonly string[] =>
  ['settings', 'quarantine'].flatMap((name) =>
    readdirSync(join(folder, name)).flatMap((file) => {
      const text = readFileSync(join(folder, name, file), 'utf8').toLowerCase()
      return words.some((word) => word.length >= 3 && text.includes(word.toLowerCase())) ? [`${name}/${file}`] : []
    }),
  )

await runCommand(
  {
    usage: 'npm run forget -- PERSON [--look]',
    words: { least: 1, most: 1 },
    missing: 'Name a person by object id, user name or email.',
    flags: ['look'],
  },
  main,
)
