import { addresses } from './addresses.js'
import { compose } from './compose.js'
import type { Json, Outcome } from './outcome.js'
import { own } from './outcome.js'
import { accountNamed } from './defender-entities.js'
import { accounts } from './people.js'
import { given, quote } from './text.js'
import { fromEpoch } from './time.js'
import { typeKey } from './type-key.js'

/** True for a text in which CEF lines may stand, with whatever syslog puts before each. */
export const isCefText = (text: string): boolean => /(?:^|[\s>])CEF:\d/.test(text.slice(0, 4_000))

/** The lines of a text that are not empty, each as an alert that only `readCefLine` reads. */
export const cefLines = (text: string, most: number): readonly Json[] =>
  text
    .split(/\r?\n/, 4 * most)
    .filter((line) => line.trim() !== '')
    .slice(0, most)
    .map((line) => ({ cef: line }))

/** The reading of one line of the SIEM agent of Defender for Cloud Apps; its activities are ignored. */
export const readCefLine = (item: Json, now: string): Outcome => {
  const line = String(own(item, 'cef'))
  const start = /(?:^|[\s>])CEF:\d{1,2}\|/.exec(line.slice(0, 2_000))
  if (!start) return wrong([], 'expected a line with "CEF:0|MCAS|SIEM_Agent|…"')
  const head = line.slice(0, start.index)
  const [vendor, product, , type = '', name = '', level = '', ...rest] = partsOf(
    line.slice(start.index + start[0].length),
  )
  if (vendor?.toUpperCase() !== 'MCAS') {
    return wrong(
      ['vendor'],
      `expected a line of Defender for Cloud Apps (MCAS), not of ${quote(`${vendor} ${product}`)}`,
    )
  }
  const fields = fieldsOf(rest.join('|'))
  const first = (key: string): string | undefined => fields.find((one) => one.key === key && one.value !== '')?.value
  const all = (key: string): readonly string[] => fields.filter((one) => one.key === key).map(({ value }) => value)
  if (/^EVENT_/i.test(type)) return { kind: 'ignored', reason: 'this is an activity of a person, not an alert' }
  const { key, simulated } = typeKey(type)
  const at = (field: string, value: unknown) => ({ path: [field], value })
  return compose(
    {
      id: at('externalId', first('externalId')),
      title: at('msg', titleOf(key, name, first('msg'))),
      times: [...['start', 'rt', 'end'].map((field) => at(field, fromEpoch(first(field)))), at('time', timeIn(head))],
    },
    {
      source: 'cloud-apps',
      family: 'cloud-apps',
      key,
      description: (first('msg') ?? '').replaceAll("''", "'"),
      severity: severities[level.trim()] ?? null,
      ...accounts(all('suser').map(accountNamed)),
      addresses: addresses(['src', 'c6a1', 'dvc'].flatMap((field) => all(field).map((ip) => ({ ip, country: null })))),
      apps: all('destinationServiceName'),
      resources: [],
      tactics: [],
      link: first('cs1'),
      sample: simulated,
    },
    now,
  )
}

/** Of an anomaly the name of the policy is the title; of a policy people wrote, too, and its key says that it is one. */
const titleOf = (key: string | null, name: string, message: string | undefined): string | undefined =>
  given(name) ?? given(message) ?? key ?? undefined

const wrong = (path: readonly string[], says: string): Outcome => ({ kind: 'malformed', problems: [{ path, says }] })

/** The time before the line proper, where it is one that names its year. */
const timeIn = (head: string): string | undefined =>
  /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/.exec(head.slice(0, 200))?.[0]

/** The parts between bars; `\|` is a bar within a part. Behind the sixth bar all is one part, for its bars are not escaped. */
const partsOf = (text: string): readonly string[] => {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length && parts.length < 6; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '|') {
      parts.push(plain(text.slice(from, at)).slice(0, 2_000))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** The fields of the extension, in their order; a value goes on to the next key, for it may hold blanks. At most 200. */
const fieldsOf = (text: string): readonly { readonly key: string; readonly value: string }[] => {
  const marks = Array.from(text.slice(0, 100_000).matchAll(/(?:^|\s)([A-Za-z][A-Za-z0-9_]{0,40})=/g)).slice(0, 200)
  return marks.map((mark, at) => ({
    key: mark[1] ?? '',
    value: plain(text.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? 100_000))
      .trim()
      .replace(/^"(.*)"$/s, '$1'),
  }))
}

const plain = (text: string): string =>
  text.replace(/\\([\\|=nr])/g, (_, char: string) => (char === 'n' || char === 'r' ? '\n' : char))

/** Activities have 0; of alerts 1 to 3 are low to high. */
const severities: Readonly<Record<string, string>> = { 0: 'informational', 1: 'low', 2: 'medium', 3: 'high' }
