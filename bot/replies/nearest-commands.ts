import { distance } from 'fastest-levenshtein'
import { commandsOf } from '../../dialogs/show/show-help.js'
import { isTypedCode } from '../../triage/case-code.js'
import { type Phrases, say } from '../../triage/phrases.js'

/**
 * The three commands that are most like what was written, the likeliest first, as the help writes them; none when not even the first
 * is like it. A case's code in front does not count.
 */
export const nearestCommands = (said: string, phrases: Phrases): readonly string[] => {
  const [first = '', ...rest] = said.toLowerCase().slice(0, 80).split(/\s+/)
  const words = isTypedCode(first) ? rest : [first, ...rest]
  const nearest = [...byName([...commandsOf(phrases), say(phrases, 'help.itself')], phrases)]
    .map(([name, command]) => ({ command, name, apart: apartFrom(words, name) }))
    // Of two as near, the shorter is nearer by letters.
    .toSorted((one, other) => one.apart - other.apart || one.name.length - other.name.length)
    .slice(0, 3)
  // "yes?" is no slip of anything, and to be told "digest, release, case CODE" helps nobody.
  return (nearest[0]?.apart ?? 1) < farthest ? nearest.map(({ command }) => command) : []
}

/** "oncall please" is as far from "on call" as what is meant ever was. */
const farthest = 0.65

/** From 0, the same, to 1, nothing in common: a command is held against as many words as its name has. */
const apartFrom = (words: readonly string[], name: string): number => {
  const said = words.slice(0, name.split(' ').length).join(' ')
  return distance(said, name) / Math.max(said.length, name.length, 1)
}

/** Each command once, by the words that never differ, without what may follow: of "queue" and "queue high" the first. */
const byName = (commands: readonly string[], phrases: Phrases): ReadonlyMap<string, string> => {
  const variable = new Set(say(phrases, 'help.variable').split(', '))
  const found = new Map<string, string>()
  for (const command of commands) {
    const [written = ''] = command.split(` ${say(phrases, 'help.and')} `)
    const words = written.split(' ')
    const end = words.findIndex((word, at) => at > 0 && (!/^\p{Ll}+$/u.test(word) || variable.has(word)))
    const name = words.slice(0, end === -1 ? words.length : end).join(' ')
    if (!found.has(name)) found.set(name, written)
  }
  return found
}
