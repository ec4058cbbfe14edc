import type { ActForm, WaitingAction } from './response.js'
import type { Choice } from './view-parts.js'

/**
 * The cards of forms, each with exactly its data: what somebody has to see to write, and what is filled in already. A form comes
 * back with all of it when it is refused.
 */
export type FormView =
  | { readonly card: 'form-note'; readonly data: Form & Inputs<'noteText'> }
  | {
      readonly card: 'form-finding'
      readonly data: Form & Inputs<'findingCheck' | 'findingText'> & { readonly answered: readonly Choice[] }
    }
  | {
      readonly card: 'form-decide'
      readonly data: Form &
        Inputs<'verdict' | 'judgeReason'> & {
          /** What the answers support; `because` is *untrusted*. */
          readonly supported: readonly { readonly label: string; readonly because: string }[]
          readonly verdicts: readonly Choice[]
        }
    }
  | {
      readonly card: 'form-override'
      readonly data: Form &
        Inputs<'otherVerdict' | 'otherReason'> & {
          /** What the answers do not support, and why. */
          readonly others: readonly { readonly label: string; readonly why: string }[]
          readonly otherVerdicts: readonly Choice[]
        }
    }
  | {
      readonly card: 'form-skip'
      readonly data: Form & Inputs<'skipStep' | 'skipReason'> & { readonly openActions: readonly Choice[] }
    }
  | {
      readonly card: 'form-close'
      readonly data: Form &
        Inputs<'closeReason'> & {
          readonly verdict: string
          readonly openActions: readonly { readonly title: string }[]
          readonly hasOpenActions: boolean
          /** Nothing of the scope was marked after a TP. */
          readonly isScopeOpen: boolean
        }
    }
  | {
      readonly card: 'form-reopen'
      readonly data: Form &
        Inputs<'reopenReason'> & {
          /** *untrusted* */
          readonly closedBy: string
          readonly closedAt: string
          readonly verdict: string
        }
    }
  | {
      readonly card: 'form-dates'
      /** `ask` is *untrusted*. */
      readonly data: Form & Inputs<'from' | 'to' | 'countries' | 'note'> & { readonly ask: string }
    }
  | {
      readonly card: 'form-act'
      readonly data: Form & Inputs<'actChoice' | 'actReason'> & ActForm
    }
  | {
      readonly card: 'form-approve'
      readonly data: Form & Inputs<'declineReason'> & { readonly waiting: readonly WaitingAction[] }
    }
  | {
      readonly card: 'form-allow'
      /** What speaks against which manager: `doubt` is *untrusted*. */
      readonly data: Form & Inputs<'allowReason'> & { readonly doubt: string }
    }
  | { readonly card: 'form-done'; readonly data: FormDone }

/** What all forms share. */
export type Form = {
  readonly caseId: string
  /** The newest line when it was shown: what is sent is held against it. */
  readonly line: number
  /** Told apart from every other showing, so that the same form sent twice counts once. */
  readonly formId: string
  /** What the case is, or whom it is about, in a line. *untrusted* */
  readonly subject: string
  /** Why what was sent was refused. *untrusted* */
  readonly notice: string
  readonly hasNotice: boolean
}

/**
 * What is filled in, exactly as its person typed it: it goes back into the input it came from, where nothing is read as Markdown,
 * and is shown to nobody else.
 */
type Inputs<Id extends string> = Readonly<Record<Id, string>>

/** What a form has led to; `text` is *untrusted*. */
export type FormDone = { readonly caseId: string; readonly text: string }
