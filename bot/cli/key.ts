import { hashKey } from '../http/intake-keys.js'
import { newKey } from '../local/key.js'
import { runCommand } from './run-command.js'

/** `npm run key -- NAME`: make an intake key. Only its hash belongs into the configuration. */
const main = ([name = 'sender']: readonly string[]): void => {
  const key = newKey()
  console.log(`The key, for the sender of the alerts (it can't be shown again):
  ${key}

Add this to INTAKE_KEYS (several are separated by commas, so an old and a new key can be valid at once):
  ${name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)}:${hashKey(key)}`)
}

await runCommand({ usage: 'npm run key -- [NAME]', words: { least: 0, most: 1 } }, main)
