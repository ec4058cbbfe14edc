import { EventEmitter } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashKey } from '../../bot/http/intake-keys.js'
import { newKey } from '../../bot/local/key.js'
import { root } from '../../bot/config/root.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { say } from '../../triage/phrases.js'
import { type Activity, activitiesOf, people } from '../support/activities.js'
import { openFakeConnector } from '../support/fake-connector.js'
import { openIssuer } from '../support/issuer.js'
import type { ChildSettings } from '../support/winnow-child.js'
import type { Chance } from './chance.js'

/** What is around Winnow and outlives it: a fake Teams on both sides, the senders of alerts, and the folder. */
export type World = Awaited<ReturnType<typeof openWorld>>

/**
 * What came back over HTTP; null when the connection was cut. `mayFail` when the disk was ill while the answer was made: then it may
 * be that it was not possible.
 */
export type Reply = { readonly status: number; readonly body: unknown; readonly mayFail: boolean } | null

/**
 * Open it. Teams is now slow and now quick, as `chance` will have it, until `calm` is called. `more` is what this Winnow is told
 * beside the usual.
 */
export const openWorld = async (chance: Chance, more: Partial<ChildSettings> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-crash-'))
  const issuer = await openIssuer(appId)
  const moments = new EventEmitter()
  let calm = false
  const connector = await openFakeConnector({
    token: 'ours',
    forgetful: true,
    pace: (on) => {
      moments.emit(on)
      const slow = () => (calm || chance.odds(0.8) ? 0 : chance.between(1, chance.odds(0.1) ? 120 : 15))
      return { before: slow(), after: slow() }
    },
  })
  const { serviceUrl } = connector
  const token = `Bearer ${issuer.sign(serviceUrl)}`
  const key = newKey()
  const { mia } = people
  const settings: ChildSettings = {
    dataFolder: folder,
    appId,
    tenantId,
    openIdMetadataUrl: issuer.metadataUrl,
    intakeKeyHash: hashKey(key),
    manager: { id: mia.aadObjectId, name: mia.name },
    timeoutMs: 2000,
    filesAfterMs: 400,
    ...more,
  }
  let illUntil = -Infinity
  const phrases = await loadPhrases(join(root(), 'content', 'phrases'), 'en')
  const post = async (url: string, authorization: string, body: unknown): Promise<Reply> => {
    const sentAt = performance.now()
    try {
      const headers = { 'content-type': 'application/json', authorization }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : JSON.parse(text), mayFail: illUntil >= sentAt }
    } catch {
      return null
    }
  }
  return {
    settings,
    /** Where the cases are. */
    cases: join(folder, 'cases'),
    connector,
    activities: activitiesOf({ serviceUrl, tenantId, botId: `28:${appId}` }),
    /** What proves a sender of alerts. */
    keyHeader: `Bearer ${key}`,
    /** Tells the requests to Teams as they arrive, by their kind. */
    moments,
    /** What somebody is told whose case goes on in their own chat. */
    sentToChat: say(phrases, 'chat.sent'),
    /** The disk is ill from now on, or has just become well: whoever asked meanwhile may be told so. */
    diskIs: (how: 'ill' | 'well') => {
      illUntil = how === 'ill' ? Infinity : performance.now()
    },
    /** Deliver an alert. */
    alert: (origin: string, payload: unknown) => post(`${origin}/api/alerts`, `Bearer ${key}`, payload),
    /** Deliver what somebody did in Teams. */
    tell: (origin: string, activity: Activity) => post(`${origin}/api/messages`, token, activity),
    /** Let Teams be quick and faultless from now on. */
    calm: () => {
      calm = true
    },
    close: async () => {
      await Promise.all([issuer.close(), connector.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const appId = '22222222-2222-4222-8222-222222222222'
const tenantId = '11111111-1111-4111-8111-111111111111'
