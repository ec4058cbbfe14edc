import { readFile } from 'node:fs/promises'
import { nameOf } from '../../dialogs/show/header.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { isCefText } from '../../intake/cef.js'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import type { Alert } from '../../triage/alert.js'
import { Fault } from '../../triage/fault.js'
import { type Match, match } from '../../triage/match.js'
import { libraryGuides } from '../config/library-guides.js'
import { runCommand } from './run-command.js'

/** `npm run read -- FILE [--json]`: what Winnow makes of a payload; nothing is stored or sent. */
const main = async ([file = '']: readonly string[], flags: ReadonlySet<string>): Promise<void> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault('cli/usage', `${file} can't be read.`, { cause: error })
  })
  const { readings, ignored } = read(
    isCefText(text) && !/^\s*["[{]/.test(text) ? text : parseJson(text),
    new Date().toISOString(),
  )
  const guides = await libraryGuides()
  const matches = readings.map((reading) => match(reading, guides))
  if (flags.has('json')) {
    console.log(JSON.stringify({ alerts: matches.map(({ alert }) => brief(alert)), ignored }, null, 2))
    return
  }
  console.log(
    [...matches.map(inWords), ...ignored.map(({ reason }) => `ignored: ${escapeUntrusted(reason, 300)}`)].join('\n\n'),
  )
}

const brief = (alert: Alert) => {
  const { source, sourceAlertId, type, title, severity, occurredAt, people, addresses, resources, tactics, sample } =
    alert
  return { source, sourceAlertId, type, title, severity, occurredAt, people, addresses, resources, tactics, sample }
}

const inWords = ({ alert, guide, rule }: Match): string =>
  (
    [
      ['alert', alert.title],
      ['type', alert.type],
      ['guide', `${guide.type} (${rule})`],
      ['source', `${alert.source}, id ${alert.sourceAlertId}`],
      ['severity', alert.severity],
      ['occurred', alert.occurredAt],
      ['people', alert.people.map(nameOf).join(', ')],
      [
        'addresses',
        alert.addresses.map(({ ip, country }) => `${ip}${country === null ? '' : ` (${country})`}`).join(', '),
      ],
      ['apps', alert.apps.join(', ')],
      ['resources', alert.resources.join(', ')],
      ['tactics', alert.tactics.join(', ')],
      ['link', alert.link ?? ''],
      ['sample', alert.sample ? 'yes: made on request, to try things out' : 'no'],
    ] as const
  )
    .map(([name, value]) => `${name.padEnd(10)} ${value === '' ? '-' : escapeUntrusted(value, 600)}`)
    .join('\n')

await runCommand(
  {
    usage: 'npm run read -- FILE [--json]',
    words: { least: 1, most: 1 },
    missing: 'Name a file with a payload.',
    flags: ['json'],
  },
  main,
)
