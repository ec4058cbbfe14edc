import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { sample, sampleNames } from '../../intake/samples.js'
import { Fault } from '../../triage/fault.js'
import { readEnvironment } from '../config/config.js'
import { readLocalKey } from '../local/key.js'
import { root } from '../config/root.js'
import { runCommand } from './run-command.js'

/** `npm run alert -- NAME`: post a sample alert through the real HTTP door of the local Winnow; without a name, list them. */
const main = async ([name]: readonly string[]): Promise<void> => {
  const folder = join(root(), 'intake', 'samples')
  if (name === undefined) {
    console.log(
      `Choose a sample:\n${sampleNames(folder)
        .map((one) => `  npm run alert -- ${one}`)
        .join('\n')}`,
    )
    return
  }
  const config = readEnvironment()
  const key = await readLocalKey(config.dataFolder)
  if (key === null)
    throw new Fault('cli/no-key', `Winnow has not run here in local mode yet. Start it first: npm start`)
  const payload = sample(folder, name, new Date().toISOString(), randomBytes(4).toString('hex'))
  const url = `http://127.0.0.1:${config.port}/api/alerts`
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  }).catch((error: unknown) => {
    throw new Fault('cli/no-winnow', `Nothing answers at ${url}. Start Winnow first, in another terminal: npm start`, {
      cause: error,
    })
  })
  const text = await response.text()
  if (response.status !== 202) throw new Fault('cli/refused', `Winnow answered ${response.status}: ${text}`)
  const { alerts, ignored } = answer.parse(JSON.parse(text))
  for (const { caseId, type, status, group } of alerts)
    console.log(`case ${caseId}  ${type}  ${status}${group === undefined ? '' : ` with case ${group}`}`)
  for (const { reason } of ignored) console.log(`ignored: ${reason}`)
}

const answer = z.object({
  alerts: z.array(z.object({ caseId: z.string(), type: z.string(), status: z.string(), group: z.string().optional() })),
  ignored: z.array(z.object({ reason: z.string() })),
})

await runCommand({ usage: 'npm run alert -- [NAME]', words: { least: 0, most: 1 } }, main)
