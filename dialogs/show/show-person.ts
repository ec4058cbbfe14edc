import { type Case, stageOf } from '../../triage/case.js'
import { say } from '../../triage/phrases.js'
import { walk } from '../../triage/next-checks.js'
import { head } from './header.js'
import type { Seen } from '../case-context.js'
import { found } from './show-parts.js'
import { showChannel } from './show.js'
import { verdictName } from './history.js'
import type { View } from './view.js'

/** The card as that analyst sees it: the working card for who has the case, for others who has it and how far they are. */
export const showPerson = (seen: Seen, personId: string, notice = ''): View => {
  const isOthers = hasOwnersView(seen.state) && seen.state.owner?.id !== personId
  return isOthers ? showProgress(seen, notice) : showChannel(seen, notice)
}

/** True when the owner of such a case sees something else than everybody else. */
export const hasOwnersView = (state: Case): boolean => stageOf(state) === 'work' || stageOf(state) === 'judged'

const showProgress = (seen: Seen, notice: string): View => {
  const soFar = found(seen)
  return { card: 'progress', data: { ...head(seen, notice), stand: stand(seen), soFar, hasSoFar: soFar.length > 0 } }
}

const stand = ({ state, playbook, phrases }: Seen): string => {
  const { judgement, answers } = state
  if (judgement) return say(phrases, 'stand.judged', { verdict: verdictName(judgement.class, judgement.label) })
  const { next, ahead } = walk(playbook, answers)
  if (!next) return say(phrases, 'stand.verdict')
  const [step, of] = [answers.length + 1, answers.length + ahead.length]
  return say(phrases, 'stand.work', { step: String(step), of: String(of), ask: next.ask })
}
