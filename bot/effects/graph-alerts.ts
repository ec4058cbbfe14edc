import { z } from 'zod'
import type { Case } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import { type Merge, type SourceEffect, type Standing, merge, sourceEffects } from '../../triage/write-back.js'
import type { Graph, GraphAnswer } from '../graph/client.js'
import { commentText, doesWords, markOf } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import type { Effect, Sent, Target } from './target.js'

type Parts = {
  readonly graph: Graph
  readonly taxonomy: Taxonomies['graph-alerts']
  readonly mode: 'dry-run' | 'on'
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  /** By which name someone signs in; null where that is not known. */
  readonly signInNameOf: (person: Person) => string | null
  readonly phrases: Phrases
}

/**
 * Alerts of Microsoft Defender, by Graph's `alerts_v2`: status, classification with determination, assignment, and a comment with the
 * because. What stands there is read first, so that nobody's newer word is overwritten, and nothing is written twice.
 */
export const openGraphAlerts = ({ graph, taxonomy, mode, since, signInNameOf, phrases }: Parts): Target => {
  const wanting = { target: name, isFor: ({ source }: SourceEffect['alert']) => source === 'graph', since }

  const wanted = (effect: SourceEffect, { guide }: Case) => ({
    status: effect.isOver ? ('resolved' as const) : ('in-progress' as const),
    words:
      effect.verdict !== null
        ? wordsFor(taxonomy, guide, effect.verdict)
        : effect.after === 'withdrawn'
          ? { classification: 'unknown', determination: 'unknown' }
          : null,
    assignedTo: effect.owner && signInNameOf(effect.owner),
  })

  const rehearsed = (effect: SourceEffect, state: Case): Sent => {
    const { status, words, assignedTo } = wanted(effect, state)
    const { comment } = effect
    const sent = {
      ...bodyOf({ status, words, assignedTo, isOverruled: false }),
      ...(comment && { comment: commentText(comment, effect, state.id, phrases) }),
    }
    return { state: 'dry-run', sent: JSON.stringify(sent) }
  }

  const send = async (effect: SourceEffect, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, comment, known } = effect
    const path = `/security/alerts_v2/${encodeURIComponent(alert.sourceAlertId)}`
    const read = await graph.ask({ method: 'GET', path, permission, signal })
    if (!read.ok) return afterGraphFailure(read.failure)
    const found = alertShape.safeParse(read.body).data
    if (!found) return { state: 'refused', why: 'invalid', detail: 'unreadable' }
    const there = standingOf(found)
    const todo = merge(wanted(effect, state), there, known)
    if (todo.isOverruled) return { state: 'kept', said: saidOf(alert.sourceAlertId, there, found) }
    let left: { readonly there: Standing; readonly found: Found } = { there, found }
    const body = bodyOf(todo)
    if (Object.keys(body).length > 0) {
      const written = await graph.ask({ method: 'PATCH', path, body, permission, signal })
      if (!written.ok) return afterGraphFailure(written.failure)
      left = afterPatch(written, left, todo)
    }
    const mark = comment && markOf(alert.caseId, comment.line)
    if (comment && mark !== null && !found.comments.some((one) => one.comment?.includes(mark))) {
      const text = commentText(comment, effect, state.id, phrases)
      const said = { '@odata.type': 'microsoft.graph.security.alertComment', comment: text }
      // Whether it arrived is read before it is said again.
      const added = await graph.ask({
        method: 'POST',
        path: `${path}/comments`,
        body: said,
        permission,
        repeatable: false,
        signal,
      })
      if (!added.ok) return afterGraphFailure(added.failure)
    }
    return {
      state: 'done',
      sent: JSON.stringify(body),
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

const text = z.string().nullish().catch(null)

const alertShape = z.object({
  status: text,
  classification: text,
  determination: text,
  assignedTo: text,
  lastUpdateDateTime: text,
  comments: z
    .array(z.object({ comment: text }))
    .nullish()
    .catch([])
    .transform((all) => all ?? []),
})

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
  changedAt: timeIn(found.lastUpdateDateTime),
})

const timeIn = (value: string | null | undefined): string | null => {
  const time = Date.parse(value ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Classification and determination go together with the status, or not at all. */
const bodyOf = ({ status, words, assignedTo }: Merge): Readonly<Record<string, string>> => ({
  ...(status !== null && { status: statuses[status] }),
  ...(words && { classification: words.classification || 'unknown', determination: words.determination || 'unknown' }),
  ...(assignedTo !== null && { assignedTo }),
})

const statuses = { new: 'new', 'in-progress': 'inProgress', resolved: 'resolved' } as const

/** How it stands after the change: as Graph answers, else as it was asked. */
const afterPatch = (
  answer: Extract<GraphAnswer, { readonly ok: true }>,
  before: { readonly there: Standing; readonly found: Found },
  { status, words, assignedTo }: Merge,
): { readonly there: Standing; readonly found: Found } => {
  const told = answer.body === null ? undefined : alertShape.safeParse(answer.body).data
  return {
    there: {
      status: status ?? before.there.status,
      classification: words ? words.classification : before.there.classification,
      determination: words ? words.determination : before.there.determination,
      assignedTo: assignedTo ?? before.there.assignedTo,
    },
    found: told?.lastUpdateDateTime ? told : before.found,
  }
}
