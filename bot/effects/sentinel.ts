import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isGuid } from '../../triage/guid.js'
import type { Case } from '../../triage/case.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type SourceSaid, isOver } from '../../triage/source-said.js'
import { type SentinelWords, type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import { type SourceEffect, sourceEffects } from '../../triage/write-back.js'
import type { Graph } from '../graph/client.js'
import { commentText, doesWords, markOf } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import { another, isAnother } from './same-alert.js'
import type { Sent, Target } from './target.js'
import { withoutLink } from './without-link.js'

type Parts = {
  /** A client of Azure's management. */
  readonly azure: Graph
  readonly taxonomy: Taxonomies['sentinel']
  readonly mode: 'dry-run' | 'on'
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  readonly phrases: Phrases
}

/**
 * Incidents of Microsoft Sentinel: status, classification with reason, owner, and a comment with the because. An incident of several
 * alerts only gets the comment: one case does not decide it. Which incident it is, is read from the alert's link.
 */
export const openSentinel = ({ azure, taxonomy, mode, since, phrases }: Parts): Target => {
  const wanting = {
    target: name,
    isFor: (alert: SourceEffect['alert']) => alert.source === name,
    since,
  }

  const classificationOf = (verdict: SourceEffect['verdict'], { guide }: Case): SentinelWords =>
    verdict ? wordsFor(taxonomy, guide, verdict) : { classification: 'Undetermined', classificationReason: null }

  const changesOf = ({ verdict, owner, isOver: isClosed, after }: SourceEffect, state: Case): Changes => {
    const { classification, classificationReason } = classificationOf(verdict, state)
    return {
      // Who gives a case back says nothing of its progress.
      ...(after !== 'released' && { status: isClosed ? 'Closed' : 'Active' }),
      ...(isClosed && {
        classification,
        ...(classificationReason !== null && { classificationReason }),
        ...(verdict && { classificationComment: verdict.because.slice(0, 500) }),
      }),
      ...(owner === null ? { owner: noOwner } : isGuid(owner.id) && { owner: { objectId: owner.id } }),
    }
  }

  const send = async (effect: SourceEffect, path: string, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, comment, known } = effect
    const changes = changesOf(effect, state)
    const message = comment ? commentText(comment, effect, state.id, phrases) : null
    if (mode === 'dry-run')
      return { state: 'dry-run', sent: JSON.stringify({ ...changes, ...(message !== null && { comment: message }) }) }
    const query = { 'api-version': '2023-11-01' }
    const read = await azure.ask({ method: 'GET', path, query, permission, signal })
    if (!read.ok) return afterGraphFailure(read.failure)
    const found = incidentShape.safeParse(read.body).data
    if (!found) return { state: 'refused', why: 'invalid', detail: 'unreadable' }
    if (isAnother(found.id, path)) return another
    const { properties } = found
    const there = properties.classification ?? ''
    const isClosedThere = properties.status === 'Closed'
    // What Winnow tried before may stand there although no one told.
    const isTried = effect.tried.some(
      (one) => one.isOver && classificationOf(one.verdict, state).classification === there,
    )
    const isTheirs =
      isClosedThere &&
      !isTried &&
      !isOver(known?.status ?? null) &&
      (!effect.isOver || there !== changes.classification)
    const isShared = (properties.additionalData?.alertsCount ?? 1) > 1
    if (isTheirs && !isShared) return { state: 'kept', said: said(alert.sourceAlertId, 'closed', there) }
    const { owner: wanted, ...rest } = changes
    const { status = properties.status } = changes
    const isSame = properties.status === status && (!effect.isOver || there === changes.classification)
    // What is closed there keeps the owner it was closed with.
    const owner = isSame && isClosedThere ? null : ownerIn(effect, properties.owner?.objectId ?? '', wanted)
    if (!isShared && !(isSame && owner === null)) {
      const { title, severity, description, labels, firstActivityTimeUtc, lastActivityTimeUtc } = properties
      const body = {
        etag: found.etag,
        properties: {
          title,
          severity,
          description,
          labels,
          firstActivityTimeUtc,
          lastActivityTimeUtc,
          owner: owner ?? properties.owner ?? undefined,
          status,
          ...rest,
        },
      }
      const headers = { 'If-Match': found.etag }
      const written = await azure.ask({ method: 'PUT', path, query, headers, body, permission, signal })
      if (!written.ok) return afterGraphFailure(written.failure)
    }
    if (comment && message !== null) {
      // Its id follows from what it is about, so it is there once however often it is sent.
      const id = guidOf(markOf(alert.caseId, comment.line))
      const body = { properties: { message } }
      const added = await azure.ask({ method: 'PUT', path: `${path}/comments/${id}`, query, body, permission, signal })
      if (!added.ok) return afterGraphFailure(added.failure)
    }
    if (isShared) {
      const does = say(phrases, message === null ? 'effect.does.nothing' : 'effect.does.commented')
      return { state: 'done', does, sent: JSON.stringify(message === null ? {} : { comment: message }) }
    }
    const { classification = there } = changes
    return {
      state: 'done',
      sent: JSON.stringify(changes),
      wrote: said(
        alert.sourceAlertId,
        status === 'Closed' ? 'closed' : 'new',
        status === 'Closed' ? classification : '',
      ),
      ...(effect.isOver && { marks: 'close-alert' }),
    }
  }

  return {
    name,
    effects: ({ state, diary }) =>
      sourceEffects(diary, wanting).flatMap((effect) => {
        const path = incidentOf(effect.alert)
        return path === null
          ? [withoutLink(name, effect, phrases)]
          : [
              {
                effect: effect.effect,
                does: doesWords(effect, phrases),
                send: async (signal: AbortSignal) => send(effect, path, state, signal),
              },
            ]
      }),
  }
}

