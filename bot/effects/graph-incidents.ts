import { z } from 'zod'
import type { Case } from '../../triage/case.js'
import type { Diary } from '../../triage/event.js'
import { say } from '../../triage/phrases.js'
import { type SourceSaid, incidentId } from '../../triage/source-said.js'
import {
  type Merge,
  type SourceEffect,
  type Standing,
  type Wanted,
  merge,
  sourceEffects,
} from '../../triage/write-back.js'
import {
  type DefenderParts,
  addComment,
  assignmentOf,
  changedAt,
  commentOf,
  defenderFields,
  defenderWords,
  staysSo,
  ownIn,
  standingAfter,
  word,
  wordsBody,
} from './defender.js'
import { doesWords } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import { another, isAnother } from './same-alert.js'
import type { Effect, Sent, Target } from './target.js'

/**
 * Incidents of Microsoft Defender, by Graph's `security/incidents`, for alerts whose incident is known: status, classification with
 * determination, assignment, and a comment with the because. An incident of several alerts only gets the comment: one case does not
 * decide it. Graph documents no ETag for incidents, so what stands there is read right before it is written.
 */
export const openGraphIncidents = (parts: DefenderParts): Target => {
  const { graph, taxonomy, mode, since, signInNameOf, phrases } = parts
  const wanting = {
    target: name,
    isFor: (alert: SourceEffect['alert']) => alert.source === 'graph' && numberOf(alert) !== null,
    since,
    idOf: toldAs,
  }

  /** A change of an incident can only make it active or resolved: one that is open stays as it is. */
  const wanted = (effect: SourceEffect, { guide }: Case, there: Standing['status']): Wanted => ({
    status: effect.isOver ? 'resolved' : there === 'resolved' && !staysSo(effect, there) ? 'new' : there,
    words: defenderWords(taxonomy, effect, guide),
    assignedTo: assignmentOf(effect, signInNameOf),
  })

  const rehearsed = (effect: SourceEffect, state: Case): Sent => {
    const comment = commentOf(effect, state.id, phrases)
    const sent = {
      ...bodyOf({ ...wanted(effect, state, effect.after === 'released' ? 'in-progress' : 'new'), isOverruled: false }),
      ...(comment !== null && { comment }),
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
      if (isAnother(found.id, next)) return another
      const to = found.redirectIncidentId ?? ''
      if (!isNumber(to)) return { path, found }
      next = to
    }
    return { state: 'refused', why: 'invalid', detail: 'redirected' }
  }

  const send = async (effect: SourceEffect, number: string, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, known } = effect
    const at = await read(number, signal)
    if (!('path' in at)) return at
    const { path, found } = at
    const isIn = found.alerts?.some(({ id }) => id === alert.sourceAlertId) ?? true
    // It was moved into another incident, and this one is no concern of the case.
    if (!isIn) return { state: 'refused', why: 'not-found' }
    const isAlone = found.alerts?.length === 1
    const there = standingOf(found)
    const todo = isAlone
      ? merge(wanted(effect, state, there.status), there, known, ownIn(effect, state.guide, parts))
      : untouched
    if (todo.isOverruled) return { state: 'kept', said: saidOf(alert, there, found) }
    const body = bodyOf(todo)
    if (Object.keys(body).length > 0) {
      const written = await graph.ask({ method: 'PATCH', path, body, permission, fresh: true, signal })
      if (!written.ok) return afterGraphFailure(written.failure)
    }
    const comment = commentOf(effect, state.id, phrases)
    const added = await addComment({ graph, phrases }, effect, state.id, found.comments, { path, permission, signal })
    if (added?.ok === false) return afterGraphFailure(added.failure)
    const sent = JSON.stringify(isAlone || comment === null ? body : { comment })
    if (!isAlone) {
      const does = say(phrases, comment === null ? 'effect.does.nothing' : 'effect.does.commented')
      return { state: 'done', does, sent }
    }
    const isNothing = (effect.after === 'taken' || effect.after === 'released') && todo.assignedTo === null
    return {
      state: 'done',
      sent,
      ...(isNothing && { does: say(phrases, 'effect.does.nothing') }),
      wrote: saidOf(alert, standingAfter(there, todo), found),
    }
  }

  const doesOf = (effect: SourceEffect): string =>
    effect.after === 'taken' ? say(phrases, 'effect.does.assigned') : doesWords(effect, phrases)

  return {
    name,
    effects: ({ state, diary }: { readonly state: Case; readonly diary: Diary }): readonly Effect[] => {
      const numbers = new Set<string>()
      return sourceEffects(diary, wanting).flatMap((effect) => {
        const number = numberOf(effect.alert)
        // What two sources put into one incident is told there once.
        const isTold = number === null || numbers.has(number)
        if (number !== null) numbers.add(number)
        return isTold
          ? []
          : [
              {
                effect: effect.effect,
                does: doesOf(effect),
                send: async (signal: AbortSignal) =>
                  mode === 'dry-run' ? rehearsed(effect, state) : send(effect, number, state, signal),
              },
            ]
      })
    },
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

const incidentShape = z.object({
  ...defenderFields,
  id: word,
  redirectIncidentId: word,
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

const bodyOf = (todo: Merge): Readonly<Record<string, string | null>> => ({
  ...(todo.status !== null &&
    todo.status !== 'in-progress' && { status: todo.status === 'resolved' ? 'resolved' : 'active' }),
  ...wordsBody(todo),
})

const saidOf = (alert: SourceEffect['alert'], standing: Standing, found: Found): SourceSaid => ({
  source: 'graph',
  sourceAlertId: toldAs(alert),
  ...standing,
  changedBy: null,
  changedAt: changedAt(found.lastUpdateDateTime),
})
