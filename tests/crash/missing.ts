import { chatSurface } from '../../triage/case.js'
import { type Diary, type Event, isNews } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Clicked, Ledger } from './ledger.js'

/** What was acknowledged and is not there as it must be, a sentence each. */
export const missingFrom = (diaries: ReadonlyMap<string, Diary>, ledger: Ledger): readonly string[] => [
  ...missingAlerts(diaries, ledger),
  ...ledger.clicks
    .filter((click) => !isThere(click, diaries.get(caseIdOf(click)) ?? []))
    .map((click) => `case ${caseIdOf(click)}: ${told(click)} was acknowledged and is not there`),
]

/** What an earlier look saw and a later one does not see any more: diaries only grow. */
export const forgotten = (before: ReadonlyMap<string, Diary>, now: ReadonlyMap<string, Diary>): readonly string[] =>
  [...before]
    .filter(([id, diary]) => JSON.stringify(now.get(id)?.slice(0, diary.length)) !== JSON.stringify(diary))
    .map(([id]) => `case ${id}: lines that stood there have changed or are gone`)

/** Each alert has its own case, once, and no case is of nobody. */
const missingAlerts = (diaries: ReadonlyMap<string, Diary>, { alerts }: Ledger): readonly string[] => {
  const problems: string[] = []
  const cases = new Map<string, string>()
  for (const [caseId, [first]] of diaries) {
    const id = first?.type === 'opened' && first.caseId === caseId ? first.alert.sourceAlertId : ''
    if (!alerts.has(id)) problems.push(`case ${caseId}: nobody sent its alert "${id}"`)
    if (cases.has(id)) problems.push(`alert ${id} has two cases, ${cases.get(id)} and ${caseId}`)
    cases.set(id, caseId)
  }
  for (const [id, caseId] of alerts) {
    if (caseId !== null && cases.get(id) !== caseId)
      problems.push(`alert ${id} was acknowledged as ${caseId} and is not there`)
  }
  return problems
}

const isThere = ({ verb, data, by, from, to }: Clicked, diary: Diary): boolean => {
  if (verb === 'chat') return diary.some((event) => 'surface' in event && event.surface === chatSurface(by.aadObjectId))
  if (to === null) return diary.some((event) => event.type === 'manager-answered' && event.note === data['note'])
  const written = diary.slice(from + 1, to + 1).filter(isNews)
  const isTheirs = written.length > 0 && written.every((event) => event.by.id === by.aadObjectId)
  const last = diary[to]
  if (!isTheirs || last === undefined || !isNews(last)) return false
  if (verb === 'tick' || verb === 'tune') return isTicked(diary.slice(0, to + 1), from, data)
  return written.some((event) => event.type === writes[verb] && says(event, verb, data))
}

/** The event that each button's press leads to. */
const writes: Readonly<Record<string, Event['type']>> = {
  claim: 'claimed',
  release: 'released',
  'take-over': 'handed-over',
  answer: 'answered',
  back: 'answer-withdrawn',
  judge: 'judged',
  'judge-against': 'judged',
  reconsider: 'judgement-withdrawn',
  skip: 'skipped',
  note: 'noted',
  close: 'closed',
  reopen: 'reopened',
  'ask-manager': 'manager-asked',
}

const says = (event: Event, verb: string, data: Clicked['data']): boolean => {
  switch (event.type) {
    case 'answered':
      return event.check === data['check'] && event.option === data['option']
    case 'judged':
      return event.verdict === data[verb === 'judge' ? 'verdict' : 'otherVerdict']
    case 'skipped':
      return verb === 'close' || event.step === data['skipStep']
    case 'noted':
      return event.text === data['noteText']
    case 'reopened':
      return event.reason === data['reopenReason']
    default:
      return true
  }
}

/** What was named is done, and what the click undid was not named; steps of a former verdict stay as they were. */
const isTicked = (diary: Diary, from: number, { actions, moreActions, scope, tuning }: Clicked['data']): boolean => {
  const wanted = [actions, moreActions, scope, tuning].flatMap((steps) =>
    typeof steps === 'string' ? steps.split(',') : [],
  )
  const stepStates = replay(diary)?.stepStates ?? {}
  return (
    wanted.every((step) => step === '' || stepStates[step]?.state === 'done') &&
    diary.slice(from + 1).every((event) => event.type !== 'undone' || !wanted.includes(event.step))
  )
}

const caseIdOf = ({ data }: Clicked): string => String(data['caseId'])

const told = ({ verb, by, from, to }: Clicked): string => `${verb} by ${by.name} (line ${from} to ${to ?? 'unknown'})`
