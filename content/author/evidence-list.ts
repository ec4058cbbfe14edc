import type { Check, Guide } from '../../triage/guide.js'
import type { LookUp } from '../../triage/look-up.js'
import { registersOf } from '../../triage/register.js'

/** For every type, what evidence each check arrives with: registers and what they suggest, what Winnow looks up, places and queries. */
export const evidenceList = (guides: readonly Guide[], lookUps: readonly LookUp[]): string => {
  const byId = new Map(lookUps.map((one) => [one.id, one]))
  const of = (check: Check): Evidence => evidenceOf(check, byId)
  const all = guides.map(({ type, checks }) => ({ type, checks: checks.map((check) => ({ check, ...of(check) })) }))
  const typesWith = (is: (one: Evidence) => boolean): number => all.filter(({ checks }) => checks.some(is)).length
  const some = ({ registers, lookedUp, ready }: Evidence): boolean =>
    registers.length + lookedUp.length + ready.length > 0
  return [
    ...all.flatMap(({ type, checks }) => [
      type,
      ...checks.map((one) => `  ${[`${one.check.id}:`, ...partsOf(one)].join(' ')}`),
    ]),
    '',
    `${guides.length} types. With a check for which`,
    `  a register suggests an answer:          ${typesWith(({ suggests }) => suggests)}`,
    `  a register has something to say:        ${typesWith(({ registers }) => registers.length > 0)}`,
    `  Winnow looks something up with Graph:   ${typesWith(({ lookedUp }) => lookedUp.length > 0)}`,
    `  a place or query is one tap away:       ${typesWith(({ ready }) => ready.length > 0)}`,
    `  any of these:                           ${typesWith(some)}`,
  ].join('\n')
}

type Evidence = {
  readonly registers: readonly string[]
  readonly suggests: boolean
  readonly lookedUp: readonly string[]
  readonly ready: readonly string[]
}

const evidenceOf = ({ look, registers }: Check, byId: ReadonlyMap<string, LookUp>): Evidence => {
  const optionsOf = (register: string): readonly string[] =>
    Object.entries(registers)
      .filter(([name]) => name === register)
      .flatMap(([, byKind]) => [...new Set(Object.values(byKind).filter((option) => option !== null))])
  const named = registersOf(registers)
  const known = look.flatMap((id) => byId.get(id) ?? [])
  return {
    registers: named.map((register) => {
      const options = optionsOf(register)
      return options.length === 0 ? register : `${register} (${options.join(', ')})`
    }),
    suggests: named.some((register) => optionsOf(register).length > 0),
    lookedUp: known.filter(({ query, read }) => query !== null || read !== null).map(({ id }) => id),
    ready: known.filter(({ query, links }) => query !== null || links.length > 0).map(({ id }) => id),
  }
}

const partsOf = ({ registers, lookedUp, ready }: Evidence): readonly string[] => {
  const places = ready.filter((id) => !lookedUp.includes(id))
  const parts = [
    ...(registers.length > 0 ? [`registers ${registers.join(', ')}`] : []),
    ...(lookedUp.length > 0 ? [`looked up ${lookedUp.join(', ')}`] : []),
    ...(places.length > 0 ? [`places ${places.join(', ')}`] : []),
  ]
  return parts.length > 0 ? [parts.join('; ')] : ['-']
}
