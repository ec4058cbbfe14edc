import { openLowdbStore } from '../../store/lowdb.js'
import { isFault } from '../../triage/fault.js'
import { adding, closed, noted } from './events.js'

// The second process of the tests: opens the folder, says how that went, and does what the second argument says until it is killed.
const [folder = '', work = 'hold'] = process.argv.slice(2)
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const codeOf = (error: unknown): string => (isFault(error) ? error.code : String(error))

const store = await openLowdbStore(folder, { limits: { cases: 5, ms: 50, stayMs: 100 } }).catch((error: unknown) => {
  say(codeOf(error))
  process.exit(1)
})
say('open')

if (work === 'hold') setInterval(() => undefined, 1000)

if (work === 'write') {
  for (let { version } = await store.read('CASE'); ; version += 1) {
    await store.write('CASE', version, adding(noted(`line ${version}`)))
    say(String(version + 1))
  }
}

// Many cases that are opened, closed and opened again, side by side: so the files are written all the time.
if (work === 'many') {
  const writer = async (caseId: string): Promise<void> => {
    for (let { version } = await store.read(caseId); ; version += 1) {
      await store.write(caseId, version, adding(noted(`line ${version}`), ...(version % 3 === 2 ? [closed] : [])))
      say(`${caseId} ${version + 1}`)
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, index) => writer(`CASE-${index}`)))
}

if (work === 'fill') {
  // With a listener, a file over the limit is an error and no longer the end of the process.
  process.on('SIGXFSZ', () => undefined)
  await store.write('CASE', 0, adding('small'))
  await store.write('CASE', 1, adding('x'.repeat(200_000))).catch((error: unknown) => say(codeOf(error)))
  say(String((await store.read('CASE')).diary.length))
  await store.write('CASE', 1, adding('small again'))
  await store.close()
}
