import type { Condition, Guide, Verdict } from '../../triage/guide.js'
import { holds } from '../../triage/evaluate-verdicts.js'
import { outcomes, type Row } from './outcomes.js'

/** What each verdict of each guide claims, for every set of answers that allows it, as a Markdown page to read through. */
export const sentenceList = (guides: readonly Guide[]): string => guides.map(ofGuide).join('\n\n')

const ofGuide = (guide: Guide): string => {
  const rows = outcomes(guide)
  return [
    `## ${guide.title} (${guide.type})`,
    ...guide.verdicts.flatMap((verdict) => [
      '',
      `### ${verdict.class} - ${verdict.label}`,
      '',
      ...ofVerdict(verdict, rows),
    ]),
  ].join('\n')
}

const ofVerdict = (verdict: Verdict, rows: readonly Row[]): readonly string[] => {
  const allowing = rows.filter(({ allowed }) => verdict.class === 'undetermined' || allowed.includes(verdict.id))
  const bySentence = new Map<string, string[]>()
  for (const row of allowing) {
    for (const given of waysOf(verdict, row)) {
      const sentence = sentencesFor(verdict, given).join(' ')
      bySentence.set(sentence, [...(bySentence.get(sentence) ?? []), answersIn(given)])
    }
  }
  return [...bySentence].map(([sentence, ways]) => `- “${sentence}” ← ${[...new Set(ways)].slice(0, 6).join(' / ')}`)
}

const sentencesFor = (verdict: Verdict, given: ReadonlyMap<string, string>): readonly string[] =>
  verdict.because.filter(({ when }) => when === null || holds(when, given)).map(({ say }) => say)

/** The answers of a row, one by one where a sentence hangs on the check, else the first of those that make no difference. */
const waysOf = (verdict: Verdict, { answers }: Row): readonly ReadonlyMap<string, string>[] => {
  const hinges = new Set(verdict.because.flatMap(({ when }) => Object.keys(when ?? ({} satisfies Condition))))
  return Object.entries(answers).reduce<readonly ReadonlyMap<string, string>[]>(
    (ways, [check, options]) =>
      ways.flatMap((way) =>
        (hinges.has(check) ? options : options.slice(0, 1)).map((option) => new Map([...way, [check, option]])),
      ),
    [new Map<string, string>()],
  )
}

const answersIn = (given: ReadonlyMap<string, string>): string =>
  [...given].map(([check, option]) => `${check}: ${option}`).join(', ')
