// The build runs this once all is compiled: it leaves the service, or the program that is named, as one file that starts fast.
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'
import { codeRoot } from '../config/root.js'
import { makeBundle } from './make-bundle.js'

// It runs without as well.
const without = (why: string): void => console.error(`Winnow was not bundled, so it starts more slowly: ${why}`)

const [named] = process.argv.slice(2)
setTimeout(() => {
  without('it has not warmed up within two minutes')
  process.exit(0)
}, 120_000)
await makeBundle(named === undefined ? join(codeRoot(), 'bot', 'main.js') : resolve(named)).catch((error: unknown) =>
  without(error instanceof Error ? error.message : inspect(error)),
)
process.exit(0)
