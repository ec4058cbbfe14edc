import type { Case, Part } from './case.js'
import type { Command } from './command.js'

/**
 * True when something that the command relies on has changed since the line its person saw, or when there is no such line: they saw
 * more than the diary has, which was restored from an older copy.
 *
 * Somebody's note, a step that was marked or the manager's answer does not void the owner's press: only what the press is about does.
 */
export const isLate = (
  { type, line }: Pick<Command, 'type' | 'line'>,
  { changed }: Pick<Case, 'changed'>,
  newest: number,
): boolean => line !== null && !reliesOn[type].every((part) => changed[part] <= line && line <= newest)

/** What each command relies on, beside what `decide` checks by itself. */
const reliesOn: Readonly<Record<Command['type'], readonly Part[]>> = {
  open: [],
  take: ['owner', 'closed'],
  release: ['owner', 'closed'],
  'take-over': ['owner', 'closed'],
  answer: ['owner', 'answers', 'verdict', 'closed', 'guide'],
  'note-finding': ['owner', 'answers', 'findings', 'verdict', 'closed'],
  'withdraw-answer': ['owner', 'answers', 'verdict', 'closed', 'guide'],
  'record-verdict': ['owner', 'answers', 'verdict', 'closed', 'guide', 'group'],
  'withdraw-verdict': ['owner', 'verdict', 'closed'],
  'mark-steps': ['owner', 'verdict', 'steps', 'closed', 'guide'],
  skip: ['owner', 'verdict', 'closed', 'guide'],
  note: [],
  'ask-manager': ['owner', 'confirmation', 'closed'],
  'note-doubts': [],
  'allow-verifier': [],
  'note-installed': [],
  'answer-confirmation': [],
  'revoke-journey': [],
  'expire-confirmation': [],
  'note-unreached': [],
  'note-related': [],
  close: ['owner', 'verdict', 'closed', 'guide'],
  reopen: ['closed'],
  'continue-in-chat': ['owner', 'closed'],
  'note-report': [],
  'add-member': [],
  'take-out': ['owner', 'closed'],
  follow: [],
  leave: [],
  'note-incident': [],
  'update-guide': [],
  page: [],
  acknowledge: ['owner', 'closed', 'acknowledgment'],
  remind: [],
  'release-silent': [],
  'pass-on': [],
  'note-source': [],
  'note-look-ups': [],
  'ask-action': ['owner', 'verdict', 'closed', 'guide'],
  'undo-action': ['owner', 'closed'],
  // An approval is bound to the line and the target of what was asked, which is stricter.
  'approve-action': [],
  'decline-action': [],
  'expire-action': [],
  'finish-action': [],
  'note-effect': [],
}
