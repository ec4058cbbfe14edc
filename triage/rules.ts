import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Stamp } from './event.js'
import { type Refusal, refuse } from './refusal.js'

/** Longest note or reason, in characters; what is longer is cut by the dialogs before it comes here. */
export const longestText = 2000

/** Longest finding, in characters: one short line. */
export const longestFinding = 200

/** When and through whom a command was given, for the events it leads to. */
export const stampOf = ({ at, by, via }: Command): Stamp => ({ at, by, ...(via && { via }) })

/** Refuse unless the case is open and this person owns it; null when all is well. */
export const ownersOnly = ({ by }: Pick<Command, 'by'>, state: Case): Refusal | null => {
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  if (!state.owner) return refuse('nobody-owns')
  return state.owner.id === by.id ? null : refuse('not-owner', { owner: state.owner.name })
}

/** Refuse once a verdict stands; null when there is none. */
export const unjudgedOnly = (state: Case): Refusal | null =>
  state.recordedVerdict
    ? refuse('already-judged', { verdict: state.recordedVerdict.label, by: state.recordedVerdict.by.name })
    : null
