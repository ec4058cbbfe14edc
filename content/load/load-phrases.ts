import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../triage/fault.js'
import type { Phrases } from '../../triage/phrases.js'
import { explain } from './explain.js'
import { nearest } from './nearest.js'
import { invalid, type Problem } from './problem.js'
import { readYaml, type Yaml } from './read-yaml.js'

/**
 * Read the bot's own words in a language; what another language lacks is said in English.
 *
 * Faults: `content/unreadable` when there is no such file; `content/invalid` with every problem at once: a value that is no
 * text, a placeholder that `say` would not fill, a key that English does not have.
 */
export const loadPhrases = async (folder: string, language: string): Promise<Phrases> => {
  const english = await readOne(folder, 'en')
  if (language === 'en') return { ...all([english]), language }
  const other = await readOne(folder, language)
  const problems = Object.keys(other.phrases)
    .filter((key) => !Object.hasOwn(english.phrases, key))
    .map((key) => orphan(other, key, Object.keys(english.phrases)))
  return { ...all([english, { ...other, problems: [...other.problems, ...problems] }]), language }
}

/** Read the bot's own words in every language there is a file for, by the names of the files. The faults are those of `loadPhrases`. */
export const loadLanguages = async (folder: string): Promise<Readonly<Record<string, Phrases>>> => {
  const languages = (await readdir(folder).catch(() => []))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
  const all = [...new Set(['en', ...languages])].toSorted()
  return Object.fromEntries(await Promise.all(all.map(async (one) => [one, await loadPhrases(folder, one)] as const)))
}

type PhrasesRead = {
  readonly file: string
  readonly phrases: Phrases
  readonly lineOf: Yaml['lineOf']
  readonly problems: readonly Problem[]
}

const flat = z.record(
  z.string(),
  z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .refine((text) => !/[{}]/.test(text.replace(/\{[a-zA-Z-]+\}/g, '')), 'write placeholders as {name}, letters only'),
)

const readOne = async (folder: string, language: string): Promise<PhrasesRead> => {
  const file = join(folder, `${language}.yaml`)
  const yaml = readYaml(await textOf(file))
  const parsed = flat.safeParse(yaml.value)
  const findings = parsed.success
    ? []
    : parsed.error.issues
        .flatMap((issue) => explain(issue, yaml.value))
        .map(({ path, text }) => ({ line: yaml.lineOf(path), text }))
  const problems = yaml.problems.length > 0 ? yaml.problems : findings
  return {
    file,
    phrases: parsed.success ? parsed.data : {},
    lineOf: yaml.lineOf,
    problems: problems.map((problem) => ({ file, ...problem })),
  }
}

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Fault('content/unreadable', `cannot read ${file}; choose a language that has such a file`, { cause })
  }
}

const orphan = ({ file, lineOf }: PhrasesRead, key: string, known: readonly string[]): Problem => {
  const meant = nearest(key, known)
  const hint = meant ? `did you mean '${meant}'?` : 'take it out'
  return { file, line: lineOf([key]), text: `English has no phrase '${key}'; ${hint}` }
}

const all = (reads: readonly PhrasesRead[]): Phrases => {
  const problems = reads.flatMap((read) => read.problems)
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(reads.flatMap(({ phrases }) => Object.entries(phrases)))
}
