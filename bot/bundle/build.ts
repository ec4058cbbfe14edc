// The build runs this once all is compiled: it leaves the service, or the program that is named, as one file that starts fast.
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'
import { codeRoot } from '../config/root.js'
import { makeBundle } from './make-bundle.js'

const [named] = process.argv.slice(2)
await makeBundle(named === undefined ? join(codeRoot(), 'bot', 'main.js') : resolve(named)).catch((error: unknown) => {
  // It runs without as well.
  const why = error instanceof Error ? error.message : inspect(error)
  console.error(`Winnow was not bundled, so it starts more slowly: ${why}`)
})
process.exit(0)
