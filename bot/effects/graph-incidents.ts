import { z } from 'zod'
import type { Case } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type SourceSaid, incidentId } from '../../triage/source-said.js'
import { type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import {
  type Merge,
  type SourceEffect,
  type Standing,
  type Wanted,
  merge,
  sourceEffects,
} from '../../triage/write-back.js'
import type { Graph } from '../graph/client.js'
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
 * Incidents of Microsoft Defender, by Graph's `security/incidents`, for alerts whose incident is known: status, classification with
 * determination, assignment, and a comment with the because. An incident of several alerts only gets the comment: one case does not
 * decide it. Graph documents no ETag for incidents, so what stands there is read right before it is written.
 */
export const openGraphIncidents = ({ graph, taxonomy, mode, since, signInNameOf, phrases }: Parts): Target => {
  const wanting = {
    target: name,
    isFor: (alert: SourceEffect['alert']) => alert.source === 'graph' && numberOf(alert) !== null,
    since,
    idOf: toldAs,
  }

  /** A change of an incident can only make it active or resolved: one that is open stays as it is. */
  const wanted = (effect: SourceEffect, { guide }: Case, there: Standing['status']): Wanted => ({
    status: effect.isOver ? 'resolved' : there === 'resolved' ? 'new' : there,
    words:
      effect.verdict !== null
        ? wordsFor(taxonomy, guide, effect.verdict)
        : effect.after === 'withdrawn'
          ? { classification: 'unknown', determination: 'unknown' }
          : null,
    assignedTo: effect.owner && signInNameOf(effect.owner),
  })

  const rehearsed = (effect: SourceEffect, state: Case): Sent => {
    const { comment } = effect
    const sent = {
      ...bodyOf({ ...wanted(effect, state, 'new'), isOverruled: false }),
      ...(comment && { comment: commentText(comment, effect, state.id, phrases) }),
    }
    return { state: 'dry-run', sent: JSON.stringify(sent) }
  }

  /** The incident itself, or the one that it was merged into. */
  const read = async (
    number: string,
    signal: AbortSignal,
  ): Promise<Sent | { readonly path: string; readonly found: Found }> => {
    let next = number
    for (let hops = 0; hops < mostHops; hops += 1) {
      const path = `/security/incidents/${next}`
      const answer = await graph.ask({ method: 'GET', path, query: { $expand: 'alerts' }, permission, signal })
      if (!answer.ok) return afterGraphFailure(answer.failure)
      const found = incidentShape.safeParse(answer.body).data
      if (!found) return { state: 'refused', why: 'invalid', detail: 'unreadable' }
      const to = found.redirectIncidentId ?? ''
      if (!isNumber(to)) return { path, found }
      next = to
    }
    return { state: 'refused', why: 'invalid', detail: 'redirected' }
  }

  const send = async (effect: SourceEffect, number: string, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, comment, known } = effect
    const at = await read(number, signal)
    if (!('path' in at)) return at
    const { path, found } = at
    const isIn = found.alerts?.some(({ id }) => id === alert.sourceAlertId) ?? true
    // It was moved into another incident, and this one is no concern of the case.
    if (!isIn) return { state: 'refused', why: 'not-found' }
    const isAlone = found.alerts?.length === 1
    const there = standingOf(found)
    const todo = isAlone ? merge(wanted(effect, state, there.status), there, known) : untouched
    if (todo.isOverruled) return { state: 'kept', said: saidOf(alert, there, found) }
    const body = bodyOf(todo)
    if (Object.keys(body).length > 0) {
      const written = await graph.ask({ method: 'PATCH', path, body, permission, signal })
      if (!written.ok) return afterGraphFailure(written.failure)
    }
    const message = comment ? commentText(comment, effect, state.id, phrases) : null
    const mark = comment ? markOf(alert.caseId, comment.line) : ''
    if (message !== null && !found.comments.some((one) => one.comment?.includes(mark))) {
      const said = { '@odata.type': 'microsoft.graph.security.alertComment', comment: message }
      // Whether it arrived is read before it is said again.
      const one = {
        method: 'POST',
        path: `${path}/comments`,
        body: said,
        permission,
        repeatable: false,
        signal,
      } as const
      const added = await graph.ask(one)
      if (!added.ok) return afterGraphFailure(added.failure)
    }
    const sent = JSON.stringify(isAlone || message === null ? body : { comment: message })
    if (!isAlone) {
      const does = say(phrases, message === null ? 'effect.does.nothing' : 'effect.does.commented')
      return { state: 'done', does, sent }
    }
    const isNothing = effect.after === 'taken' && todo.assignedTo === null
    return {
      state: 'done',
      sent,
      ...(isNothing && { does: say(phrases, 'effect.does.nothing') }),
      wrote: saidOf(alert, left(there, todo), found),
    }
  }

  const doesOf = (effect: SourceEffect): string =>
    effect.after === 'taken' ? say(phrases, 'effect.does.assigned') : doesWords(effect, phrases)

  return {
    name,
    effects: ({ state, diary }: { readonly state: Case; readonly diary: Diary }): readonly Effect[] =>
      sourceEffects(diary, wanting).flatMap((effect) => {
        const number = numberOf(effect.alert)
        return number === null
          ? []
          : [
              {
                effect: effect.effect,
                does: doesOf(effect),
                send: async (signal: AbortSignal) =>
                  mode === 'dry-run' ? rehearsed(effect, state) : send(effect, number, state, signal),
              },
            ]
      }),
  }
}

