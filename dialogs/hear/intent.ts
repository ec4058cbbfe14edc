import type { Severity } from '../../triage/alert.js'
import type { Command } from '../../triage/command.js'
import type { ManagerAnswer } from '../../triage/event.js'
import type { Operation } from '../../triage/response-action.js'
import type { Person } from '../../triage/person.js'
import type { Filter } from '../../triage/routing.js'
import type { FormName } from '../form.js'
import type { Action } from './parse-action.js'
import type { FindIntent } from '../find-filter.js'
import type { BulkIntent } from './parse-bulk.js'
import type { ListIntent } from '../list-filter.js'

/** What someone wants, whether they pressed a button or wrote a message. */
export type Intent = CaseIntent | ConfirmationIntent | FormIntent | MessageIntent

/** Something about one case that was found already. */
export type CaseIntent =
  | { readonly kind: 'commands'; readonly caseId: string; readonly commands: readonly Command[] }
  /** Who the manager is must still be looked up. `line` is the newest line the person saw. */
  | { readonly kind: 'ask-manager'; readonly caseId: string; readonly line: number }
  /** Have Winnow do something itself, or take it back; the exact target must still be looked up. Null for nothing chosen. */
  | {
      readonly kind: 'ask-action'
      readonly caseId: string
      readonly line: number
      readonly choice: ActionChoice | null
      readonly reason: string
    }
  /** Allow that the manager is asked in spite of what speaks against it, which must still be looked up. */
  | { readonly kind: 'allow-manager'; readonly caseId: string; readonly reason: string }
  /** Only see how the case stands. */
  | { readonly kind: 'read'; readonly caseId: string }

/** What was chosen for Winnow to do: `target` is the key of the target that was seen, `undo` the line of what is to be taken back. */
export type ActionChoice =
  | { readonly step: string; readonly operation: Operation; readonly target: string }
  | { readonly undo: number }

/** A form to write in. `commands` save what was marked as done on the card that it was asked for on. */
export type FormIntent = {
  readonly kind: 'form'
  readonly caseId: string
  readonly form: FormName
  readonly commands: readonly Command[]
}

/** A manager's answer to the question that was put to them. */
export type ConfirmationIntent = {
  readonly kind: 'answer-confirmation'
  /** Null when a message names no case. */
  readonly caseId: string | null
  /** The line of the question that the pressed card shows; null for a message, which answers the newest one. */
  readonly asked: number | null
  readonly answer: ManagerAnswer
  /** Journey dates as they were entered, or null. */
  readonly from: string | null
  readonly to: string | null
  /** What was written beside the answer, as it was written. */
  readonly note: string
  /** Where the journey leads; left out where nothing was entered. */
  readonly countries?: readonly string[]
}

/** What a message asks for; of these a button asks for the page of a list alone. */
export type MessageIntent =
  | { readonly kind: 'help' }
  /** Read in another language, as it was typed; '' to ask which it is. */
  | { readonly kind: 'language'; readonly language: string }
  /** It was not understood; `said` as it was written, shortened. */
  | { readonly kind: 'unknown'; readonly said: string }
  | ListIntent
  | FindIntent
  | { readonly kind: 'channels' }
  /** The journeys that managers confirmed, of whoever is called so; '' for everyone's. */
  | { readonly kind: 'travel'; readonly who: string }
  | { readonly kind: 'post-here'; readonly filter: Filter }
  /** `word` is the part of the filter that is not known. */
  | { readonly kind: 'bad-filter'; readonly word: string }
  /** `at`: which of the listed channels, from 1; null for the one it is written in. */
  | { readonly kind: 'post-nowhere'; readonly at: number | null }
  /** `mentioned`: who was mentioned, as often as they were; no one for oneself. Nothing of it is proven. */
  | { readonly kind: 'on-call'; readonly atLeast: Severity; readonly mentioned: readonly Person[] }
  | { readonly kind: 'off-call'; readonly mentioned: readonly Person[] }
  /** `word` is neither a severity nor anyone mentioned. */
  | { readonly kind: 'bad-severity'; readonly word: string }
  | BulkIntent
  /** Bring the card of a case here. */
  | { readonly kind: 'show-card'; readonly code: string }
  /** Do something in a case; `code` is null when only the thread tells which. */
  | { readonly kind: 'action'; readonly code: string | null; readonly action: Action }
