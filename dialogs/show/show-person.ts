import { type Case, stageOf } from '../../triage/case.js'
import { say } from '../../triage/phrases.js'
import { nextOf } from '../../triage/next-checks.js'
import { fit } from './fit.js'
import { header } from './header.js'
import type { CaseContext } from '../case-context.js'
import { found, managerPart } from './show-parts.js'
import { showChannel } from './show.js'
import { verdictName } from './history.js'
import type { View } from './view.js'

/** The card as that analyst sees it: the working card for who has the case, for others who has it and how far they are. */
export const showPerson = (context: CaseContext, personId: string, notice = ''): View => {
  const isOthers = hasOwnersView(context.state) && context.state.owner?.id !== personId
  return isOthers ? fit(showProgress(context, notice), context.phrases) : showChannel(context, notice)
}

/** True when the owner of such a case sees something else than everybody else. */
export const hasOwnersView = (state: Case): boolean => stageOf(state) === 'work' || stageOf(state) === 'judged'

const showProgress = (context: CaseContext, notice: string): View => {
  const soFar = found(context)
  const { state, canAllow } = managerPart(context, false)
  return {
    card: 'progress',
    data: {
      status: status(context),
      manager: { state, canAllow },
      soFar,
      hasSoFar: soFar.length > 0,
      ...header(context, notice),
    },
  }
}

const status = ({ state, guide, phrases }: CaseContext): string => {
  const { recordedVerdict } = state
  if (recordedVerdict)
    return say(phrases, 'status.judged', { verdict: verdictName(recordedVerdict.class, recordedVerdict.label) })
  const { next, step, of } = nextOf(state, guide)
  if (!next) return say(phrases, 'status.verdict')
  return say(phrases, 'status.work', { step: String(step), of: String(of), ask: next.ask })
}
