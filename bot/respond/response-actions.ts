import type { CaseContext } from '../../dialogs/case-context.js'
import type { ActionChoice, CaseIntent } from '../../dialogs/hear/intent.js'
import type { Case } from '../../triage/case.js'
import type { ActionTerms, Command } from '../../triage/command.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import { type Offer, responseAt, targetKey } from '../../triage/response-action.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import { inWords } from '../graph/failure.js'
import type { ResponseGraph } from '../graph/response-graph.js'
import { openFindOffers } from './find-offers.js'
import type { Protection } from './protection.js'

/** What people want Winnow to do itself. */
export type ResponseActions = {
  /** What could be done in a case at that time, for the form; a refusal where that can't be told. */
  readonly offers: (context: CaseContext, at: string) => Promise<readonly Offer[] | Refusal>
  /** Ask for what was chosen, to the target as the directory knows it now. `offers`: what is to be chosen from when it is refused. */
  readonly ask: (
    context: CaseContext,
    intent: Extract<CaseIntent, { readonly kind: 'ask-action' }>,
    stamp: Stamp,
  ) => Promise<CommandResult & { readonly offers: readonly Offer[] }>
}

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly graph: ResponseGraph
  readonly protection: Protection
  readonly mode: 'dry-run' | 'on'
  /** How long a second person has to approve, in minutes, and Winnow then to carry it out. */
  readonly approvalMinutes: number
}

/** Look targets up in this Graph, and have the desk write what is asked for. */
export const openResponseActions = (parts: Parts): ResponseActions => {
  const { desk, graph, protection, mode, approvalMinutes } = parts
  const findOffers = openFindOffers({ graph, protection })
  const terms = (reason: string, at: string): Omit<ActionTerms, 'isProtected'> => ({
    reason,
    until: new Date(Date.parse(at) + approvalMinutes * 60_000).toISOString(),
    dryRun: mode === 'dry-run',
  })

  /** The target of what is taken back is the one that was recorded; whether it is protected is looked up anew. */
  const undo = async (state: Case, line: number): Promise<Pick<UndoAction, 'asked' | 'isProtected'> | Refusal> => {
    const done = responseAt(state, line)
    if (!done) return refuse('no-undo')
    const { kind, id } = done.target.mailbox ?? done.target
    const signal = AbortSignal.timeout(8000)
    const looked = await (kind === 'app' ? graph.app(id, signal) : graph.user(id, signal))
    if (!looked.ok) return refuse('graph-silent', { why: inWords(looked.failure) })
    const standings = looked.found.map(protection)
    return standings.includes('unsure')
      ? refuse('no-register')
      : { asked: line, isProtected: standings.includes('protected') }
  }

  return {
    offers: ({ state, guide }, at) => findOffers(state, guide, at),
    ask: async ({ state, guide }, { caseId, line, choice, reason }, stamp) => {
      const found = await findOffers(state, guide, stamp.at)
      const offers = isRefusal(found) ? [] : found
      const refused = async (refusal: Refusal) => ({ ...(await desk.look(caseId)), refusal, offers })
      const base = { caseId, line, ...terms(reason, stamp.at), ...stamp }
      if (choice !== null && 'undo' in choice) {
        const known = await undo(state, choice.undo)
        if (isRefusal(known)) return refused(known)
        return { ...(await desk.settle(caseId, [{ type: 'undo-action', ...known, ...base }])), offers }
      }
      if (isRefusal(found)) return refused(found)
      const offer = choice && chosen(choice, offers)
      if (!offer) return refused(refuse('no-target'))
      return { ...(await desk.settle(caseId, [{ type: 'ask-action', ...offer, ...base }])), offers }
    },
  }
}

type UndoAction = Extract<Command, { readonly type: 'undo-action' }>

/** Only what is on offer can be chosen: the server looks up the target, whatever the form says. */
const chosen = (
  choice: Exclude<ActionChoice, { readonly undo: number }>,
  offers: readonly Offer[],
): Offer | undefined =>
  offers.find(
    ({ step, operation, target }) =>
      step === choice.step && operation === choice.operation && targetKey(target) === choice.target,
  )
