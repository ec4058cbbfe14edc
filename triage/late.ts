import type { Case, Part } from './case.js'
import type { Command } from './command.js'

/**
 * True when something that the command relies on has changed since the line its person saw.
 *
 * Somebody's note, a step that was marked or the manager's answer does not void the owner's press: only what the press is about does.
 */
export const isLate = ({ type, line }: Command, { changed }: Case): boolean =>
  line !== null && !reliesOn[type].every((part) => changed[part] <= line)

/** What each command relies on, beside what `decide` checks by itself. */
const reliesOn: Readonly<Record<Command['type'], readonly Part[]>> = {
  open: [],
  take: ['owner', 'closed'],
  release: ['owner', 'closed'],
  'take-over': ['owner', 'closed'],
  answer: ['owner', 'answers', 'verdict', 'closed', 'guide'],
  'withdraw-answer': ['owner', 'answers', 'verdict', 'closed', 'guide'],
  'record-verdict': ['owner', 'answers', 'verdict', 'closed', 'guide'],
  'withdraw-verdict': ['owner', 'verdict', 'closed'],
  'mark-steps': ['owner', 'verdict', 'steps', 'closed', 'guide'],
  skip: ['owner', 'verdict', 'closed', 'guide'],
  note: [],
  'ask-manager': ['owner', 'confirmation', 'closed'],
  'answer-confirmation': [],
  'expire-confirmation': [],
  'note-unreached': [],
  close: ['owner', 'verdict', 'closed', 'guide'],
  reopen: ['closed'],
  'continue-in-chat': ['owner', 'closed'],
  'update-guide': [],
}
