import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { read } from '../../intake/read.js'
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
    const now = new Date().toISOString()
    const rows = sampleNames(folder).map((one) => {
      const { readings } = read(sample(folder, one, now, 'x'), now)
      const titles = readings.map(({ title }) => escapeUntrusted(title, 70))
      return `  npm run alert -- ${one.padEnd(32)} ${titles.join(', then ')}`
    })
    console.log(`Choose a sample:\n${rows.join('\n')}`)
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
  for (const { caseId, type, status, group, note } of alerts) {
    const beside = group === undefined ? '' : ` with case ${group}`
    console.log(`case ${caseId}  ${type}  ${status}${beside}${note === undefined ? '' : `\n  ${note}`}`)
  }
  for (const { reason } of ignored) console.log(`ignored: ${reason}`)
}

const answer = z.object({
  alerts: z.array(
    z.object({
      caseId: z.string(),
      type: z.string(),
      status: z.string(),
      group: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  ignored: z.array(z.object({ reason: z.string() })),
})

await runCommand({ usage: 'npm run alert -- [NAME | --list]', flags: ['list'], words: { least: 0, most: 1 } }, main)
