import { isSourceName, sourceNames } from '../../intake/sources.js'
import { Fault } from '../../triage/fault.js'
import { hashKey } from '../http/intake-keys.js'
import { newKey } from '../local/key.js'
import { runCommand } from './run-command.js'

/** `npm run key -- NAME [SOURCE]`: make an intake key, for one source alone when it is named. Only its hash belongs into the configuration. */
const main = ([name = 'sender', source]: readonly string[]): void => {
  if (source !== undefined && !isSourceName(source)) {
    throw new Fault(
      'cli/usage',
      `There is no source ${JSON.stringify(source)}. Choose one of: ${sourceNames.join(', ')}.`,
    )
  }
  const key = newKey()
  console.log(`The key, for the sender of the alerts (it can't be shown again):
  ${key}

Add this to INTAKE_KEYS (several are separated by commas, so an old and a new key can be valid at once):
  ${name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)}${source === undefined ? '' : `@${source}`}:${hashKey(key)}`)
}

await runCommand({ usage: 'npm run key -- [NAME] [SOURCE]', words: { least: 0, most: 2 } }, main)
