import { attackTactics } from '../triage/tactics.js'
import { shortList } from './text.js'

/**
 * The tactics a source names, in kebab-case: from a list, a list as JSON text, or a text with commas between them.
 *
 * "Unknown" and "None" are no tactics.
 */
export const tactics = (value: unknown): readonly string[] =>
  shortList(namesIn(value).map(kebab)).filter((tactic) => !/^(?:unknown|none)$/.test(tactic))

/** The techniques of MITRE ATT&CK that a list or a text names, such as `T1078` and `T1550.001`, each once. */
export const techniquesIn = (value: unknown): readonly string[] => {
  const texts = Array.isArray(value) ? value.slice(0, 100) : [value]
  return shortList(
    texts.flatMap((text) =>
      typeof text === 'string' ? (text.slice(0, 4_000).match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? []) : [],
    ),
  )
}

/** True for a tactic of MITRE ATT&CK for enterprise, in kebab-case. */
export const isAttackTactic = (tactic: string): boolean => attack.has(tactic)

const namesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.filter((name): name is string => typeof name === 'string')
  return typeof value === 'string' ? value.split(/[,;[\]"]+/, 100) : []
}

const kebab = (name: string): string => usual.get(name) ?? kebabOf(name)

const kebabOf = (name: string): string =>
  name
    .slice(0, 100)
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[\s_-]+/g, '-')
    .toLowerCase()

const attack: ReadonlySet<string> = new Set(attackTactics)

/** As most products write them, such as `InitialAccess`: nearly every alert has one of these. */
const usual: ReadonlyMap<string, string> = new Map(
  attackTactics.map((tactic) => [tactic.replace(/(?:^|-)([a-z])/g, (_, first: string) => first.toUpperCase()), tactic]),
)
