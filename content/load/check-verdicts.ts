import type { Answer } from '../../triage/case.js'
import { type Condition, type Playbook, unknown } from '../../triage/guide.js'
import { isAllowed, weigh } from '../../triage/evaluate-verdicts.js'
import type { Finding } from './explain.js'
import { nearest } from './nearest.js'
import type { Path } from './read-yaml.js'
import { distinct, walkWith, walks } from './walks.js'

/** Find what keeps a playbook's verdicts from working: names that lead nowhere, checks for nothing, verdicts out of reach. */
export const checkVerdicts = (playbook: Playbook): readonly Finding[] => {
  const wrong = [...undetermined(playbook), ...conditions(playbook)]
  // Walks are only worth walking when every name in them leads somewhere.
  return wrong.length > 0 ? wrong : paths(playbook)
}

const undetermined = ({ verdicts }: Playbook): readonly Finding[] => {
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

const conditions = (playbook: Playbook): readonly Finding[] =>
  playbook.verdicts.flatMap((verdict, index) => [
    ...verdict.needs.flatMap((way, which) => leads(playbook, way, ['verdicts', index, 'needs', which])),
    ...verdict.against.flatMap((one, which) => leads(playbook, one, ['verdicts', index, 'against', which])),
  ])

const leads = ({ checks }: Playbook, condition: Condition, path: Path): readonly Finding[] =>
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

const paths = (playbook: Playbook): readonly Finding[] => {
  const idle = playbook.checks.flatMap((one, index) =>
    distinct(playbook, one).length > 1
      ? []
      : [
          at(
            ['checks', index],
            `no answer to '${one.id}' changes anything; let a verdict need it, or take the check out`,
          ),
        ],
  )
  if (idle.length > 0) return idle
  const { ends, asked } = reach(playbook)
  return [
    ...playbook.checks.flatMap(({ id }, index) =>
      asked.has(id) ? [] : [at(['checks', index], `'${id}' is never asked; move it up, or take it out`)],
    ),
    ...playbook.verdicts.flatMap(({ id }, index) =>
      ends.has(id) ? [] : [at(['verdicts', index], `no answers lead to '${id}'; loosen its needs or its against`)],
    ),
  ]
}

type Reach = { readonly ends: ReadonlySet<string>; readonly asked: ReadonlySet<string> }

/** Which verdicts walks end with, and which checks they ask. The straight walks mostly show it all; the many others are only walked if not. */
const reach = (playbook: Playbook): Reach => {
  const straight = playbook.verdicts.flatMap(({ needs }) =>
    needs.map((way) => walkWith(playbook, (check) => way[check]?.[0] ?? unknown)),
  )
  const { ends, asked } = reached(playbook, straight)
  const isAll = ends.size === playbook.verdicts.length && asked.size === playbook.checks.length
  return isAll ? { ends, asked } : reached(playbook, walks(playbook))
}

const reached = (playbook: Playbook, ways: readonly (readonly Answer[])[]): Reach => ({
  ends: new Set(
    ways.flatMap((way) =>
      weigh(playbook, way)
        .filter(isAllowed)
        .map(({ verdict }) => verdict.id),
    ),
  ),
  asked: new Set(ways.flatMap((way) => way.map((one) => one.check))),
})

const at = (path: Path, text: string): Finding => ({ path, text })
