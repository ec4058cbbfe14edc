import { isSourceName, sourceNames } from '../../intake/sources.js'
import { Fault } from '../../triage/fault.js'
import { hashKey } from '../http/intake-keys.js'
import { newKey } from '../local/key.js'
import { runCommand } from './run-command.js'

/**
 * `npm run key -- NAME [SOURCE] [--signing]`: make an intake key, for one source alone when it is named. Only its hash belongs into
 * the configuration. With `--signing` it is a secret to sign with, which both sides know.
 */
const main = ([name = 'sender', source]: readonly string[], flags: ReadonlySet<string>): void => {
  if (source !== undefined && !isSourceName(source)) {
    throw new Fault(
      'cli/usage',
      `There is no source ${JSON.stringify(source)}. Choose one of: ${sourceNames.join(', ')}.`,
    )
  }
  const key = newKey()
  const short = name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)
  const bound = `${short}${source === undefined ? '' : `@${source}`}`
  if (flags.has('signing')) {
    console.log(`The secret, for the sender of the alerts, who signs with it under the name ${short}:
  ${key}

Add this to INTAKE_SIGNING_KEYS (several are separated by commas). It is the secret itself, so keep it as safe as a password:
  ${bound}:${key}`)
    return
  }
  console.log(`The key, for the sender of the alerts (it can't be shown again):
  ${key}

Add this to INTAKE_KEYS (several are separated by commas, so an old and a new key can be valid at once):
  ${bound}:${hashKey(key)}`)
}

await runCommand(
  { usage: 'npm run key -- [NAME] [SOURCE] [--signing]', words: { least: 0, most: 2 }, flags: ['signing'] },
  main,
)
