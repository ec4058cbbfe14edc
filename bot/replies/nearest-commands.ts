import { distance } from 'fastest-levenshtein'
import { isTypedCode } from '../../triage/case-code.js'

/** The three commands that are most like what was written, the likeliest first; a case's code in front does not count. */
export const nearestCommands = (said: string): readonly string[] => {
  const [first = '', ...rest] = said.toLowerCase().slice(0, 80).split(/\s+/)
  const words = isTypedCode(first) ? rest : [first, ...rest]
  return commands
    .map((command) => ({ command, apart: apartFrom(words, command) }))
    .toSorted((one, other) => one.apart - other.apart)
    .slice(0, 3)
    .map(({ command }) => command)
}

/** From 0, the same, to 1, nothing in common: a command is held against as many words as it has before what differs each time. */
const apartFrom = (words: readonly string[], command: string): number => {
  const name = command.split(' ').filter((word) => /^[a-z]+$/.test(word) && !variable.has(word))
  const known = name.join(' ')
  const said = words.slice(0, name.length).join(' ')
  return distance(said, known) / Math.max(said.length, known.length, 1)
}

const variable = new Set(['text', 'reason'])

/** Every command, as it is written with what it needs; the commonest first, for where several are as near. */
const commands: readonly string[] = [
  'queue',
  'mine',
  'options',
  'take',
  'case CODE',
  'answer 2',
  'verdict',
  'done 1',
  'close reason',
  'note text',
  'take over',
  'release',
  'ask manager',
  'back',
  'finding 1 text',
  'reconsider',
  'skip 2 reason',
  'undo 1',
  'reopen reason',
  'chat',
  'channels',
  'post here',
  'post nowhere',
  'on call',
  'off call',
  'digest',
  'take all',
  'verdict all',
  'help',
]
