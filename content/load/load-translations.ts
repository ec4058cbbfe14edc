import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Guide } from '../../triage/guide.js'
import { explain } from './explain.js'
import { invalid, type Problem } from './problem.js'
import { type Shared, readShared } from './read-shared.js'
import { type Yaml, readYaml } from './read-yaml.js'
import { type SharedTexts, sharedTexts, translated, translationFile } from './translate.js'
import type { z } from 'zod'

/** A guide in another language, and what of it is English still. */
export type Translation = { readonly guide: Guide; readonly missing: readonly string[] }

/** All translations, by language, and whatever is wrong with them. */
export type TranslationsRead = {
  readonly translations: Readonly<Record<string, readonly Translation[]>>
  readonly problems: readonly Problem[]
}

/**
 * Read the guides that are translated, by language; what a translation lacks is said in English and marked.
 *
 * Fault `content/invalid` with every problem at once: an id that the guide does not have, a text that is too long, a file for no guide.
 */
export const loadTranslations = async (
  folder: string,
  guides: readonly Guide[],
): Promise<Readonly<Record<string, readonly Guide[]>>> => {
  const { translations, problems } = await readTranslations(folder, guides)
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(
    Object.entries(translations).map(([language, all]) => [language, all.map(({ guide }) => guide)]),
  )
}

/** The same, for those who want what is good in it even when something is wrong. */
export const readTranslations = async (
  folder: string,
  guides: readonly Guide[],
  sharedFolder = join(folder, '..', 'shared'),
): Promise<TranslationsRead> => {
  const problems: Problem[] = []
  const { shared: english } = await readShared(sharedFolder)
  const byType = new Map(guides.map((guide) => [guide.type, guide]))
  const shared = new Map<string, SharedTexts>()
  const translations: Record<string, Translation[]> = {}
  for (const name of (await readdir(folder)).toSorted()) {
    const [, type = '', language = ''] = named.exec(name) ?? []
    if (type === '') continue
    const file = join(folder, name)
    const guide = byType.get(type)
    if (!guide) {
      problems.push({ file, line: 1, text: `there is no guide '${type}'; name the file after its guide` })
      continue
    }
    const own = shared.get(language) ?? (await sharedIn(sharedFolder, language, english, problems))
    shared.set(language, own)
    const read = await readOne(file, translationFile, problems)
    if (!read) continue
    const { orphans, ...translation } = translated(guide, read.value, language, english, own)
    for (const { path, text } of orphans) problems.push({ file, line: read.lineOf(path), text })
    ;(translations[language] ??= []).push(translation)
  }
  return { translations, problems }
}

const named = /^(.+)\.([a-z]{2})\.yaml$/

const sharedIn = async (
  folder: string,
  language: string,
  english: Shared,
  problems: Problem[],
): Promise<SharedTexts> => {
  const file = join(folder, `${language}.yaml`)
  const read = await readOne(file, sharedTexts, problems)
  for (const section of ['hows', 'actions'] as const)
    for (const id of Object.keys(read?.value[section] ?? {}))
      if (!Object.hasOwn(english[section], id))
        problems.push({ file, line: read?.lineOf([section, id]) ?? 1, text: `English has no '${id}'; take it out` })
  for (const id of Object.keys(read?.value['look-ups'] ?? {}))
    if (!english.lookUps.includes(id))
      problems.push({ file, line: read?.lineOf(['look-ups', id]) ?? 1, text: `English has no '${id}'; take it out` })
  return read?.value ?? { unknown: 'Unknown', hows: {}, actions: {}, 'look-ups': {} }
}

const readOne = async <S extends z.ZodType>(
  file: string,
  schema: S,
  problems: Problem[],
): Promise<{ readonly value: z.output<S>; readonly lineOf: Yaml['lineOf'] } | null> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) {
    problems.push({ file, line: 1, text: 'cannot be read; a language with translated guides needs it' })
    return null
  }
  const yaml = readYaml(text)
  const parsed = yaml.problems.length > 0 ? null : schema.safeParse(yaml.value)
  const findings = parsed?.error?.issues.flatMap((issue) => explain(issue, yaml.value)) ?? []
  const located = [...yaml.problems, ...findings.map((one) => ({ line: yaml.lineOf(one.path), text: one.text }))]
  problems.push(...located.map((problem) => ({ file, ...problem })))
  return parsed?.success ? { value: parsed.data, lineOf: yaml.lineOf } : null
}
