import type { Condition, Guide, Step, Verdict } from '../../triage/guide.js'
import { endOf, outcomes, type Row } from './outcomes.js'
import { lacks } from './lacks.js'
import { notes, warnings } from './warnings.js'
import { wrap } from './wrap.js'

/** A guide as an analyst would meet it, then which answers allow which verdicts, then what may be wrong with it. */
export const guideText = (guide: Guide): string => {
  const rows = outcomes(guide)
  const warned = [...warnings(guide, rows), ...lacks(guide)]
  return [
    ...head(guide),
    ...section('CONTAIN FIRST, before any question', steps(guide.urgent)),
    ...section('CHECKS, in this order; those that would change nothing are skipped', checks(guide)),
    ...section('VERDICTS', guide.verdicts.flatMap(verdict)),
    ...section('SCOPE: what else is affected?', steps(guide.scope)),
    ...section('TUNING: make alerts like this rarer, or faster to resolve', steps(guide.tuning)),
    ...section('FOLLOWS: earlier alerts that change what this one means', follows(guide)),
    ...section('ANSWERS AND THE VERDICTS THEY ALLOW; undetermined is always possible too', table(guide, rows)),
    ...section('NOTES', notes(guide).flatMap(item)),
    ...section(warned.length === 0 ? 'NO WARNINGS' : 'WARNINGS', warned.flatMap(item)),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 && title !== 'NO WARNINGS' ? [] : ['', title, ...lines]

const item = (text: string): readonly string[] => wrap(text, '  - ', '    ')

const head = ({ type, title, family, preview, guidance, tactics, severity, matches, learning, about }: Guide) => [
  `${title} (${type})`,
  ...wrap(
    [
      family,
      severity,
      tactics.length === 0 ? 'no tactic' : tactics.join(', '),
      guidance === 'winnow' ? 'guidance by Winnow' : "based on Microsoft's guide",
      ...(preview ? ['preview'] : []),
      ...(learning ? [`learning ${daysOf(learning.days)} days (${learning.effect})`] : []),
    ].join(' · '),
  ),
  ...wrap(`Known as ${[type, ...matches.keys, ...matches.titles.map((one) => `"${one}"`)].join(', ')}`),
  '',
  ...wrap(about),
]

const daysOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? String(to) : `${from} to ${to}`

const checks = ({ checks: list }: Guide): readonly string[] =>
  list.flatMap(({ id, ask, how, options, decides, finding, also, manager }, index) => [
    ...(index > 0 ? [''] : []),
    ...wrap(`${index + 1}. ${ask} [${id}]`, '  ', '     '),
    ...wrap(how, '     '),
    ...options.map(
      (option) => `     ( ) ${option.text} [${option.id}]${option.asks === null ? '' : ` asks: ${option.asks}`}`,
    ),
    ...(decides ? [`     Decides${finding === null ? '' : `; finding: ${finding}`}`] : []),
    ...(also === null ? [] : [`     Corroborates, before ${also}`]),
    ...(manager ? wrap(`The manager can be asked: ${manager.ask}`, '     ') : []),
  ])

const verdict = (one: Verdict, index: number): readonly string[] => [
  ...(index > 0 ? [''] : []),
  `  ${one.class === 'undetermined' ? '' : `${one.class} - `}${one.label} [${one.id}]`,
  ...wrap(one.means, '     '),
  ...any('needs  ', one.needs, 'or'),
  ...any('against', one.against, 'or'),
  ...one.because.flatMap(({ say, when }, index) =>
    wrap(
      when === null ? say : `${say} (when ${condition(when)})`,
      index === 0 ? '     because  ' : '              ',
      '              ',
    ),
  ),
  ...steps(one.actions),
]

const any = (name: string, conditions: readonly Condition[], or: string): readonly string[] =>
  conditions.flatMap((one, index) =>
    wrap(condition(one), `     ${index === 0 ? name : or.padStart(7)}  `, '              '),
  )

const condition = (one: Condition): string =>
  Object.entries(one)
    .map(([check, options]) => `${check} is ${options.join(' or ')}`)
    .join(', and ')

const steps = (list: readonly Step[]): readonly string[] =>
  list.flatMap(({ id, do: text, optional, when }, index) =>
    wrap(
      `${text}${when === null ? '' : `, ${when}`}${optional ? ' (optional)' : ''} [${id}]`,
      `     ${index + 1}. `,
      '        ',
    ),
  )

const follows = (guide: Guide): readonly string[] =>
  guide.follows.flatMap(({ after, withinDays, says }) =>
    wrap(`after ${after} within ${withinDays} days: ${says}`, '     ', '        '),
  )

/** The rows by how they end; all options but one are said as "not" that one. */
const table = ({ checks: list }: Guide, rows: readonly Row[]): readonly string[] =>
  firstOfEach(rows).flatMap((first, index) => [
    ...(index > 0 ? [''] : []),
    `  ${ending(first)}`,
    ...rows.flatMap((row) => {
      if (endOf(row) !== endOf(first)) return []
      const said = list.flatMap(({ id, options }) => {
        const given = row.answers[id]
        if (!given || given.length === options.length) return []
        const [taken, others] = [true, false].map((wanted) =>
          options.map((option) => option.id).filter((option) => given.includes(option) === wanted),
        )
        return [others?.length === 1 && given.length > 2 ? `${id} not ${others.join()}` : `${id} ${taken?.join('|')}`]
      })
      return wrap(said.length === 0 ? 'whatever the answers' : said.join('; '), '     - ', '       ')
    }),
  ])

const firstOfEach = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((row, index) => rows.findIndex((one) => endOf(one) === endOf(row)) === index)

const ending = ({ allowed, contradicted }: Row): string =>
  [
    ...(allowed.length > 0 ? [allowed.join(' or ')] : []),
    ...(contradicted.length > 0 ? [`only as an override: ${contradicted.join(', ')}`] : []),
  ].join('; ') || 'undetermined only'
