import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../triage/fault.js'
import { type LookUp, lookUpReads, lookUpValues } from '../../triage/look-up.js'
import { explain } from './explain.js'
import { invalid } from './problem.js'
import { readYaml } from './read-yaml.js'
import { id, map, plain } from './schema-parts.js'

/**
 * The look-ups that checks name, from `look-ups.yaml` of the folder with the shared texts, in the order of the file. `portals` are the
 * hosts that links may lead to.
 *
 * Faults: `content/unreadable` when there is no such file; `content/invalid` with every problem at once.
 */
export const loadLookUps = async (folder: string, portals: readonly string[]): Promise<readonly LookUp[]> => {
  const file = join(folder, 'look-ups.yaml')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('content/unreadable', `cannot read ${file}; it lists the places and queries that checks name`, {
      cause,
    })
  })
  const yaml = readYaml(text)
  const parsed = lookUpsFile(portals).safeParse(yaml.value)
  const findings = parsed.error?.issues.flatMap((issue) => explain(issue, yaml.value)) ?? []
  const problems = [
    ...yaml.problems,
    ...(yaml.problems.length > 0 ? [] : findings.map(({ path, text }) => ({ line: yaml.lineOf(path), text }))),
  ]
  if (problems.length > 0 || !parsed.success) throw invalid(problems.map((problem) => ({ file, ...problem })))
  return Object.entries(parsed.data).map(([name, one]) => ({
    id: name,
    say: one.say,
    what: one.what ?? withoutVerb(one.say),
    links: one.links ?? [],
    query: one.query ?? null,
    read: one.read ?? null,
    hours: one.hours ?? { before: 24, after: 24 },
    checked: one.checked,
  }))
}

const lookUpsFile = (portals: readonly string[]) => {
  const link = plain(600)
    .refine((text) => leadsTo(text, portals), 'must be https and lead to a host that portals.yaml lists')
    .refine((text) => bracesOf(text).every((name) => inLinks.includes(name)), `may take ${spelled(inLinks)} only`)
  const one = map({
    say: plain(28).describe('The button, such as "Open sign-ins".'),
    links: z
      .array(link)
      .min(1)
      .max(4)
      .optional()
      .describe('Links with values; the first is taken whose values the alert has.'),
    query: plain(1500)
      .refine((text) => bracesOf(text).every((name) => isValue(name)), `may take ${spelled(lookUpValues)} only`)
      .optional()
      .describe('A query for advanced hunting; values become KQL literals, so write no quotes around them.'),
    what: plain(40)
      .optional()
      .describe('What is found there, such as "Sign-ins"; what the button says without its verb when left out.'),
    read: z
      .enum(lookUpReads)
      .optional()
      .describe(
        'What Winnow reads from Microsoft Graph itself: in place of the query where it may not run it, else by itself.',
      ),
    hours: map({ before: z.int().min(0).max(720), after: z.int().min(0).max(720) })
      .optional()
      .describe('How much time around the alert is looked at; a day before and after when left out.'),
    checked: z.iso.date().describe('When someone last compared it with the portal or its documentation.'),
  })
    .refine(({ links, query }) => links === undefined || query === undefined, {
      error: 'needs either links or a query, not both',
    })
    .refine(({ links, query, read }) => [links, query, read].some((one) => one !== undefined), {
      error: 'needs links, a query, or a read',
    })
  return z.record(id, one)
}

/** "Query sign-ins" is about sign-ins. */
const withoutVerb = (button: string): string => {
  const noun = button.replace(/^(?:Open|Query|See|Show) /, '')
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`
}

const inLinks: readonly string[] = [
  'user',
  'user-id',
  'upn',
  'address',
  'app-id',
  'subscription',
  'resource',
  'from',
  'to',
]
const spelled = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(' ')
const isValue = (name: string): boolean => lookUpValues.some((one) => one === name)
const bracesOf = (text: string): readonly string[] => [...text.matchAll(/\{([a-z-]+)\}/g)].map(([, name = '']) => name)

const leadsTo = (text: string, portals: readonly string[]): boolean => {
  try {
    const { protocol, host, username } = new URL(text)
    return protocol === 'https:' && username === '' && portals.includes(host)
  } catch {
    return false
  }
}
