import { hashKey } from '../http/intake-keys.js'
import { newKey } from '../local/key.js'

/** `npm run key -- NAME`: make an intake key. Only its hash belongs into the configuration. */
const [name = 'sender'] = process.argv.slice(2)
const key = newKey()
console.log(`The key, for whoever sends alerts (it can't be shown again):
  ${key}

Add this to INTAKE_KEYS (several are separated by commas, so an old and a new key can be valid at once):
  ${name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)}:${hashKey(key)}`)