const name = 'graph-incidents'
const permission = 'SecurityIncident.ReadWrite.All'

/** An incident can be merged into one that is merged into another. */
const mostHops = 4

const isNumber = (text: string): boolean => /^\d{1,20}$/.test(text)

/** The incident's number; null for what is none, since what names it is the sender's. */
const numberOf = ({ incident = '' }: SourceEffect['alert']): string | null => (isNumber(incident) ? incident : null)

const toldAs = ({ incident = '' }: SourceEffect['alert']): string => incidentId(incident)

const text = z.string().nullish().catch(null)

const incidentShape = z.object({
  status: text,
  classification: text,
  determination: text,
  assignedTo: text,
  lastUpdateDateTime: text,
  redirectIncidentId: text,
  comments: z
    .array(z.object({ comment: text }))
    .nullish()
    .catch([])
    .transform((all) => all ?? []),
  /** Where it does not tell, it may hold others. */
  alerts: z
    .array(z.object({ id: z.string() }))
    .nullish()
    .catch(null),
})

type Found = z.infer<typeof incidentShape>

const standingOf = ({ status, classification, determination, assignedTo }: Found): Standing => ({
  status: small(status) === 'resolved' ? 'resolved' : small(status) === 'active' ? 'new' : 'in-progress',
  classification: set(classification),
  determination: set(determination),
  assignedTo: assignedTo ?? '',
})

/** Its documents show values with a small first letter and with a capital. */
const small = (word: string | null | undefined): string =>
  (word ?? '').slice(0, 1).toLowerCase() + (word ?? '').slice(1)

const set = (word: string | null | undefined): string => (small(word) === 'unknown' ? '' : small(word))

const untouched: Merge = { status: null, words: null, assignedTo: null, isOverruled: false }

const bodyOf = ({ status, words, assignedTo }: Merge): Readonly<Record<string, string>> => ({
  ...(status !== null && status !== 'in-progress' && { status: status === 'resolved' ? 'resolved' : 'active' }),
  ...(words && { classification: words.classification || 'unknown', determination: words.determination || 'unknown' }),
  ...(assignedTo !== null && { assignedTo }),
})

/** How it stands after the change. */
const left = (there: Standing, { status, words, assignedTo }: Merge): Standing => ({
  status: status ?? there.status,
  classification: words ? words.classification : there.classification,
  determination: words ? words.determination : there.determination,
  assignedTo: assignedTo ?? there.assignedTo,
})

const saidOf = (alert: SourceEffect['alert'], standing: Standing, found: Found): SourceSaid => ({
  source: 'graph',
  sourceAlertId: toldAs(alert),
  ...standing,
  changedBy: null,
  changedAt: timeIn(found.lastUpdateDateTime),
})

const timeIn = (value: string | null | undefined): string | null => {
  const time = Date.parse(value ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
