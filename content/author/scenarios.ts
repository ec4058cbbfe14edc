import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { because } from '../../triage/because.js'
import type { Alert } from '../../triage/alert.js'
import type { Answer, Confirmation } from '../../triage/case.js'
import { managerAnswers } from '../../triage/event.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import type { Person } from '../../triage/person.js'
import { explain } from '../load/explain.js'
import { nearest } from '../load/nearest.js'
import type { Problem } from '../load/problem.js'
import { readYaml } from '../load/read-yaml.js'
import { id, map } from '../load/schema-parts.js'
import { answer } from '../load/walks.js'

/** How the name of a file of scenarios ends: it stands as `<type>.scenarios.yaml` beside the guide. */
const ending = '.scenarios.yaml'

const said = z.string().trim().min(1).max(200)

const scenario = map({
  name: said.describe('What happened, in a line; no two in a file have the same.'),
  alert: map({
    people: z.array(said).optional(),
    addresses: z.array(map({ ip: said, country: said.optional() })).optional(),
    apps: z.array(said).optional(),
    resources: z.array(said).optional(),
  })
    .optional()
    .describe('What the alert says, where it matters.'),
  answers: z
    .record(z.string(), z.union([id, map({ is: id, saw: said })]))
    .describe('For each check that is asked the option, or { is, saw } with the finding, what was seen and where.'),
  manager: map({ says: z.enum(managerAnswers), note: said.optional() })
    .optional()
    .describe('What the manager answered, when one was asked.'),
  early: z.boolean().default(false).describe('True when checks are left that could still change something.'),
  allowed: z.array(id).min(1).describe('All verdicts these answers allow; [undetermined] when only that is left.'),
  refused: z.array(id).default([]).describe('Verdicts that these answers must not allow.'),
  actions: z.array(id).default([]).describe('Actions that the first allowed verdict must recommend.'),
  because: z.array(said).default([]).describe('Facts that the because of the first allowed verdict must name.'),
})

const file = z.array(scenario).min(1)

/** Answers to a guide with what they must lead to: a test of a guide, written by whoever writes the guide. */
export type Scenario = z.output<typeof scenario>

/** A file's scenarios, or what keeps it from being read. */
export type ScenariosRead = { readonly scenarios: readonly Scenario[]; readonly problems: readonly Problem[] }

/** Read the text of a file of scenarios. Never throws. */
export const readScenarios = (name: string, text: string): ScenariosRead => {
  const yaml = readYaml(text, 'list')
  const located = (found: readonly { readonly line: number; readonly text: string }[]): ScenariosRead => ({
    scenarios: [],
    problems: found.map((one) => ({ file: name, ...one })),
  })
  if (yaml.problems.length > 0) return located(yaml.problems)
  const parsed = file.safeParse(yaml.value)
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => explain(issue, yaml.value))
    return located(issues.map((issue) => ({ line: yaml.lineOf(issue.path), text: issue.text })))
  }
  return { scenarios: parsed.data, problems: [] }
}

/** Read the scenarios of all guides in a folder, by type. */
export const loadScenarios = async (folder: string): Promise<ReadonlyMap<string, ScenariosRead>> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).toSorted()
  const reads = names.map(
    async (name) =>
      [name.slice(0, -ending.length), readScenarios(name, await readFile(join(folder, name), 'utf8'))] as const,
  )
  return new Map(await Promise.all(reads))
}

/** What became of a scenario: what is wrong, each with what would be right, and the because of the first allowed verdict. */
export type Played = { readonly problems: readonly string[]; readonly verdict: string; readonly because: string }

