import * as z from 'zod'
import type { Check, Guide, Step, Verdict } from '../../triage/guide.js'
import type { Path } from './read-yaml.js'
import { map, plain } from './schema-parts.js'
import type { Shared } from './read-shared.js'

/** What is shared by the translations of a language: the texts of `content/shared`, by the same ids. */
export const sharedTexts = map({
  unknown: plain(20).describe('The option that every check has for want of an answer.'),
  hows: z.record(z.string(), plain(320)),
  actions: z.record(z.string(), plain(170)),
  'look-ups': z
    .record(z.string(), map({ say: plain(28), what: plain(44) }))
    .default({})
    .describe('What the button of a place or query says, and what is found there.'),
})

/** They may be a little longer than in English, for other languages are. */
const option = z.union([plain(70), map({ text: plain(70).optional(), asks: plain(90).optional() })])
const step = z.union([plain(170), map({ do: plain(170).optional(), when: plain(95).optional() })])
const steps = z.record(z.string(), step)

/** A translation: the texts of a guide alone, by the ids that stand in the guide; each may be left out. */
export const translationFile = map({
  title: plain(90).optional(),
  about: plain(400).optional(),
  urgent: steps.optional(),
  checks: z
    .record(
      z.string(),
      map({
        ask: plain(140).optional(),
        how: plain(480).optional().describe('May take in shared texts as {id}, those of the language.'),
        finding: plain(140).optional(),
        manager: plain(220).optional(),
        options: z.record(z.string(), option).optional(),
      }),
    )
    .optional(),
  verdicts: z
    .record(
      z.string(),
      map({
        label: plain(46).optional(),
        means: plain(200).optional(),
        because: z.union([plain(240), z.array(plain(240)).min(1).max(8)]).optional(),
        actions: steps.optional(),
      }),
    )
    .optional(),
  scope: steps.optional(),
  tuning: steps.optional(),
  follows: z.record(z.string(), plain(200)).optional().describe('By the type of the earlier alert.'),
})

/** One of them, read. */
export type TranslationFile = z.output<typeof translationFile>

/** The shared texts of a language, read. */
export type SharedTexts = z.output<typeof sharedTexts>

/** A guide in another language: what it lacks is English, marked as such, and listed by where it stands. */
export type Translated = {
  readonly guide: Guide
  readonly missing: readonly string[]
  /** Ids and placeholders that the guide does not have, by where they stand in the file. */
  readonly orphans: readonly { readonly path: Path; readonly text: string }[]
}

/** Stands behind an English text among others. */
export const englishMark = ' (EN)'

