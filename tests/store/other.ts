import { openLowdbStore } from '../../store/lowdb.js'
import { isFault } from '../../triage/fault.js'
import { noted, settled } from './events.js'

// The second process of the tests: opens the folder, says how that went, and does what the second argument says until it is killed.
const [folder = '', work = 'hold'] = process.argv.slice(2)
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const codeOf = (error: unknown): string => (isFault(error) ? error.code : String(error))

const store = await openLowdbStore(folder, { settled }).catch((error: unknown) => {
  say(codeOf(error))
  process.exit(1)
})
say('open')

if (work === 'hold') setInterval(() => undefined, 1000)

if (work === 'write') {
  for (let line = 0; ; line += 1) {
    await store.append('CASE', line, [noted(`line ${line}`)])
    say(String(line + 1))
  }
}

if (work === 'fill') {
  // With a listener, a file over the limit is an error and no longer the end of the process.
  process.on('SIGXFSZ', () => undefined)
  await store.append('CASE', 0, [noted('small')])
  await store.append('CASE', 1, [noted('x'.repeat(200_000))]).catch((error: unknown) => say(codeOf(error)))
  say(String((await store.read('CASE')).length))
  await store.close()
}
