import type { Action } from '../../dialogs/hear/parse-action.js'
import type { FormName } from '../../dialogs/form.js'
import type { CaseIntent } from '../../dialogs/hear/intent.js'
import type { FindIntent } from '../../dialogs/find-filter.js'
import type { ListIntent } from '../../dialogs/list-filter.js'
import type { FoundRows } from '../../dialogs/show/show-list.js'
import type { Listed } from '../../dialogs/show/listed.js'
import type { OpenConfirmation } from '../../dialogs/tell/describe-manager-reply.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { View } from '../../dialogs/show/view.js'
import type { Event } from '../../triage/event.js'
import type { Refusal } from '../../triage/refusal.js'
import type { Message } from '../chat.js'

/** What came of an intent, before it is put into a card or into words. */
export type Result =
  /** Not for this person, or there is no such case. `context`: the case, when they may see it all the same. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly context: CaseContext | null }
  | CaseResult
  /** A manager's answer: recorded unless refused. */
  | { readonly kind: 'confirmation'; readonly context: CaseContext; readonly refusal: Refusal | null }
  /** The questions that wait for this person, who did not answer one, or not clearly. */
  | { readonly kind: 'questions'; readonly questions: readonly OpenConfirmation[] }
  /** A form to write in; `refusal` says why what was marked beside its button was not saved. */
  | {
      readonly kind: 'form'
      readonly form: FormName
      readonly context: CaseContext
      readonly refusal: Refusal | null
    }
  /** The card of a case, to be brought here; `notice` names the alert that was asked for, where it shares the card of another. */
  | { readonly kind: 'card'; readonly context: CaseContext; readonly notice?: string }
  | {
      readonly kind: 'list'
      readonly asked: ListIntent
      /** All that the filter lets through, whatever the page. */
      readonly rows: readonly Listed[]
      readonly isComplete: boolean
      /** The open cases that can't be read, by their codes: nobody knows whose they are. */
      readonly damaged: readonly string[]
    }
  /** A page of the cases that were found, open and closed. */
  | { readonly kind: 'found'; readonly asked: FindIntent; readonly found: FoundRows }
  /** A card that is no case: for a click `view`, which may tell what was done; written, the `text` alone where there is one. */
  | { readonly kind: 'view'; readonly view: View; readonly summary: string; readonly text: string | null }
  /** The digest of a storm, as it is for that person. */
  | { readonly kind: 'message'; readonly message: Message }
  /** What can be sent; `canRespond` where response actions are on. */
  | { readonly kind: 'help'; readonly canRespond: boolean }
  /** Everything that is only a sentence. */
  | { readonly kind: 'text'; readonly text: string }

/** A case as it stands after what was wanted: `refusal` says why nothing was done, `written` what was. */
export type CaseResult = {
  readonly kind: 'case'
  readonly intent: CaseIntent
  /** The action that was written; null for a click. */
  readonly action: Action | null
  readonly context: CaseContext
  readonly refusal: Refusal | null
  readonly written: readonly Event[]
  /** The cards that were asked for, and are owed now. */
  readonly owed: readonly string[]
}
