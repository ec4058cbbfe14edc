import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import { evolve } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'

/** What is wrong with a diary in itself, a sentence each: a line that cannot follow the ones before it, or an effect twice. */
export const flawsOf = (diary: Diary): readonly string[] => {
  let state: Case | null = null
  const flaws: string[] = []
  diary.forEach((event, line) => {
    if (!follows(state, event)) flaws.push(`line ${line}, ${event.type}, cannot follow the lines before it`)
    state = evolve(state, event)
  })
  return [...flaws, ...doublesIn(diary)]
}

const follows = (state: Case | null, event: Event): boolean => {
  if (state === null || event.type === 'opened') return state === null && event.type === 'opened'
  const isOwner = state.owner?.id === event.by.id && state.closed === null
  switch (event.type) {
    case 'claimed':
      return state.owner === null && state.closed === null
    case 'released':
      return isOwner
    case 'handed-over':
      return state.owner?.id !== event.to.id && state.closed === null
    case 'answered':
      return isOwner && !state.recordedVerdict && !state.answers.some((one) => same(one, event))
    case 'answer-withdrawn':
      return isOwner && !state.recordedVerdict && state.answers.some(({ check }) => check === event.check)
    case 'judged':
      return isOwner && state.recordedVerdict === null
    case 'judgement-withdrawn':
      return isOwner && state.recordedVerdict !== null
    case 'done':
      return isOwner && state.stepStates[event.step]?.state !== 'done'
    case 'undone':
      return isOwner && state.stepStates[event.step]?.state === 'done'
    case 'skipped':
      return isOwner && state.stepStates[event.step] === undefined
    case 'manager-asked':
      return isOwner && state.confirmation?.state !== 'asked'
    case 'manager-answered':
      return (
        state.confirmation?.manager.id === event.by.id &&
        // What was answered may be corrected after the end.
        (state.closed === null || state.confirmation.state === 'answered') &&
        // The same answer a second time changes nothing, and is not written.
        (state.confirmation.answer !== event.answer || state.confirmation.note !== event.note)
      )
    case 'related-opened':
      return state.closed === null && !state.related.some(({ caseId }) => caseId === event.other.caseId)
    case 'closed':
      return isOwner && state.recordedVerdict !== null
    case 'reopened':
      return state.closed !== null
    default:
      return true
  }
}

const same = (one: { check: string; option: string }, other: { check: string; option: string }): boolean =>
  one.check === other.check && one.option === other.option

/** A note that stands there twice: nobody here writes the same twice. */
const doublesIn = (diary: Diary): readonly string[] => {
  const notes = diary.flatMap((event) => (event.type === 'noted' && event.by.id !== winnow.id ? [event.text] : []))
  return notes
    .filter((text, index) => notes.indexOf(text) < index)
    .map((text) => `the note "${text}" stands there twice`)
}
