import type { Guide } from '../../triage/guide.js'
import { play, type ScenariosRead } from './scenarios.js'

/** The because that each scenario of each guide leads to, as a Markdown page that a person can read through. */
export const becauseList = (guides: readonly Guide[], scenarios: ReadonlyMap<string, ScenariosRead>): string =>
  guides
    .map((guide) => {
      const all = scenarios.get(guide.type)?.scenarios ?? []
      const played = all.flatMap((one) => {
        const { verdict, because, problems } = play(guide, one)
        return [
          '',
          `**${one.name}** → ${verdict}`,
          '',
          `> ${because}`,
          ...problems.map((problem) => `- wrong: ${problem}`),
        ]
      })
      return [`## ${guide.title} (${guide.type})`, ...(all.length === 0 ? ['', 'It has no scenarios.'] : played)].join(
        '\n',
      )
    })
    .join('\n\n')
