import type { FormName } from '../../dialogs/form.js'
import type { CaseIntent, FormIntent } from '../../dialogs/hear/intent.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import { openActions } from '../../triage/decide-verdict.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import { type Offer, targetKey, undoOf } from '../../triage/response-action.js'
import { ownersOnly } from '../../triage/rules.js'
import type { Desk } from '../cases/desk.js'
import { findCase } from '../cases/find-case.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Rights } from '../people/rights.js'
import { type Origin, stampOf } from './origin.js'
import type { Respond } from './respond.js'
import type { Result } from './result.js'
import { settleCommands } from './settle-commands.js'

/** Give someone a form to write in: what would be refused whatever they write is refused before they write it. */
export type OpenForm = (intent: FormIntent, origin: Origin) => Promise<Result>

type Parts = {
  readonly rights: Pick<Rights, 'refusedInCase' | 'refusedAnswer'>
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  readonly respond: Pick<Respond, 'withOffers'>
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** What is marked as done on the card beside the button is saved, as with any other press; only who may mark it does so. */
export const openOpenForm =
  ({ rights, desk, renderer, respond, now }: Parts): OpenForm =>
  async ({ caseId, form, commands }, origin) => {
    const found = await findCase(caseId, desk)
    const before = found && renderer.contextOf(found)
    const stamp = stampOf(origin, now())
    const tried = before && probe(form, before, stamp)
    const refusal =
      form === 'dates'
        ? await rights.refusedAnswer(origin, before)
        : await rights.refusedInCase(origin, tryingOf(form, caseId, tried), before)
    if (refusal) return { kind: 'refused', refusal, context: maySee(refusal) ? before : null }
    if (!before || !tried) return { kind: 'refused', refusal: refuse('no-case', { code: caseId }), context: null }
    const saved = commands.length > 0 ? await settleCommands(caseId, commands, desk) : null
    const context = (saved && renderer.contextOf(saved)) ?? before
    // Nobody but the owner has Graph asked.
    const early = form === 'act' ? ownersOnly(tried, context.state) : null
    if (early) return { kind: 'refused', refusal: early, context }
    const ready = form === 'act' ? await respond.withOffers(context, stamp.at) : context
    if (isRefusal(ready)) return { kind: 'refused', refusal: ready, context }
    // Whoever may not mark steps has marked none; the owner of an old card has.
    const late =
      saved?.refusal?.refusal === 'old-card' && context.state.owner?.id === origin.by.id ? saved.refusal : null
    const decision = decide(probe(form, ready, stamp), context.state, context.guide)
    return isRefusal(decision)
      ? { kind: 'refused', refusal: decision, context }
      : { kind: 'form', form, context: ready, refusal: late }
  }

/** Only analysts are refused for these reasons, and they may see the case. */
export const maySee = ({ refusal }: Refusal): boolean => refusal === 'leads-only' || refusal === 'about-you'

/** What has to be allowed to whoever fills the form in. */
const tryingOf = (form: FormName, caseId: string, tried: Command | null): CaseIntent =>
  form === 'allow'
    ? { kind: 'allow-manager', caseId, reason: '' }
    : { kind: 'commands', caseId, commands: tried ? [tried] : [] }

/** What the form would lead to if it were filled in well. */
const probe = (form: FormName, { state, guide, responses }: CaseContext, stamp: Stamp): Command => {
  const base = { ...stamp, caseId: state.id, line: null }
  const verdictWhere = (allowed: boolean): string =>
    evaluateVerdicts(guide, state.answers).find((one) => isAllowed(one) === allowed)?.verdict.id ?? ''
  switch (form) {
    case 'note':
      return { type: 'note', text: filled, ...base }
    case 'finding':
      return { type: 'note-finding', check: state.answers.at(-1)?.check ?? '', finding: filled, ...base }
    case 'decide':
      return { type: 'record-verdict', verdict: verdictWhere(true), reason: filled, ...base }
    case 'override':
      return { type: 'record-verdict', verdict: verdictWhere(false), reason: filled, ...base }
    case 'skip':
      return { type: 'skip', step: openActions(state, guide)[0] ?? '', reason: filled, ...base }
    case 'close':
      return { type: 'close', reason: filled, ...base }
    case 'reopen':
      return { type: 'reopen', reason: filled, ...base }
    case 'act': {
      const terms = { reason: filled, until: stamp.at, dryRun: true }
      const done = state.responses.find(undoOf)
      const offer = responses?.offers?.find(({ isProtected }) => !isProtected) ?? responses?.offers?.[0]
      if (!offer && done) return { type: 'undo-action', asked: done.line, isProtected: false, ...terms, ...base }
      return { type: 'ask-action', ...(offer ?? noOffer), ...terms, ...base }
    }
    case 'approve': {
      const asked = state.responses.find((one) => one.state === 'asked')
      const about = { asked: asked?.line ?? 0, target: asked ? targetKey(asked.target) : '' }
      // Who asked may still take it back there.
      return asked?.askedBy.id === stamp.by.id
        ? { type: 'decline-action', reason: filled, ...about, ...base }
        : { type: 'approve-action', ...about, ...base }
    }
    case 'allow': {
      const { doubted, confirmation } = state
      const manager = doubted?.manager ?? confirmation?.manager ?? { id: '', name: '' }
      const despite = doubted?.doubts ?? confirmation?.doubts ?? []
      return { type: 'allow-verifier', manager, despite, reason: filled, ...base }
    }
    case 'dates': {
      const asked = state.confirmation?.line ?? 0
      return { type: 'answer-confirmation', asked, answer: 'yes', from: null, to: null, note: filled, ...base }
    }
  }
}

/** Where nothing is on offer, that is what is said. */
const noOffer: Offer = {
  step: '',
  operation: 'revoke-sessions',
  target: { kind: 'user', id: '', name: '', also: '' },
  isProtected: false,
}

const filled = '…'
