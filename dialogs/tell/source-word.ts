import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import type { VerdictClass } from '../../triage/guide.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { escapeUntrusted } from '../escape.js'
import { verdictName } from '../show/history.js'
import { bareStanding } from '../show/source-standing.js'
import type { Notice } from './handover.js'

/**
 * That the alert has changed on its source's side, for who has the case. Null when nobody has it: the card says it to all. Of a closed
 * case it is told only when the source classifies the alert otherwise than the verdict. What the source wrote stays on the card.
 */
export const describeSourceWord = (state: Case, phrases: Phrases): Notice | null => {
  const { owner, closed, recordedVerdict } = state
  const said = state.sourceSaid.at(-1)
  if (!owner || !said) return null
  const told = { id: owner.id, name: escapeUntrusted(owner.name, 60) }
  const names = {
    owner: told.name,
    source: say(phrases, `source.${said.source}`),
    code: state.id,
    standing: bareStanding(said, phrases) ?? say(phrases, 'said.otherwise'),
  }
  if (!closed) return { text: say(phrases, 'source-changed', names), mentions: [told] }
  if (!recordedVerdict || !differs(said, recordedVerdict.class)) return null
  const verdict = escapeUntrusted(verdictName(recordedVerdict.class, recordedVerdict.label), 120)
  return { text: say(phrases, 'source-differs', { ...names, verdict }), mentions: [told] }
}

/** True when a source's word is among these newest lines of a diary, and did not come with the alert itself. */
export const hasSourceWord = (diary: Diary, written: readonly Event[]): boolean => {
  if (!written.some(({ type }) => type === 'source-updated')) return false
  const line = diary.findLastIndex(({ type }) => type === 'source-updated')
  const before = diary[line - 1]
  return before?.type !== 'opened' || before.at !== diary[line]?.at
}

const differs = ({ classification }: SourceSaid, verdict: VerdictClass): boolean => {
  const means = classes.get(classification ?? '')
  return means !== undefined && verdict !== 'undetermined' && means !== verdict
}

const classes: ReadonlyMap<string, VerdictClass> = new Map([
  ['truePositive', 'TP'],
  ['falsePositive', 'FP'],
  ['informationalExpectedActivity', 'B-TP'],
  ['benignPositive', 'B-TP'],
])
