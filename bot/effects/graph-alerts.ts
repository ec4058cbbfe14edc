import { z } from 'zod'
import type { Case } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { say } from '../../triage/phrases.js'
import {
  type Merge,
  type SourceEffect,
  type Standing,
  type Wanted,
  merge,
  sourceEffects,
} from '../../triage/write-back.js'
import type { GraphAnswer } from '../graph/client.js'
import {
  type DefenderParts,
  addComment,
  assignmentOf,
  changedAt,
  commentOf,
  defenderFields,
  defenderWords,
  staysSo,
  word,
  ownIn,
  standingAfter,
  wordsBody,
} from './defender.js'
import { doesWords } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import { another, isAnother } from './same-alert.js'
import type { Effect, Sent, Target } from './target.js'

/**
 * Alerts of Microsoft Defender, by Graph's `alerts_v2`: status, classification with determination, assignment, and a comment with the
 * because. What stands there is read first, so that nobody's newer word is overwritten, and nothing is written twice.
 */
export const openGraphAlerts = (parts: DefenderParts): Target => {
  const { graph, taxonomy, mode, since, signInNameOf, phrases } = parts
  const wanting = { target: name, isFor: ({ source }: SourceEffect['alert']) => source === 'graph', since }

  const wanted = (effect: SourceEffect, { guide }: Case, there: Standing['status']): Wanted => ({
    status: effect.isOver ? 'resolved' : staysSo(effect, there) ? there : 'in-progress',
    words: defenderWords(taxonomy, effect, guide),
    assignedTo: assignmentOf(effect, signInNameOf),
  })

  const rehearsed = (effect: SourceEffect, state: Case): Sent => {
    const isReleased = effect.after === 'released'
    const { status, words, assignedTo } = wanted(effect, state, 'in-progress')
    const comment = commentOf(effect, state.id, phrases)
    const sent = {
      ...bodyOf({ status: isReleased ? null : status, words, assignedTo, isOverruled: false }),
      ...(comment !== null && { comment }),
    }
    return { state: 'dry-run', sent: JSON.stringify(sent) }
  }

  const send = async (effect: SourceEffect, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, known } = effect
    const path = `/security/alerts_v2/${encodeURIComponent(alert.sourceAlertId)}`
    const read = await graph.ask({ method: 'GET', path, permission, signal })
    if (!read.ok) return afterGraphFailure(read.failure)
    const found = alertShape.safeParse(read.body).data
    if (!found) return { state: 'refused', why: 'invalid', detail: 'unreadable' }
    if (isAnother(found.id, alert.sourceAlertId)) return another
    const there = standingOf(found)
    const todo = merge(wanted(effect, state, there.status), there, known, ownIn(effect, state.guide, parts))
    if (todo.isOverruled) return { state: 'kept', said: saidOf(alert.sourceAlertId, there, found) }
    let left: { readonly there: Standing; readonly found: Found } = { there, found }
    const body = bodyOf(todo)
    if (Object.keys(body).length > 0) {
      const written = await graph.ask({ method: 'PATCH', path, body, permission, fresh: true, signal })
      if (!written.ok) return afterGraphFailure(written.failure)
      left = afterPatch(written, left, todo)
    }
    const added = await addComment({ graph, phrases }, effect, state.id, found.comments, { path, permission, signal })
    if (added?.ok === false) return afterGraphFailure(added.failure)
    const isNothing = effect.after === 'released' && Object.keys(body).length === 0
    return {
      state: 'done',
      sent: JSON.stringify(body),
      ...(isNothing && { does: say(phrases, 'effect.does.nothing') }),
      wrote: saidOf(alert.sourceAlertId, left.there, left.found),
      ...(left.there.status === 'resolved' && { marks: 'close-alert' }),
    }
  }

  return {
    name,
    effects: ({ state, diary }: { readonly state: Case; readonly diary: Diary }): readonly Effect[] =>
      sourceEffects(diary, wanting).map((effect) => ({
        effect: effect.effect,
        does: doesWords(effect, phrases),
        send: async (signal) => (mode === 'dry-run' ? rehearsed(effect, state) : send(effect, state, signal)),
      })),
  }
}

const name = 'graph'
const permission = 'SecurityAlert.ReadWrite.All'

const alertShape = z.object({ ...defenderFields, id: word })

type Found = z.infer<typeof alertShape>

const standingOf = ({ status, classification, determination, assignedTo }: Found): Standing => ({
  status: status === 'resolved' ? 'resolved' : status === 'inProgress' ? 'in-progress' : 'new',
  classification: set(classification),
  determination: set(determination),
  assignedTo: assignedTo ?? '',
})

const set = (word: string | null | undefined): string => (!word || word === 'unknown' ? '' : word)

const saidOf = (sourceAlertId: string, standing: Standing, found: Found): SourceSaid => ({
  source: 'graph',
  sourceAlertId,
  ...standing,
  changedBy: null,
  changedAt: changedAt(found.lastUpdateDateTime),
})

/** Classification and determination go together with the status, or not at all. */
const bodyOf = (todo: Merge): Readonly<Record<string, string | null>> => ({
  ...(todo.status !== null && { status: statuses[todo.status] }),
  ...wordsBody(todo),
})

const statuses = { new: 'new', 'in-progress': 'inProgress', resolved: 'resolved' } as const

/** How it stands after the change: as Graph answers, else as it was asked. */
const afterPatch = (
  answer: Extract<GraphAnswer, { readonly ok: true }>,
  before: { readonly there: Standing; readonly found: Found },
  todo: Merge,
): { readonly there: Standing; readonly found: Found } => {
  const told = answer.body === null ? undefined : alertShape.safeParse(answer.body).data
  return {
    there: standingAfter(before.there, todo),
    found: told?.lastUpdateDateTime ? told : before.found,
  }
}
