import type { StoredCase } from '../../store/store.js'
import { chatCard } from '../../triage/card.js'
import type { Diary, Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Clicked, Ledger } from './ledger.js'

/** What was acknowledged and is not there as it must be, a sentence each. */
export const missingFrom = (cases: ReadonlyMap<string, StoredCase>, ledger: Ledger): readonly string[] => [
  ...missingAlerts(cases, ledger),
  ...ledger.clicks
    .filter((click) => !isThere(click, cases.get(caseIdOf(click)) ?? nothing))
    .map((click) => `case ${caseIdOf(click)}: ${told(click)} was acknowledged and is not there`),
]

/** What an earlier look saw and a later one does not see any more: diaries, here as JSON, only grow. */
export const forgotten = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] =>
  [...before]
    .filter(([id, diary]) => now.get(id) !== diary && !now.get(id)?.startsWith(`${diary.slice(0, -1)},`))
    .map(([id]) => `case ${id}: lines that stood there have changed or are gone`)

/** Each alert has its own case, once, and no case is of nobody. */
const missingAlerts = (stored: ReadonlyMap<string, StoredCase>, { alerts }: Ledger): readonly string[] => {
  const problems: string[] = []
  const cases = new Map<string, string>()
  for (const [
    caseId,
    {
      diary: [first],
    },
  ] of stored) {
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

const nothing: StoredCase = { version: 0, diary: [], cards: {} }

/** Between the line that was seen and the one that was shown others may have written too: theirs must be among those lines. */
const isThere = ({ verb, data, by, from, to }: Clicked, { diary, cards }: StoredCase): boolean => {
  if (verb === 'chat') return Object.hasOwn(cards, chatCard(by.aadObjectId))
  // A card has no place for a note: dates and words are in a form of their own.
  if (to === null) {
    const isTheirs = (event: Event) => event.by.id === by.aadObjectId && event.type === 'manager-answered'
    const asked = Number(data['line'])
    return diary.some((event, line) => line > asked && isTheirs(event) && says(event, verb, data))
  }
  if (diary[to] === undefined) return false
  if (verb === 'tick' || verb === 'tune' || verb === 'urgent') return isTicked(diary.slice(0, to + 1), from, data)
  return diary
    .slice(from + 1, to + 1)
    .some(
      (event) =>
        event.by.id === by.aadObjectId &&
        [writes[verb], alsoWrites[verb]].includes(event.type) &&
        says(event, verb, data),
    )
}

/** The event that each button's press leads to. */
const writes: Readonly<Record<string, Event['type']>> = {
  claim: 'claimed',
  // Takes the case and answers its first check.
  start: 'answered',
  release: 'released',
  'take-over': 'handed-over',
  answer: 'answered',
  finding: 'finding-noted',
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

/** What it may lead to instead: the same answer again, with what was seen, is that alone. */
const alsoWrites: Readonly<Record<string, Event['type']>> = { answer: 'finding-noted' }

const says = (event: Event, verb: string, data: Clicked['data']): boolean => {
  switch (event.type) {
    case 'manager-answered':
      return event.answer === data['answer']
    case 'answered':
      return event.check === data['check'] && event.option === data['option']
    case 'finding-noted':
      return event.finding === data[verb === 'answer' ? 'finding' : 'findingText']
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
const isTicked = (diary: Diary, from: number, data: Clicked['data']): boolean => {
  const kinds = ['urgent', 'moreUrgent', 'actions', 'moreActions', 'scope', 'moreScope', 'tuning']
  const wanted = kinds.map((kind) => data[kind]).flatMap((steps) => (typeof steps === 'string' ? steps.split(',') : []))
  const stepStates = replay(diary)?.stepStates ?? {}
  return (
    wanted.every((step) => step === '' || stepStates[step]?.state === 'done') &&
    diary.slice(from + 1).every((event) => event.type !== 'undone' || !wanted.includes(event.step))
  )
}

const caseIdOf = ({ data }: Clicked): string => String(data['caseId'])

const told = ({ verb, by, from, to }: Clicked): string => `${verb} by ${by.name} (line ${from} to ${to ?? 'unknown'})`