/** Whom it is to be given to: no one else's assignment is changed; null where it stays. */
const ownerIn = ({ toldOwner, tried }: SourceEffect, there: string, wanted: Changes['owner']): Owner | null => {
  if (wanted === undefined || there === (wanted.objectId ?? '')) return null
  const isOwn = there === '' || [toldOwner, ...tried.map(({ owner }) => owner)].some((one) => one?.id === there)
  return isOwn ? wanted : null
}

type Owner = { readonly objectId: string | null }

/** As an incident without an owner is told. */
const noOwner = { objectId: null, email: null, assignedTo: null, userPrincipalName: null }

type Changes = {
  readonly status?: 'Closed' | 'Active'
  readonly classification?: string
  readonly classificationReason?: string
  readonly classificationComment?: string
  readonly owner?: Owner
}

/** The incident's resource in Azure, from the link into the portal; null where the link names none. */
export const incidentOf = ({ link }: Pick<SourceEffect['alert'], 'link'>): string | null => {
  const [path = null] = incidentPath.exec(link ?? '') ?? []
  return path
}

const incidentPath =
  /\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]{1,90}\/providers\/Microsoft\.OperationalInsights\/workspaces\/[\w-]{4,63}\/providers\/Microsoft\.SecurityInsights\/Incidents\/[\w-]{1,64}$/i

const name = 'sentinel'
const permission = 'the role Microsoft Sentinel Responder'

const guidOf = (text: string): string => {
  const hash = createHash('sha256').update(text).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

const incidentShape = z.object({
  id: z.string().nullish().catch(null),
  etag: z.string(),
  properties: z.object({
    title: z.string(),
    severity: z.string(),
    status: z.string(),
    description: z.string().nullish(),
    labels: z.array(z.unknown()).nullish(),
    firstActivityTimeUtc: z.string().nullish(),
    lastActivityTimeUtc: z.string().nullish(),
    classification: z.string().nullish(),
    owner: z.looseObject({ objectId: z.string().nullish() }).nullish(),
    additionalData: z.object({ alertsCount: z.number().nullish() }).nullish(),
  }),
})

const said = (sourceAlertId: string, status: SourceSaid['status'], classification: string): SourceSaid => ({
  source: name,
  sourceAlertId,
  status,
  classification: classification.slice(0, 1).toLowerCase() + classification.slice(1),
  determination: '',
  assignedTo: '',
  changedBy: null,
  changedAt: null,
})
