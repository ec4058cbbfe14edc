import type { Case } from './case.js'
import type { Event } from './event.js'
import type { ResponseAction } from './response-action.js'

type About<T> = Extract<Event, { readonly type: T }>

type ActionEvent = About<
  | 'action-asked'
  | 'action-approved'
  | 'action-declined'
  | 'action-expired'
  | 'action-carried-out'
  | 'action-rehearsed'
  | 'action-failed'
  | 'action-undone'
>

/** The response actions of a case after one more line about them. */
export const responsesAfter = (
  event: ActionEvent,
  { responses, line }: Pick<Case, 'responses' | 'line'>,
): readonly ResponseAction[] => {
  if (event.type === 'action-asked') return [...responses, asked(event, line)]
  const change = changeBy(event)
  return responses.map((one) => {
    if (one.line === event.asked) return { ...one, ...change(one), at: event.at }
    return event.type === 'action-undone' && one.line === event.undoes
      ? { ...one, state: 'undone' as const, at: event.at }
      : one
  })
}

const asked = (event: About<'action-asked'>, line: number): ResponseAction => ({
  line,
  step: event.step,
  do: event.do,
  operation: event.operation,
  target: event.target,
  reason: event.reason,
  askedBy: event.by,
  askedAt: event.at,
  until: event.until,
  isDryRun: event.dryRun === true,
  undoes: event.undoes ?? null,
  state: event.needs === 'approval' ? 'asked' : 'approved',
  approvedBy: null,
  at: event.at,
  carryOutUntil: event.until,
  why: null,
  detail: '',
  isPartly: false,
})

const changeBy = (
  event: Exclude<ActionEvent, { readonly type: 'action-asked' }>,
): ((one: ResponseAction) => Partial<ResponseAction>) => {
  switch (event.type) {
    case 'action-approved':
      return (one) => ({
        state: 'approved',
        approvedBy: event.by,
        carryOutUntil: later(event.at, Date.parse(one.until) - Date.parse(one.askedAt)),
      })
    case 'action-declined':
      return () => ({ state: 'declined', detail: event.reason })
    case 'action-expired':
      return () => ({ state: 'expired' })
    case 'action-rehearsed':
      return () => ({ state: 'rehearsed' })
    case 'action-failed':
      return () => ({ state: 'failed', why: event.why, detail: event.detail, isPartly: event.partly === true })
    case 'action-carried-out':
    case 'action-undone':
      return () => ({ state: 'carried-out' })
  }
}

/** As long after its approval as there was for it: an approval does not take effect hours later. */
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
