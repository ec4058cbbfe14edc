import type { Guide } from '../../triage/guide.js'
import { generic } from '../../triage/match.js'

/** The guide of a type, in that language as far as it is translated; the generic one where there is none. */
export type GuideOf = (type: string, language?: string) => Guide

/** Ask for guides by their types; the generic guide must be among them. */
export const guidesByType = (
  guides: readonly Guide[],
  translations: Readonly<Record<string, readonly Guide[]>>,
): GuideOf => {
  const byType = mapOf(guides)
  const byLanguage = new Map(Object.entries(translations).map(([language, all]) => [language, mapOf(all)]))
  return (type, language = 'en') => {
    const guide = byType.get(type) ?? byType.get(generic)
    if (!guide) throw new Error(`the guides lack '${generic}'`)
    return byLanguage.get(language)?.get(guide.type) ?? guide
  }
}

const mapOf = (guides: readonly Guide[]): ReadonlyMap<string, Guide> =>
  new Map(guides.map((guide) => [guide.type, guide]))
