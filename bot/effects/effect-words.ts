import { type Phrases, say } from '../../triage/phrases.js'
import type { SourceComment, SourceEffect } from '../../triage/write-back.js'

/** What a source is told, in a few words: "closed as FP". */
export const doesWords = ({ after, verdict, isOver }: SourceEffect, phrases: Phrases): string => {
  const words = { class: verdict?.class ?? '' }
  if (after === 'reopened') return say(phrases, 'effect.does.reopened')
  if (isOver) return say(phrases, verdict ? 'effect.does.closed-as' : 'effect.does.closed', words)
  if (after === 'released') return say(phrases, 'effect.does.released')
  if (verdict && after !== 'taken') return say(phrases, 'effect.does.classified', words)
  return say(phrases, after === 'withdrawn' ? 'effect.does.withdrawn' : 'effect.does.taken')
}

/** A comment beside an alert: what was said, by whom, in which case. Its mark, which ends it, is in no other comment. */
export const commentText = (
  { kind, text, by, line }: SourceComment,
  { verdict, alert }: Pick<SourceEffect, 'verdict' | 'alert'>,
  caseId: string,
  phrases: Phrases,
): string => {
  const mark = markOf(alert.caseId, line)
  const words = { by: by.name, code: caseId, class: verdict?.class ?? '', label: verdict?.label ?? '' }
  const head = say(phrases, `effect.comment.${kind}`, words)
  const room = longestComment - head.length - mark.length - 3
  return `${head} ${text.length > room ? `${text.slice(0, room - 1)}…` : text} ${mark}`.replace(/\s+/gu, ' ')
}

/** What a comment of Winnow's ends with, so that it is not made twice. */
export const markOf = (code: string, line: number): string => `[Winnow ${code}/${line}]`

/** As long as the shortest field that takes it. */
const longestComment = 1000
