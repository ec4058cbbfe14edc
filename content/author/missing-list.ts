import type { Guide } from '../../triage/guide.js'
import type { Translation } from '../load/load-translations.js'

/** What is not translated into a language yet: each guide's texts that are still English, then the guides without a translation. */
export const missingList = (
  guides: readonly Guide[],
  translations: readonly Translation[],
  language: string,
): string => {
  const partly = translations.filter(({ missing }) => missing.length > 0)
  const without = guides.filter(({ type }) => !translations.some(({ guide }) => guide.type === type))
  const whole = translations.length - partly.length
  return [
    `${language}: ${whole} guides translated, ${partly.length} in part, ${without.length} not.`,
    ...partly.flatMap(({ guide, missing }) => ['', guide.type, ...missing.map((at) => `  ${at}`)]),
    ...(without.length > 0 ? ['', 'Not translated:', ...without.map(({ type }) => `  ${type}`)] : []),
  ].join('\n')
}
