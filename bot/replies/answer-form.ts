import { createHash, randomUUID } from 'node:crypto'
import { submitOnly } from '../../cards/submit-only.js'
import { type FilledForm, parseFilledForm } from '../../dialogs/form.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { FormView } from '../../dialogs/show/form-views.js'
import { type FormPlace, showForm } from '../../dialogs/show/show-form.js'
import { describeEvents } from '../../dialogs/tell/describe.js'
import { describeReply } from '../../dialogs/tell/describe-manager-reply.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { CardClick, DialogNext, Message } from '../chat.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { refusalText } from './refusal-text.js'
import type { Result } from './result.js'

/** What is shown for a form: one that is asked for, or what came of one that was sent. */
export type AnswerForm = {
  /** In a dialog: it closes when all went well, and stays with everything that was typed when not. */
  readonly dialog: (result: Result, click: CardClick) => DialogNext
  /** As a card in the person's own chat; null when what was pressed has to do with no form. */
  readonly card: (result: Result, click: CardClick) => Message | null
  /** The same form again, because something of ours has failed; null when none was sent. */
  readonly failed: (click: CardClick) => DialogNext
}

type Parts = {
  readonly renderer: Pick<CaseRenderer, 'view'>
  readonly phrases: Phrases
}

/** Forms for people whose clients show dialogs, and for everyone else. */
export const openAnswerForm = ({ renderer, phrases }: Parts): AnswerForm => {
  const summaryOf = ({ card, data }: FormView): string =>
    card === 'form-done'
      ? say(phrases, 'form.saved', { code: data.caseId })
      : say(phrases, 'form.summary', { form: titleOf(card), code: data.caseId })
  const titleOf = (card: FormView['card']): string => say(phrases, card.replace('form-', 'form.'))

  /** The form that is to be filled in next; null when there is none. */
  const next = (result: Result, click: CardClick): FormView | null => {
    if (result.kind === 'form') {
      const form = { form: result.form, formId: `form:${randomUUID()}`, typed: {} }
      return showForm(form, { context: result.context }, result.refusal ? refusalText(result.refusal, phrases) : '')
    }
    const filled = parseFilledForm(click.data)
    const notice = noticeOf(result)
    if (!filled || notice === '') return null
    return showForm(filled, placeOf(result, filled, click), notice)
  }

  /** Why it was refused; '' when it was not. */
  const noticeOf = (result: Result): string => {
    switch (result.kind) {
      case 'case':
      case 'refused':
      case 'confirmation':
        return result.refusal ? refusalText(result.refusal, phrases) : ''
      case 'text':
        return result.text
      default:
        return ''
    }
  }

  const dialogWith = (view: FormView): DialogNext => {
    const { card } = renderer.view(view, summaryOf(view), null)
    // A dialog knows no other buttons.
    return { card: submitOnly(card), title: titleOf(view.card) }
  }

  return {
    dialog: (result, click) => {
      const view = next(result, click)
      if (view) return dialogWith(view)
      const notice = noticeOf(result)
      return notice === '' ? null : { text: notice }
    },
    card: (result, click) => {
      const view = next(result, click)
      if (view) {
        const message = renderer.view(view, summaryOf(view), click.by.id)
        return result.kind === 'form' ? { ...message, own: true } : message
      }
      if (!parseFilledForm(click.data)) return null
      const done = doneOf(result, phrases)
      return done && renderer.view(done, summaryOf(done), click.by.id)
    },
    failed: (click) => {
      const filled = parseFilledForm(click.data)
      return filled && dialogWith(showForm(filled, nowhere(click), say(phrases, 'sorry')))
    },
  }
}

/**
 * The same form with the same words sent again is the same: the chat tells a press again when its answer takes long. With other
 * words it is another. Null for what was pressed on no form.
 */
export const sendingOf = (data: CardClick['data']): string | null => {
  const filled = parseFilledForm(data)
  if (!filled) return null
  const words = createHash('sha256').update(JSON.stringify([filled.form, filled.typed, data['answer'] ?? null]))
  return `${filled.formId}:${words.digest('base64url').slice(0, 16)}`
}

/** A case's form comes back with the case; a manager's only to the manager, and where nothing may be told, without. */
const placeOf = (result: Result, { form }: FilledForm, click: CardClick): FormPlace => {
  const context =
    result.kind === 'case' || result.kind === 'refused' || result.kind === 'confirmation' ? result.context : null
  const isTheirs = form !== 'dates' || context?.state.confirmation?.manager.id === click.by.id
  return context && isTheirs ? { context } : nowhere(click)
}

const nowhere = ({ data }: CardClick): FormPlace => ({
  context: null,
  caseId: escapeUntrusted(String(data['caseId']), 20),
  line: Number.isInteger(Number(data['line'])) ? Number(data['line']) : 0,
})

/** What was written, for a form that stands on a card. */
const doneOf = (result: Result, phrases: Phrases): FormView | null => {
  if (result.kind !== 'case' && result.kind !== 'confirmation') return null
  const { context } = result
  const text =
    result.kind === 'confirmation'
      ? describeReply(context)
      : describeEvents(result.written, context) || say(phrases, 'action.unchanged')
  return { card: 'form-done', data: { caseId: context.state.id, text } }
}
