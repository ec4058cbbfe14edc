import type { Answer } from '../../triage/case.js'
import { type Condition, type Guide, unknown } from '../../triage/guide.js'
import { isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { SchemaIssue } from './explain.js'
import { nearest } from './nearest.js'
import type { Path } from './read-yaml.js'
import { distinct, walkWith, walks } from './walks.js'

/** Find what keeps a guide's verdicts from working: names that lead nowhere, checks for nothing, verdicts out of reach. */
export const checkVerdicts = (guide: Guide): readonly SchemaIssue[] => {
  const wrong = [...undetermined(guide), ...conditions(guide)]
  // Walks are only worth walking when every name in them leads somewhere.
  return wrong.length > 0 ? wrong : paths(guide)
}

const undetermined = ({ verdicts }: Guide): readonly SchemaIssue[] => {
  const found = verdicts.findIndex(({ id }) => id === 'undetermined')
  if (found < 0) {
    return [at(['verdicts'], "the verdict 'undetermined' is missing; add it with what to obtain next as its actions")]
  }
  return verdicts.flatMap((verdict, index) => [
    ...((verdict.class === 'undetermined') === (index === found)
      ? []
      : [
          at(
            ['verdicts', index, 'class'],
            `the class undetermined and the id 'undetermined' belong together; change one`,
          ),
        ]),
    ...(index === found && (verdict.needs.length > 0 || verdict.against.length > 0)
      ? [at(['verdicts', index, 'needs'], "'undetermined' is always open; take its needs and against out")]
      : []),
    ...(index !== found && verdict.needs.every((way) => Object.keys(way).length === 0)
      ? [at(['verdicts', index], `'${verdict.id}' needs nothing, so it is always allowed; write what it needs`)]
      : []),
  ])
}

const conditions = (guide: Guide): readonly SchemaIssue[] =>
  guide.verdicts.flatMap((verdict, index) => [
    ...verdict.needs.flatMap((way, which) => leads(guide, way, ['verdicts', index, 'needs', which])),
    ...verdict.against.flatMap((one, which) => leads(guide, one, ['verdicts', index, 'against', which])),
    ...verdict.because.flatMap(({ when }, which) =>
      when === null ? [] : leads(guide, when, ['verdicts', index, 'because', which, 'when']),
    ),
  ])

const leads = ({ checks }: Guide, condition: Condition, path: Path): readonly SchemaIssue[] =>
  Object.entries(condition).flatMap(([id, wanted]) => {
    const found = checks.find((one) => one.id === id)
    if (!found) return [at([...path, id], `there is no check '${id}'; ${either(id, checks)}`)]
    return wanted.flatMap((option, index) =>
      found.options.some((one) => one.id === option)
        ? []
        : [at([...path, id, index], `the check '${id}' has no option '${option}'; ${either(option, found.options)}`)],
    )
  })

const either = (word: string, list: readonly { readonly id: string }[]): string => {
  const known = list.map(({ id }) => id)
  const meant = nearest(word, known)
  return meant ? `did you mean '${meant}'?` : `there are ${known.join(', ')}`
}

const paths = (guide: Guide): readonly SchemaIssue[] => {
  const idle = guide.checks.flatMap((one, index) =>
    distinct(guide, one).length > 1 || one.also !== null
      ? []
      : [
          at(
            ['checks', index],
            `no answer to '${one.id}' changes anything; let a verdict need it, or take the check out`,
          ),
        ],
  )
  if (idle.length > 0) return idle
  const { ends, asked } = reach(guide)
  return [
    ...guide.checks.flatMap(({ id }, index) =>
      asked.has(id) ? [] : [at(['checks', index], `'${id}' is never asked; move it up, or take it out`)],
    ),
    ...guide.verdicts.flatMap(({ id }, index) =>
      ends.has(id) ? [] : [at(['verdicts', index], `no answers lead to '${id}'; loosen its needs or its against`)],
    ),
  ]
}

type Reach = { readonly ends: ReadonlySet<string>; readonly asked: ReadonlySet<string> }

/** Which verdicts walks end with, and which checks they ask. The straight walks mostly show it all; the many others are only walked if not. */
const reach = (guide: Guide): Reach => {
  const straight = guide.verdicts.flatMap(({ needs }) =>
    needs.map((way) => walkWith(guide, (check) => way[check]?.[0] ?? unknown)),
  )
  const { ends, asked } = reached(guide, straight)
  const isAll = ends.size === guide.verdicts.length && asked.size === guide.checks.length
  return isAll ? { ends, asked } : reached(guide, walks(guide))
}

const reached = (guide: Guide, ways: readonly (readonly Answer[])[]): Reach => ({
  ends: new Set(
    ways.flatMap((way) =>
      evaluateVerdicts(guide, way)
        .filter(isAllowed)
        .map(({ verdict }) => verdict.id),
    ),
  ),
  asked: new Set(ways.flatMap((way) => way.map((one) => one.check))),
})

const at = (path: Path, text: string): SchemaIssue => ({ path, text })
