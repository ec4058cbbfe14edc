import { distance } from 'fastest-levenshtein'
import { commandsOf } from '../../dialogs/show/show-help.js'
import { isTypedCode } from '../../triage/case-code.js'
import { type Phrases, say } from '../../triage/phrases.js'

/**
 * The three commands that are most like what was written, the likeliest first, as the help writes them; a case's code in front does
 * not count.
 */
export const nearestCommands = (said: string, phrases: Phrases): readonly string[] => {
  const [first = '', ...rest] = said.toLowerCase().slice(0, 80).split(/\s+/)
  const words = isTypedCode(first) ? rest : [first, ...rest]
  return (
    [...byName([...commandsOf(phrases), say(phrases, 'help.itself')], phrases)]
      .map(([name, command]) => ({ command, name, apart: apartFrom(words, name) }))
      // Of two as near, the shorter is nearer by letters.
      .toSorted((one, other) => one.apart - other.apart || one.name.length - other.name.length)
      .slice(0, 3)
      .map(({ command }) => command)
  )
}

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
