import { placeholders } from '../../triage/because.js'
import { generic } from '../../triage/match.js'
import { type Guide, unknown } from '../../triage/guide.js'
import { checkClaims } from './check-claims.js'
import { checkVerdicts } from './check-verdicts.js'
import type { SchemaIssue } from './explain.js'
import { nearest } from './nearest.js'
import type { Path } from './read-yaml.js'

/** Find what a schema cannot see in one guide, given what guides share: ids that stand twice, options and placeholders that do not fit, verdicts that do not work. */
export const check = (guide: Guide, file: string, shared: Known): readonly SchemaIssue[] => {
  const named = [
    ...names(guide, file),
    ...unique(guide),
    ...options(guide),
    ...sentences(guide),
    ...vocabulary(guide, shared.actions),
    ...lookUps(guide, shared.lookUps),
    ...suggestions(guide),
    ...firsts(guide),
  ]
  const found = [...named, ...checkVerdicts(guide)]
  // Whether a sentence can be said is only known where every name in it leads somewhere.
  return found.length > 0 ? found : checkClaims(guide)
}

/** The ids that guides share: of actions, and of places and queries. */
export type Known = { readonly actions: readonly string[]; readonly lookUps: readonly string[] }

const names = ({ type, family, checks }: Guide, file: string): readonly SchemaIssue[] => [
  ...(file === `${type}.yaml`
    ? []
    : [at(['type'], `the type is '${type}'; name the file ${type}.yaml or correct the type`)]),
  ...((family === 'any') === (type === generic)
    ? []
    : [
        at(
          ['family'],
          `family 'any' belongs to '${generic}' alone; write ${type === generic ? 'any' : 'the product it comes from'}`,
        ),
      ]),
  ...(checks.length === 1 && type !== generic ? [at(['checks'], 'there is one check only; ask two to seven')] : []),
]

const unique = ({ urgent, checks, verdicts, scope, tuning }: Guide): readonly SchemaIssue[] => [
  ...twice(urgent, ['urgent']),
  ...twice(checks, ['checks']),
  ...checks.flatMap((one, index) => twice(one.options, ['checks', index, 'options'])),
  ...twice(verdicts, ['verdicts']),
  ...verdicts.flatMap((one, index) => twice(one.actions, ['verdicts', index, 'actions'])),
  ...twice(scope, ['scope']),
  ...twice(tuning, ['tuning']),
]

const twice = (list: readonly { readonly id: string }[], path: Path): readonly SchemaIssue[] =>
  list.flatMap(({ id }, index) =>
    list.findIndex((one) => one.id === id) < index
      ? [at([...path, index, 'id'], `the id '${id}' appears twice in this list; give one of them another`)]
      : [],
  )

const options = ({ checks }: Guide): readonly SchemaIssue[] => [
  ...checks.flatMap((one, index) => {
    const ids = one.options.map(({ id }) => id)
    const path = ['checks', index, 'options']
    return [
      ...(ids.at(-1) === unknown
        ? []
        : [at(path, `'${unknown}' is not the last option of '${one.id}'; move it to the end`)]),
      ...(ids.length < 3
        ? [at(path, `'${one.id}' has one real answer only; offer two or more beside '${unknown}'`)]
        : []),
      ...(one.manager && !(ids.includes('yes') && ids.includes('no'))
        ? [at(path, `a manager answers '${one.id}' with yes or no; give it options with the ids "yes" and "no"`)]
        : []),
      ...Object.entries(one.manager?.suggests ?? {}).flatMap(([answer, option]) =>
        ids.includes(option)
          ? []
          : [
              at(
                ['checks', index, 'manager', 'suggests', answer],
                `'${one.id}' has no option '${option}'; name one of ${ids.join(', ')}`,
              ),
            ],
      ),
    ]
  }),
  ...checks
    .flatMap(({ manager }, index) => (manager ? [index] : []))
    .slice(1)
    .map((index) => at(['checks', index, 'manager'], 'a second check asks the manager; one question is enough')),
]

const sentences = ({ checks, verdicts }: Guide): readonly SchemaIssue[] => [
  ...checks.flatMap(({ manager }, index) =>
    manager ? filled(manager.ask, ['user', 'address', 'country'], ['checks', index, 'manager', 'ask']) : [],
  ),
  ...verdicts.flatMap(({ because }, index) =>
    because.flatMap((part, which) => filled(part.say, placeholders, ['verdicts', index, 'because', which])),
  ),
]

/** Actions are counted across all guides, so their ids come from one list; steps of scope and tuning may have their own. */
const vocabulary = ({ urgent, verdicts }: Guide, known: readonly string[]): readonly SchemaIssue[] =>
  [
    { steps: urgent, path: ['urgent'] },
    ...verdicts.map(({ actions }, index) => ({ steps: actions, path: ['verdicts', index, 'actions'] })),
  ].flatMap(({ steps, path }) =>
    steps.flatMap(({ id }, index) => {
      if (known.includes(id)) return []
      const meant = nearest(id, known)
      const hint = meant ? `did you mean '${meant}'?` : 'use one that is there, or add it'
      return [at([...path, index, 'id'], `shared/actions.yaml has no action '${id}'; ${hint}`)]
    }),
  )

const lookUps = ({ checks }: Guide, known: readonly string[]): readonly SchemaIssue[] =>
  checks.flatMap(({ look }, index) => [
    ...twice(
      look.map((id) => ({ id })),
      ['checks', index, 'look'],
    ),
    ...look.flatMap((id, which) => {
      if (known.includes(id)) return []
      const meant = nearest(id, known)
      const hint = meant ? `did you mean '${meant}'?` : 'use one that is there, or add it'
      return [at(['checks', index, 'look', which], `shared/look-ups.yaml has no '${id}'; ${hint}`)]
    }),
  ])

/** What is asked first has to be a check of this guide. */
const firsts = ({ checks, follows }: Guide): readonly SchemaIssue[] =>
  follows.flatMap(({ first }, index) => {
    if (first === null || checks.some(({ id }) => id === first)) return []
    const known = checks.map(({ id }) => id)
    return [
      at(['follows', index, 'first'], `there is no check '${first}' to ask first; write one of ${known.join(', ')}`),
    ]
  })

/** What a register suggests has to be an answer of that check; to suggest that nothing is known helps no one. */
const suggestions = ({ checks }: Guide): readonly SchemaIssue[] =>
  checks.flatMap(({ registers, options: known }, index) =>
    Object.entries(registers).flatMap(([register, byKind]) =>
      Object.values(byKind)
        .filter((option) => option === unknown || (option !== null && !known.some(({ id }) => id === option)))
        .map((option) =>
          at(
            ['checks', index, 'registers', register],
            `there is no option '${String(option)}' to suggest; write one of ${known
              .map(({ id }) => id)
              .filter((id) => id !== unknown)
              .join(', ')}, or null`,
          ),
        ),
    ),
  )

const filled = (sentence: string, known: readonly string[], path: Path): readonly SchemaIssue[] =>
  (sentence.match(/\{[^}]*\}?|\}/g) ?? [])
    .filter((found) => !known.some((name) => found === `{${name}}`))
    .map((found) => at(path, `nothing fills '${found}'; use ${known.map((name) => `{${name}}`).join(' ')}`))

const at = (path: Path, text: string): SchemaIssue => ({ path, text })
