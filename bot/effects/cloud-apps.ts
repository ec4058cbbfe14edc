import { z } from 'zod'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { type CloudAppsWords, type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import { type SourceEffect, sourceEffects } from '../../triage/write-back.js'
import type { Graph } from '../graph/client.js'
import { commentText, doesWords } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import { another, isAnother } from './same-alert.js'
import type { Sent, Target } from './target.js'

type Parts = {
  /** A client of its REST interface. */
  readonly api: Graph
  readonly taxonomy: Taxonomies['cloud-apps']
  readonly mode: 'dry-run' | 'on'
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  readonly phrases: Phrases
}

/**
 * Alerts of Defender for Cloud Apps: they are closed as what they were, with a reason and the because. The interface knows no "in
 * progress", and can't open again what is closed.
 */
export const openCloudApps = ({ api, taxonomy, mode, since, phrases }: Parts): Target => {
  const wanting = { target: name, isFor: ({ source }: SourceEffect['alert']) => source === 'cloud-apps', since }

  const send = async (effect: SourceEffect, state: Case, words: CloudAppsWords, signal: AbortSignal): Promise<Sent> => {
    const { alert, comment, known } = effect
    const id = alert.sourceAlertId
    const body = {
      // The interface closes all that a filter finds: so it is always this one id.
      filters: { id: { eq: [id] } },
      comment: comment ? commentText(comment, effect, state.id, phrases) : '',
      ...(words.reasonId !== null && { reasonId: words.reasonId }),
      sendFeedback: false,
      feedbackText: '',
      allowContact: false,
      contactEmail: '',
    }
    const sent = JSON.stringify({ [words.close]: body })
    if (mode === 'dry-run') return { state: 'dry-run', sent }
    const read = await api.ask({ method: 'GET', path: `/alerts/${encodeURIComponent(id)}/`, permission, signal })
    if (!read.ok) return afterGraphFailure(read.failure)
    const found = alertShape.safeParse(read.body).data
    if (isAnother(found?.['_id'], id)) return another
    const there = resolutions.get(found?.resolutionStatusValue ?? 0)
    const wanted = classes[words.close] ?? ''
    // What Winnow tried before may stand there although no one told.
    const isTried = effect.tried.some(
      ({ verdict, isOver }) => isOver && verdict && there === classes[wordsFor(taxonomy, state.guide, verdict).close],
    )
    if (there !== undefined && there !== wanted && there !== (known?.classification ?? '') && !isTried)
      return { state: 'kept', said: said(id, there) }
    if (there !== wanted) {
      const closed = await api.ask({
        method: 'POST',
        path: `/alerts/${words.close}/`,
        body,
        permission,
        fresh: true,
        signal,
      })
      if (!closed.ok) return afterGraphFailure(closed.failure)
      // What it does not find is a normal answer: it counts what it closed.
      const counts = z.record(z.string(), z.unknown()).safeParse(closed.body).data ?? {}
      const count = Object.entries(counts).find(([key]) => key.startsWith('closed_'))?.[1]
      if (count !== 1) return { state: 'refused', why: 'not-found' }
    }
    return { state: 'done', sent, wrote: said(id, wanted), marks: 'close-alert' }
  }

  return {
    name,
    effects: ({ state, diary }) =>
      sourceEffects(diary, wanting).flatMap((effect) => {
        if (!effect.isOver || !effect.verdict) return []
        const words = withConfirmation(wordsFor(taxonomy, state.guide, effect.verdict), state)
        if (words.close === 'none') return []
        return [
          {
            effect: effect.effect,
            does: doesWords(effect, phrases),
            send: async (signal: AbortSignal) => send(effect, state, words, signal),
          },
        ]
      }),
  }
}

const name = 'cloud-apps'
const permission = 'to manage alerts (its API token)'

/** Reason 5 is "confirmed with end user". */
const withConfirmation = (words: CloudAppsWords, { confirmation }: Case): CloudAppsWords =>
  words.close === 'close_benign' && words.reasonId === 4 && confirmation?.answer === 'yes'
    ? { ...words, reasonId: 5 }
    : words

const alertShape = z.object({
  _id: z.string().nullish().catch(null),
  resolutionStatusValue: z.number().nullish().catch(null),
})

const resolutions: ReadonlyMap<number, string> = new Map([
  [3, 'falsePositive'],
  [4, 'benignPositive'],
  [5, 'truePositive'],
])

const classes: Readonly<Record<string, string>> = {
  close_false_positive: 'falsePositive',
  close_benign: 'benignPositive',
  close_true_positive: 'truePositive',
}

const said = (sourceAlertId: string, classification: string): SourceSaid => ({
  source: 'cloud-apps',
  sourceAlertId,
  status: 'closed',
  classification,
  determination: '',
  assignedTo: '',
  changedBy: null,
  changedAt: null,
})
