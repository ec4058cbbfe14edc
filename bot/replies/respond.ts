import type { CaseContext } from '../../dialogs/case-context.js'
import type { CaseIntent } from '../../dialogs/hear/intent.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import { undoOf } from '../../triage/response-action.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import type { ResponseActions } from '../respond/response-actions.js'

/** Response actions as replies need them, also where they are off. */
export type Respond = {
  /** The case with what Winnow could do in it now, for the form that offers it. */
  readonly withOffers: (context: CaseContext, at: string) => Promise<CaseContext | Refusal>
  /** Ask for what was chosen; when it is refused, `withOffers` makes the form that comes back of the case. */
  readonly ask: (
    context: CaseContext,
    intent: Extract<CaseIntent, { readonly kind: 'ask-action' }>,
    stamp: Stamp,
  ) => Promise<CommandResult & { readonly withOffers: (after: CaseContext) => CaseContext }>
  /** Why none of this can be done at all; null when it can. */
  readonly off: Refusal | null
}

/** Where `responses` is null, nothing can be asked for or approved. */
export const openRespond = (responses: ResponseActions | null, desk: Pick<Desk, 'look'>): Respond => ({
  off: responses ? null : refuse('actions-off'),
  withOffers: async (context, at) => {
    const { responses: setting } = context
    if (!responses || !setting) return refuse('actions-off')
    const offers = await responses.offers(context, at)
    if (isRefusal(offers)) return offers
    const isNothing = offers.length === 0 && !context.state.responses.some(undoOf)
    return isNothing ? refuse('no-target') : { ...context, responses: { ...setting, offers } }
  },
  ask: async (context, intent, stamp) => {
    if (!responses) {
      const before = await desk.look(intent.caseId)
      return { ...before, refusal: refuse('actions-off'), withOffers: (after) => after }
    }
    const { offers, ...settled } = await responses.ask(context, intent, stamp)
    return {
      ...settled,
      withOffers: (after) => (after.responses ? { ...after, responses: { ...after.responses, offers } } : after),
    }
  },
})