/** Put a translation's texts in the place of the guide's. Everything else is the guide's: the logic, and its version. */
export const translated = (
  guide: Guide,
  file: TranslationFile,
  language: string,
  english: Shared,
  shared: SharedTexts,
): Translated => {
  const missing: string[] = []
  const orphans: Translated['orphans'][number][] = []
  const orphan = (path: Path, text: string): void => void orphans.push({ path, text })

  /** The translated text; else English, marked. */
  const told = (own: string | undefined, text: string, at: string): string => {
    if (own !== undefined) return own
    missing.push(at)
    return `${text}${englishMark}`
  }
  const toldOrNull = (own: string | undefined, text: string | null, at: string): string | null =>
    text === null ? null : told(own, text, at)

  const known = (written: object | undefined, ids: readonly string[], path: Path): void => {
    for (const id of Object.keys(written ?? {}))
      if (!ids.includes(id)) orphan([...path, id], `the guide has no '${id}' here; take it out, or correct the id`)
  }
  const sameBraces = (own: string | undefined, text: string, path: Path): void => {
    const names = (one: string): ReadonlySet<string> => new Set(one.match(/\{[^}]*\}/g) ?? [])
    const strange = own === undefined ? [] : [...names(own)].filter((name) => !names(text).has(name))
    for (const name of strange) orphan(path, `the guide's text has no ${name}; leave it out`)
  }
  const withHows = (text: string | undefined, path: Path): string | undefined =>
    text?.replaceAll(/\{([^}]*)\}/g, (reference, id: string) => {
      const how = shared.hows[id] ?? english.hows[id]
      if (how === undefined) orphan(path, `there is no shared text '${reference}'`)
      return how ?? reference
    })

  const stepIn = (written: z.output<typeof steps> | undefined, path: Path) => {
    return (one: Step): Step => {
      const own = written?.[one.id]
      const { do: text, when } = typeof own === 'string' ? { do: own, when: undefined } : (own ?? {})
      const isShared = one.do === english.actions[one.id]
      const at = [...path, one.id].join('.')
      return {
        ...one,
        do: told(text ?? (isShared ? shared.actions[one.id] : undefined), one.do, at),
        when: toldOrNull(when, one.when, `${at}.when`),
      }
    }
  }
  const stepsIn = (written: z.output<typeof steps> | undefined, all: readonly Step[], path: Path): readonly Step[] => {
    known(
      written,
      all.map(({ id }) => id),
      path,
    )
    return all.map(stepIn(written, path))
  }

  const checkIn = (check: Check): Check => {
    const path = ['checks', check.id]
    const own = file.checks?.[check.id]
    known(
      own?.options,
      check.options.map(({ id }) => id),
      [...path, 'options'],
    )
    if (own?.manager !== undefined && check.manager === null) orphan([...path, 'manager'], 'no manager is asked here')
    sameBraces(own?.manager, check.manager?.ask ?? '', [...path, 'manager'])
    return {
      ...check,
      ask: told(own?.ask, check.ask, `${path.join('.')}.ask`),
      how: told(withHows(own?.how, [...path, 'how']), check.how, `${path.join('.')}.how`),
      finding: toldOrNull(own?.finding, check.finding, `${path.join('.')}.finding`),
      manager: check.manager && {
        ...check.manager,
        ask: told(own?.manager, check.manager.ask, `${path.join('.')}.manager`),
      },
      options: check.options.map((one) => {
        const words = own?.options?.[one.id]
        const { text, asks } = typeof words === 'string' ? { text: words, asks: undefined } : (words ?? {})
        const isUsual = one.text === 'Unknown'
        const at = `${path.join('.')}.options.${one.id}`
        return {
          ...one,
          text: told(text ?? (isUsual ? shared.unknown : undefined), one.text, at),
          asks: toldOrNull(asks, one.asks, `${at}.asks`),
        }
      }),
    }
  }

  const verdictIn = (verdict: Verdict): Verdict => {
    const path = ['verdicts', verdict.id]
    const own = file.verdicts?.[verdict.id]
    const parts = own?.because === undefined ? [] : [own.because].flat()
    if (parts.length > verdict.because.length) orphan([...path, 'because'], 'there are more parts than in the guide')
    return {
      ...verdict,
      label: told(own?.label, verdict.label, `${path.join('.')}.label`),
      means: told(own?.means, verdict.means, `${path.join('.')}.means`),
      because: verdict.because.map((part, index) => {
        sameBraces(parts[index], part.say, [...path, 'because'])
        return { ...part, say: told(parts[index], part.say, `${path.join('.')}.because.${index + 1}`) }
      }),
      actions: stepsIn(own?.actions, verdict.actions, [...path, 'actions']),
    }
  }

  known(
    file.checks,
    guide.checks.map(({ id }) => id),
    ['checks'],
  )
  known(
    file.verdicts,
    guide.verdicts.map(({ id }) => id),
    ['verdicts'],
  )
  known(
    file.follows,
    guide.follows.map(({ after }) => after),
    ['follows'],
  )
  const looks = [...new Set(guide.checks.flatMap(({ look }) => look))]
  const lookUpWords = looks.flatMap((id) => {
    const own = shared['look-ups'][id]
    if (own === undefined) missing.push(`look-ups.${id}`)
    return own === undefined ? [] : [[id, own] as const]
  })
  const whole: Guide = {
    ...guide,
    language,
    ...(lookUpWords.length > 0 && { lookUpWords: Object.fromEntries(lookUpWords) }),
    title: told(file.title, guide.title, 'title'),
    about: told(file.about, guide.about, 'about'),
    urgent: stepsIn(file.urgent, guide.urgent, ['urgent']),
    checks: guide.checks.map(checkIn),
    verdicts: guide.verdicts.map(verdictIn),
    scope: stepsIn(file.scope, guide.scope, ['scope']),
    tuning: stepsIn(file.tuning, guide.tuning, ['tuning']),
    follows: guide.follows.map((one) => ({
      ...one,
      says: told(file.follows?.[one.after], one.says, `follows.${one.after}`),
    })),
  }
  return { guide: whole, missing, orphans }
}
