import { type Phrases, say } from '../../triage/phrases.js'
import type { Help } from './view-parts.js'
import type { View } from './view.js'

/** What can be sent to Winnow, in groups; what concerns response actions only where they are on. */
export const showHelp = (phrases: Phrases, canRespond = false): Extract<View, { readonly card: 'help' }> => ({
  card: 'help',
  data: {
    heading: say(phrases, 'help.heading'),
    intro: say(phrases, 'help.intro'),
    groups: (canRespond ? allGroups : groups).map((name) => ({
      heading: say(phrases, `help.${name}`),
      commands: say(phrases, `help.${name}.commands`).split('\n').map(commandOf),
    })),
  },
})

/** Every command as the help writes it, with what it needs. */
export const commandsOf = (phrases: Phrases, canRespond = false): readonly string[] =>
  showHelp(phrases, canRespond).data.groups.flatMap(({ commands }) => commands.flatMap(({ send }) => send.split(', ')))

const groups = ['lists', 'case', 'channel'] as const
const allGroups = [...groups, 'response'] as const

/** A line of a phrase: what to send, a colon, and what that does. */
const commandOf = (line: string): Help['groups'][number]['commands'][number] => {
  const [send = '', ...does] = line.split(': ')
  return { send, does: does.join(': ') }
}
