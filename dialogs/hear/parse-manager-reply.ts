import { type ManagerAnswer, managerAnswers } from '../../triage/event.js'
import { asCode, codePattern } from '../../triage/case-code.js'
import type { ConfirmationIntent } from './intent.js'

/**
 * Read what a manager writes instead of pressing a button: `yes`, `no`, `not sure` or `not my report`, then what they want to
 * add; null when it is none of these. A case's code comes first, or alone after the answer.
 *
 * `understood` puts an answer in another language into these words. What could mean something else ("no idea", "yes?", "yes and no") is not taken as an answer, because others act on it.
 */
export const parseManagerReply = (
  said: string,
  understood: (text: string) => string = (text) => text,
): ConfirmationIntent | null => {
  const text = understood(said.slice(0, longest).trim())
  const [, code = null, words = text] = inFront.exec(text) ?? []
  const [, , spoken = '', rest = ''] = spokenAnswer.exec(words) ?? []
  const answer = answerOf(spoken)
  if (!answer || !isApart(rest, answer)) return null
  const added = rest.replace(/^["'”’»]*[\s.,;:!…–—-]*/u, '')
  if (/^[^.!?？]*[?？]/.test(added) || isTorn(added, answer, understood)) return null
  const [, alone = null] = code === null ? (codeAlone.exec(added) ?? []) : []
  // An answer that names a case in passing may be meant for that one or for the one that waits.
  if (code === null && alone === null && codeAnywhere.test(added)) return null
  const named = code ?? alone
  const caseId = named && asCode(named)
  return { kind: 'answer-confirmation', caseId, asked: null, answer, ...(alone === null ? journey(added) : nothing) }
}

const longest = 4500
const inFront = new RegExp(`^(?:case\\s+)?(${codePattern})[\\s:,]+(.*)$`, 'isu')
const codeAlone = new RegExp(`^(?:(?:for|to|about)\\s+)?(?:case\\s+)?(${codePattern})[\\s.!]*$`, 'iu')
const codeAnywhere = new RegExp(`(?<![\\p{L}\\p{N}])${codePattern}(?![\\p{L}\\p{N}])`, 'iu')
const spokenAnswer =
  /^[\s\p{Cf}\p{Pi}"']*((?:i['’]?m|i\s+am)\s+(?=not[\s-]+sure))?(yes|no|not[\s-]+sure|not[\s-]+my[\s-]+report)(?![\p{L}\p{M}\p{N}_])(.*)$/isu

const answers: ReadonlyMap<string, ManagerAnswer> = new Map(managerAnswers.map((answer) => [answer, answer]))
const answerOf = (spoken: string): ManagerAnswer | undefined =>
  answers.get(spoken.toLowerCase().replace(/[\s-]+/g, '-'))

/** True when the answer ends where it seems to: "no-one", "no idea" and "no problem" are no answers. */
const isApart = (rest: string, answer: ManagerAnswer): boolean => {
  if (/^(?:['’-][\p{L}\p{N}]|[/\\@])/u.test(rest)) return false
  const [, word = null] = /^\s+([\p{L}\p{N}]+)/u.exec(rest) ?? []
  return word === null || answer !== 'no' || sentenceStarts.has(word.toLowerCase()) || codeOrDay.test(rest)
}

/** Words that begin a sentence of its own after a "no" without a comma. */
const sentenceStarts = new Set(
  [
    'he she they it that this i we you not the his her their my our from case',
    'hij zij ze het dat dit ik wij we jij je niet de zijn haar hun mijn ons onze van zaak',
    'han hon de det den detta jag vi du inte hans hennes deras min vår från ärende',
  ].flatMap((words) => words.split(' ')),
)
const codeOrDay = new RegExp(
  `^\\s+(?:(?:for|to|about)\\s+(?:case\\s+)?${codePattern}|${codePattern}|\\d{4}-\\d{2}-\\d{2})(?![\\p{L}\\p{N}])`,
  'iu',
)

/** True when another answer follows at once ("yes and no", "no, not sure"), or a "no" that is none ("No, no problem"). */
const isTorn = (added: string, answer: ManagerAnswer, understood: (text: string) => string): boolean => {
  // "Nee, geen probleem" is no more an answer than "No, no problem".
  if (answer === 'no' && /^(?:geen|ingen|inget|inga)(?![\p{L}\p{M}])/iu.test(added)) return true
  const [, , spoken = '', rest = ''] = spokenAnswer.exec(understood(added.replace(joined, ''))) ?? []
  const other = answerOf(spoken)
  if (other === undefined) return false
  return other === answer ? answer === 'no' && !isApart(rest, other) : isApart(rest, other)
}

const joined = /^(?:and|or|but|en|of|maar|och|eller|men)(?![\p{L}\p{M}])[\s,]*/iu

const nothing = { from: null, to: null, note: '' }

/** The journey's days when exactly two are named, as a span. What is more than that stays a note, whole. */
const journey = (added: string): Pick<ConfirmationIntent, 'from' | 'to' | 'note'> => {
  const [, from = null, to = null] = (added.match(day) ?? []).length === 2 ? (span.exec(added) ?? []) : []
  const beside = from === null ? added : added.replace(span, '').replace(/^from\b/i, '')
  return { from, to, note: /[\p{L}\p{N}]/u.test(beside) ? added : '' }
}

const day = /\d{4}-\d{2}-\d{2}/g
const span = /(?<![\d-])(\d{4}-\d{2}-\d{2})(?:\s{1,9}(?:to|until|till|-|–|—)\s{1,9}|[–—])(\d{4}-\d{2}-\d{2})(?![\d-])/iu
