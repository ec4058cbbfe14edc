import { gunzipSync } from 'node:zlib'
import { openLookUps } from '../../evidence/look-ups.js'
import type { Alert } from '../../triage/alert.js'
import type { ReadyLookUp } from '../../triage/look-up.js'
import { loadLibrary } from '../config/library.js'
import { runCommand } from './run-command.js'

/**
 * `npm run links`: every place and query that checks name, as it looks for an alert that has all values, with the day it was last
 * checked; then which none of the guides names. Exit code 1 when one of them is not what it should be.
 */
const main = async (): Promise<void> => {
  const { lookUps, guides, portals } = await loadLibrary()
  const ready = openLookUps(lookUps)
  const named = new Set(guides.flatMap(({ checks }) => checks.flatMap(({ look }) => look)))
  const problems: string[] = []
  for (const { id, say, checked, read, links, query } of lookUps) {
    const [made] = ready(example, [id])
    const isReadOnly = links.length === 0 && query === null
    const problem = isReadOnly ? null : made ? problemOf(made, portals) : 'needs a value that no alert has'
    if (problem !== null) problems.push(`${id}: ${problem}`)
    console.log(`${id} (“${say}”, checked ${checked}${named.has(id) ? '' : ', named by no guide'})`)
    if (read !== null) console.log(`    Winnow reads: ${read}`)
    if (made) console.log(indented(made.query ?? made.url))
  }
  const checks = guides.flatMap((guide) => guide.checks)
  console.log(
    `\n${lookUps.length} places and queries; ${checks.filter(({ look }) => look.length > 0).length} of ${checks.length} checks name one or more, in ${guides.filter((guide) => guide.checks.some(({ look }) => look.length > 0)).length} of ${guides.length} guides.`,
  )
  if (problems.length > 0) {
    console.error(['', 'Wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
    process.exitCode = 1
  }
}

const problemOf = ({ url, query }: ReadyLookUp, portals: readonly string[]): string | null => {
  const { protocol, host, searchParams } = new URL(url)
  if (protocol !== 'https:' || !portals.includes(host))
    return `leads to ${protocol}//${host}, which portals.yaml does not list`
  if (url.length > 2000) return `is ${url.length} characters long; browsers and portals cut at 2,000`
  if (query === null) return /[{}<>"\s]/.test(url) ? 'has a character in it that a link must encode' : null
  const filled = gunzipSync(Buffer.from(searchParams.get('query') ?? '', 'base64url')).toString('utf16le')
  return filled === query ? null : 'does not fill in the query it should'
}

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')

const subscription = '00000000-0000-4000-8000-00000000000a'

/** An alert that tells everything. */
const example: Alert = {
  source: 'winnow',
  sourceAlertId: 'example',
  family: null,
  type: 'other',
  key: null,
  title: 'Example',
  description: '',
  severity: 'medium',
  occurredAt: '2026-11-12T08:30:00.000Z',
  people: [{ upn: 'anna@contoso.example', objectId: '00000000-0000-4000-8000-00000000000b', name: 'Anna' }],
  identities: [{ kind: 'service-principal', name: 'build', id: '00000000-0000-4000-8000-00000000000c' }],
  addresses: [{ ip: '198.51.100.77', country: 'BR' }],
  apps: ['Contoso Reports'],
  resources: [`/subscriptions/${subscription}/resourceGroups/prod/providers/Microsoft.Storage/storageAccounts/data`],
  tactics: [],
  link: null,
  sample: true,
}

await runCommand({ usage: 'npm run links', words: { least: 0, most: 0 } }, main)
