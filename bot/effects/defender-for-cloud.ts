import { z } from 'zod'
import { isGuid } from '../../triage/guid.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import { type SourceSaid, type SourceStatus, isOver } from '../../triage/source-said.js'
import { type Taxonomies, wordsFor } from '../../triage/taxonomy.js'
import { type SourceEffect, sourceEffects } from '../../triage/write-back.js'
import type { Graph } from '../graph/client.js'
import { doesWords } from './effect-words.js'
import { afterGraphFailure } from './graph-failure.js'
import { another, isAnother } from './same-alert.js'
import type { Sent, Target } from './target.js'
import { withoutLink } from './without-link.js'

type Parts = {
  /** A client of Azure's management. */
  readonly azure: Graph
  readonly taxonomy: Taxonomies['defender-for-cloud']
  readonly mode: 'dry-run' | 'on'
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  readonly phrases: Phrases
}

/**
 * Alerts of Defender for Cloud, by Azure's management: in progress, dismissed, or resolved. It keeps no reason, no comment, and no one's
 * name. Where an alert is in Azure is read from its link.
 */
export const openDefenderForCloud = ({ azure, taxonomy, mode, since, phrases }: Parts): Target => {
  const wanting = {
    target: name,
    isFor: (alert: SourceEffect['alert']) => alert.source === name,
    since,
  }

  const endOf = (verdict: SourceEffect['verdict'], { guide }: Case): string =>
    verdict ? wordsFor(taxonomy, guide, verdict).action : 'resolve'

  const send = async (effect: SourceEffect, path: string, state: Case, signal: AbortSignal): Promise<Sent> => {
    const { alert, known, verdict } = effect
    const action = effect.isOver ? endOf(verdict, state) : 'inProgress'
    const sent = JSON.stringify({ action })
    if (mode === 'dry-run') return { state: 'dry-run', sent }
    const query = { 'api-version': '2022-01-01' }
    const read = await azure.ask({ method: 'GET', path, query, permission, signal })
    if (!read.ok) return afterGraphFailure(read.failure)
    const found = alertShape.safeParse(read.body).data
    if (isAnother(found?.id, path)) return another
    const there = statuses.get(found?.properties.status ?? '') ?? 'new'
    const wanted = after[action] ?? 'in-progress'
    // What Winnow tried before may stand there although no one told.
    const isTried = effect.tried.some((one) => one.isOver && after[endOf(one.verdict, state)] === there)
    const isTheirs = isOver(there) && there !== wanted && there !== known?.status && !isTried
    if (isTheirs) return { state: 'kept', said: said(alert.sourceAlertId, there) }
    if (there !== wanted) {
      const done = await azure.ask({
        method: 'POST',
        path: `${path}/${action}`,
        query,
        permission,
        fresh: true,
        signal,
      })
      if (!done.ok) return afterGraphFailure(done.failure)
    }
    return {
      state: 'done',
      sent,
      wrote: said(alert.sourceAlertId, wanted),
      ...(isOver(wanted) && { marks: 'close-alert' }),
    }
  }

  return {
    name,
    effects: ({ state, diary }) =>
      sourceEffects(diary, wanting).flatMap((effect) => {
        // It keeps no one's name, and who gives a case back says nothing of its progress.
        if (effect.after === 'released') return []
        const path = resourceOf(effect.alert)
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

/**
 * The alert's resource in Azure, from the link into the portal; null where the link does not name this very alert. Every part of it is
 * held against its form, for the link is the sender's.
 */
export const resourceOf = ({ link, sourceAlertId }: Pick<SourceEffect['alert'], 'link' | 'sourceAlertId'>) => {
  const parts = (link ?? '').split(/[/?&]/)
  const after = (key: string): string => {
    const at = parts.findIndex((part) => part.toLowerCase() === key)
    return at < 0 ? '' : (parts[at + 1] ?? '')
  }
  const [id, subscription, group, location] = ['alertid', 'subscriptionid', 'resourcegroup', 'location'].map(after)
  if (id !== sourceAlertId || !/^\w[\w-]{0,120}$/.test(id ?? '')) return null
  if (!isGuid(subscription ?? '')) return null
  if (!/^[a-z0-9]{2,40}$/i.test(location ?? '')) return null
  if (group !== '' && !/^[\w.()-]{1,90}$/.test(group ?? '')) return null
  const where = group === '' ? '' : `/resourceGroups/${group}`
  return `/subscriptions/${subscription}${where}/providers/Microsoft.Security/locations/${location}/alerts/${id}`
}

const name = 'defender-for-cloud'
const permission = 'the role Security Admin'

const alertShape = z.object({
  id: z.string().nullish().catch(null),
  properties: z.object({ status: z.string().nullish() }),
})

const statuses: ReadonlyMap<string, SourceStatus> = new Map([
  ['Active', 'new'],
  ['InProgress', 'in-progress'],
  ['Resolved', 'resolved'],
  ['Dismissed', 'dismissed'],
])

const after: Readonly<Record<string, SourceStatus>> = {
  dismiss: 'dismissed',
  resolve: 'resolved',
  inProgress: 'in-progress',
  activate: 'new',
}

const said = (sourceAlertId: string, status: SourceStatus): SourceSaid => ({
  source: name,
  sourceAlertId,
  status,
  classification: '',
  determination: '',
  assignedTo: '',
  changedBy: null,
  changedAt: null,
})
