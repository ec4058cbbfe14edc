import type { Check, Condition, Guide, Step, Verdict } from '../../triage/guide.js'
import { type Also, alsoBefore, type BecausePart, unknown } from '../../triage/guide.js'
import type { GuideFile } from './schema.js'
import { anyKind, type Bearing } from '../../triage/register.js'
import { versionOf } from './version.js'

/** Make of a file what triage works with: nothing optional, lists everywhere, "Unknown" among all options. */
export const toGuide = (file: GuideFile): Guide => {
  const guide = shaped(file)
  return { ...guide, version: versionOf(guide) }
}

const shaped = (file: GuideFile): Omit<Guide, 'version'> => ({
  ...file,
  language: 'en',
  sharesTitle: file.sharesTitle ?? null,
  learning: file.learning ? { ...file.learning, days: toDays(file.learning.days) } : null,
  urgent: file.urgent.map(toStep),
  checks: file.checks.map(toCheck),
  verdicts: file.verdicts.map(toVerdict),
  scope: file.scope.map(toStep),
  tuning: file.tuning.map(toStep),
  follows: file.follows.map(({ after, within, says, first }) => {
    return { after, withinDays: Number.parseInt(within, 10), says, first: first ?? null }
  }),
})

const toDays = (days: number | string) => {
  const [from = 0, to = from] = String(days).split('-').map(Number)
  return { from, to }
}

const toCheck = ({
  id,
  ask,
  how,
  look,
  registers,
  options,
  decides,
  finding,
  also,
  manager,
}: GuideFile['checks'][number]): Check => ({
  id,
  ask,
  how,
  look,
  registers: toBearing(registers ?? {}),
  options: [
    ...options.map(({ asks, ...option }) => ({ ...option, asks: asks ?? null })),
    ...(options.some((one) => one.id === unknown) ? [] : [{ id: unknown, text: 'Unknown', asks: null }]),
  ],
  decides,
  finding: finding ?? null,
  also: toAlso(also),
  manager: manager ? toManager(manager) : null,
})

const toManager = ({ ask, suggests }: NonNullable<GuideFile['checks'][number]['manager']>): Check['manager'] => {
  const { yes, no } = suggests ?? {}
  return { ask, suggests: { ...(yes !== undefined && { yes }), ...(no !== undefined && { no }) } }
}

/** An option alone is meant for entries of any kind. */
const toBearing = (written: NonNullable<GuideFile['checks'][number]['registers']>): Bearing =>
  Object.fromEntries(
    Object.entries(written).flatMap(([register, one]) =>
      one === undefined ? [] : [[register, typeof one === 'object' && one !== null ? one : { [anyKind]: one }]],
    ),
  )

const toAlso = (written: string | undefined): Also | null =>
  alsoBefore.find((one) => written === `before-${one}`) ?? null

const toVerdict = ({ needs, against, because, actions, ...rest }: GuideFile['verdicts'][number]): Verdict => ({
  ...rest,
  needs: (Array.isArray(needs) ? needs : needs ? [needs] : []).map(toCondition),
  against: Array.isArray(against) ? against.map(toCondition) : pairs(toCondition(against ?? {})),
  because: [because].flat().map(toPart),
  actions: actions.map(toStep),
})

const toPart = (written: string | { readonly say: string; readonly when: WrittenCondition }): BecausePart =>
  typeof written === 'string' ? { say: written, when: null } : { say: written.say, when: toCondition(written.when) }

type WrittenCondition = Readonly<Record<string, string | readonly string[]>>

const toCondition = (written: WrittenCondition): Condition =>
  Object.fromEntries(Object.entries(written).map(([check, options]) => [check, [options].flat()]))

/** A single map speaks pair by pair. */
const pairs = (condition: Condition): readonly Condition[] =>
  Object.entries(condition).map(([check, options]) => ({ [check]: options }))

const toStep = ({ id, do: text, optional, when }: GuideFile['scope'][number]): Step => ({
  id,
  do: text ?? '',
  optional,
  when: when ?? null,
})