/** Answer a guide's checks as the scenario says, and hold what comes of it against what it expects. */
export const play = (guide: Guide, one: Scenario): Played => {
  const strange = strangers(guide, one)
  if (strange.length > 0) return { problems: strange, verdict: '', because: '' }
  const answers = answersOf(guide, one)
  const states = evaluateVerdicts(guide, answers)
  const firm = states.filter((state) => isAllowed(state) && state.verdict.class !== 'undetermined')
  const found = firm.length === 0 ? ['undetermined'] : firm.map(({ verdict }) => verdict.id)
  const first = states.find(({ verdict }) => verdict.id === (one.allowed[0] ?? ''))
  const text = first
    ? because(first, { alert: alertOf(guide, one), answers, confirmation: confirmationOf(one) }, guide, {
        by: analyst,
        words: '',
      })
    : ''
  const { next } = nextChecks(guide, answers)
  const recommended = first?.verdict.actions.map((action) => action.id) ?? []
  return {
    verdict: first ? `${first.verdict.class} - ${first.verdict.label}` : '',
    because: text,
    problems: [
      ...(found.toSorted().join() === one.allowed.toSorted().join()
        ? []
        : [`allows ${found.join(', ')}, not ${one.allowed.join(', ')}`]),
      ...one.refused
        .filter((verdict) => found.includes(verdict))
        .map((verdict) => `allows ${verdict}, which it must not`),
      ...(next !== null && !one.early ? [`'${next.id}' is still asked: answer it, or write early: true`] : []),
      ...unasked(guide, one, answers),
      ...one.actions
        .filter((action) => !recommended.includes(action))
        .map((action) => `${one.allowed[0] ?? ''} does not recommend ${action}`),
      ...one.because
        .filter((fact) => !text.toLowerCase().includes(fact.toLowerCase()))
        .map((fact) => `the because does not name “${fact}”: ${text}`),
    ],
  }
}

/** Names that lead nowhere. */
const strangers = (guide: Guide, { answers, allowed, refused }: Scenario): readonly string[] => [
  ...Object.entries(answers).flatMap(([name, given]) => {
    const check = guide.checks.find((one) => one.id === name)
    const option = typeof given === 'string' ? given : given.is
    if (!check) return [`there is no check '${name}'${meant(name, guide.checks)}`]
    return check.options.some((one) => one.id === option)
      ? []
      : [`the check '${name}' has no option '${option}'${meant(option, check.options)}`]
  }),
  ...[...allowed, ...refused]
    .filter((name) => !guide.verdicts.some((verdict) => verdict.id === name))
    .map((name) => `there is no verdict '${name}'${meant(name, guide.verdicts)}`),
]

const meant = (name: string, list: readonly { readonly id: string }[]): string => {
  const ids = list.map((one) => one.id)
  const near = nearest(name, ids)
  return near === null ? `; there are ${ids.join(', ')}` : `; did you mean '${near}'?`
}

/** Answers to checks that nobody would be asked after the others. */
const unasked = (guide: Guide, one: Scenario, answers: readonly Answer[]): readonly string[] => {
  const asked = new Set<string>()
  const given: Answer[] = []
  for (let { next } = nextChecks(guide, given); next; { next } = nextChecks(guide, given)) {
    const id = next.id
    const known = answers.find(({ check }) => check === id)
    if (!known) break
    asked.add(id)
    given.push(known)
  }
  return one.early
    ? []
    : answers
        .filter(({ check }) => !asked.has(check))
        .map(({ check }) => `'${check}' is not asked on this way: take it out`)
}

const answersOf = (guide: Guide, one: Scenario): readonly Answer[] =>
  guide.checks.flatMap(({ id: check }) => {
    const given = one.answers[check]
    if (given === undefined) return []
    return typeof given === 'string' ? [answer(check, given)] : [{ ...answer(check, given.is), finding: given.saw }]
  })

const analyst: Person = { id: 'analyst', name: 'Ada Analyst' }
const manager: Person = { id: 'manager', name: 'Mia Manager' }
const at = '2026-03-02T08:41:00.000Z'

const alertOf = ({ type, title, family, severity }: Guide, { alert = {} }: Scenario): Alert => ({
  type,
  title,
  source: 'winnow',
  sourceAlertId: 'scenario',
  family: family === 'any' ? null : family,
  key: type,
  description: '',
  severity,
  occurredAt: at,
  people: (alert.people ?? ['kim@contoso.example']).map((upn) => ({ upn, objectId: null, name: null })),
  addresses: (alert.addresses ?? [{ ip: '198.51.100.7', country: 'BR' }]).map(({ ip, country }) => ({
    ip,
    country: country ?? null,
  })),
  apps: alert.apps ?? [],
  resources: alert.resources ?? [],
  tactics: [],
  link: null,
  sample: false,
})

const confirmationOf = ({ manager: told }: Scenario): Confirmation | null =>
  told === undefined
    ? null
    : {
        line: 1,
        before: [],
        manager,
        check: '',
        about: '',
        ask: null,
        askedAt: at,
        askedBy: analyst,
        until: at,
        state: 'answered',
        detail: '',
        answer: told.says,
        from: null,
        to: null,
        note: told.note ?? '',
        answeredAt: at,
      }
