import { z } from 'zod'
import type { Person } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import { isOver } from '../../triage/source-said.js'
import { type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import type { Merge, Own, SourceEffect, Standing, Wanted } from '../../triage/write-back.js'
import type { Graph, GraphAnswer } from '../graph/client.js'
import { commentText, markOf } from './effect-words.js'

/** What is needed to tell Microsoft Defender, of an alert or of an incident. */
export type DefenderParts = {
  readonly graph: Graph
  readonly taxonomy: Taxonomies['graph-alerts']
  readonly mode: 'dry-run' | 'on'
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  /** By which name someone signs in; null where that is not known. */
  readonly signInNameOf: (person: Person) => string | null
  readonly phrases: Phrases
}

/** Classification and determination of a case as it stands after that; null where they stay as they are. */
export const defenderWords = (
  taxonomy: Taxonomies['graph-alerts'],
  { verdict, after }: SourceEffect,
  guide: string,
): Merge['words'] => {
  if (verdict !== null) return wordsFor(taxonomy, guide, verdict)
  return after === 'withdrawn' ? { classification: 'unknown', determination: 'unknown' } : null
}

/** To whom it is to be assigned; '' for no one, null where that is to stay as it is. */
export const assignmentOf = (
  { owner }: SourceEffect,
  signInNameOf: DefenderParts['signInNameOf'],
): Wanted['assignedTo'] => (owner === null ? '' : signInNameOf(owner))

/** True where the status is no concern: who gives a case back says nothing of its progress, and what was closed there since is left alone. */
export const staysSo = ({ after, known }: SourceEffect, there: Standing['status']): boolean =>
  after === 'released' && (there !== 'resolved' || isOver(known?.status ?? null))

/** What can stand there of Winnow's own. */
export const ownIn = (
  { toldOwner, tried }: SourceEffect,
  guide: string,
  { taxonomy, signInNameOf }: Pick<DefenderParts, 'taxonomy' | 'signInNameOf'>,
): Own => ({
  assignedTo: [toldOwner, ...tried.map(({ owner }) => owner)].flatMap((one) => (one && signInNameOf(one)) ?? []),
  tried: tried.map(({ verdict, isOver }) => ({
    isOver,
    ...(verdict ? wordsFor(taxonomy, guide, verdict) : { classification: '', determination: '' }),
  })),
})

/** A word that may be missing; what is no text counts as missing. */
export const word = z.string().nullish().catch(null)

/** What alerts and incidents tell alike. */
export const defenderFields = {
  status: word,
  classification: word,
  determination: word,
  assignedTo: word,
  lastUpdateDateTime: word,
  comments: z
    .array(z.object({ comment: word }))
    .nullish()
    .catch([])
    .transform((all) => all ?? []),
}

/** The change of classification, determination and assignment, as Graph takes it of both; the first two go together. */
export const wordsBody = ({ words, assignedTo }: Merge): Readonly<Record<string, string | null>> => ({
  ...(words && { classification: words.classification || 'unknown', determination: words.determination || 'unknown' }),
  ...(assignedTo !== null && { assignedTo: assignedTo === '' ? null : assignedTo }),
})

/** How something stands after that change. */
export const standingAfter = (there: Standing, { status, words, assignedTo }: Merge): Standing => ({
  status: status ?? there.status,
  classification: words ? words.classification : there.classification,
  determination: words ? words.determination : there.determination,
  assignedTo: assignedTo ?? there.assignedTo,
})

/** When it was changed last, ISO 8601; null where that is not told. */
export const changedAt = (value: string | null | undefined): string | null => {
  const time = Date.parse(value ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** The comment of an effect in words; null where it has none. */
export const commentOf = (effect: SourceEffect, caseId: string, phrases: Phrases): string | null =>
  effect.comment ? commentText(effect.comment, effect, caseId, phrases) : null

/** Add the comment of an effect, unless it is there already; null when there was nothing to ask. */
export const addComment = async (
  { graph, phrases }: Pick<DefenderParts, 'graph' | 'phrases'>,
  effect: SourceEffect,
  caseId: string,
  there: readonly { readonly comment?: string | null | undefined }[],
  asked: { readonly path: string; readonly permission: string; readonly signal: AbortSignal },
): Promise<GraphAnswer | null> => {
  const comment = commentOf(effect, caseId, phrases)
  if (!effect.comment || comment === null) return null
  const mark = markOf(effect.alert.caseId, effect.comment.line)
  if (there.some((one) => one.comment?.includes(mark))) return null
  return graph.ask({
    ...asked,
    method: 'POST',
    path: `${asked.path}/comments`,
    body: { '@odata.type': 'microsoft.graph.security.alertComment', comment },
    // Whether it arrived is read before it is said again.
    repeatable: false,
  })
}
