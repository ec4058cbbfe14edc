import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Config } from '../../bot/config/config.js'
import { type ManagerSettings, plainManagers } from '../../bot/config/manager-settings.js'
import { type Directory, soleManager } from '../../bot/people/directory.js'
import { hashKey } from '../../bot/http/intake-keys.js'
import { type Library, loadLibrary } from '../../bot/config/library.js'
import type { Severity } from '../../triage/alert.js'
import type { Graph } from '../../bot/graph/client.js'
import type { Install } from '../../bot/outbox/installing.js'
import { type Limits, unlimited } from '../../bot/pacing/rate-window.js'
import { type Service, startService } from '../../bot/service.js'
import { activitiesOf, type Activity, incidents, people } from './activities.js'
import { openFakeConnector } from './fake-connector.js'
import { openIssuer } from './issuer.js'
import type { TeamsLimits } from './teams-limits.js'

export const appId = '22222222-2222-4222-8222-222222222222'
export const tenantId = '11111111-1111-4111-8111-111111111111'
const botId = `28:${appId}`

/** Two keys that are good at once, and one that was. */
export const keys = { one: 'winnow_one', two: 'winnow_two', revoked: 'winnow_old' } as const

/** What can be different in a world. */
export type WorldOptions = {
  readonly store?: Config['store']
  readonly directory?: Directory
  readonly confirmationHours?: number
  /** How managers are asked; by the directory and without limits unless told. */
  readonly managers?: Partial<ManagerSettings>
  /** Alerts of one kind share a card within so many minutes; never unless told. */
  readonly groupMinutes?: number
  /** How fast cards may be sent; as fast as can be unless told. */
  readonly limits?: Limits
  /** What Teams itself takes, if it is to count; then it takes a tenth of a second for each request, too. */
  readonly teamsLimits?: TeamsLimits
  /** How many milliseconds Teams takes to draw a card anew. */
  readonly updateMs?: number
  /** Object ids of leads. */
  readonly leads?: readonly string[]
  readonly cardActions?: Config['cardActions']
  /** Where Winnow pulls alerts from, again and again; it pulls none unless told. */
  readonly graph?: Graph
  /** Where Winnow looks up what checks name, with how many milliseconds one question may take; it looks nothing up unless told. */
  readonly lookUps?: { readonly graph: Graph; readonly timeoutMs?: number; readonly atOnce?: Severity | null }
  /** What Winnow may do itself, and the Graph it does it in; nothing unless told. */
  readonly responses?: { readonly mode: 'dry-run' | 'on'; readonly graph: Graph; readonly approvalMinutes?: number }
  /** What is told outside, by that Graph, which is not pulled from then; nothing unless told. */
  readonly writeBack?: NonNullable<Config['writeBack']>['modes']
  /** What installs Winnow for managers; nothing unless told. */
  readonly install?: Install
  /** What counts as a storm; nothing unless told, so that each case has its card. */
  readonly stormCases?: number
  readonly stormMinutes?: number
  /** Files of settings, by their text: `clocks` and `rota`. */
  readonly files?: Readonly<Partial<Record<'clocks' | 'rota', string>>>
  /** Winnow's own clients give a request up after so many milliseconds; 10,000 unless told. */
  readonly timeoutMs?: number
}

/** Winnow with everything around it: the alert senders, Teams on both sides, a data folder that outlives a restart. */
export type World = Awaited<ReturnType<typeof openWorld>>

/** Build a world and start Winnow in it. Mia, who is everybody's manager, is in no team but has Winnow. */
export const openWorld = async (options: WorldOptions = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-world-'))
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, `${name}.yaml`), text)
  const issuer = await openIssuer(appId)
  const { limits = unlimited, teamsLimits, updateMs = 0 } = options
  const connector = await openFakeConnector({
    token: 'ours',
    ...(updateMs > 0 && { pace: (on) => ({ before: on === 'update' ? updateMs : 0, after: 0 }) }),
    ...(teamsLimits && { limits: teamsLimits, pace: () => ({ before: 50, after: 50 }) }),
  })
  const { serviceUrl, members, installedFor } = connector
  members.splice(0, members.length, people.ana, people.bo)
  installedFor.push(people.mia)
  const activities = activitiesOf({ serviceUrl, tenantId, botId })
  const directory = options.directory ?? soleManager({ id: people.mia.aadObjectId, name: people.mia.name })
  const logged: string[] = []
  const start = async (): Promise<Service> => {
    const endpoints = { openIdMetadataUrl: issuer.metadataUrl, token: async () => 'ours' }
    const { timeoutMs = 10_000, graph = options.responses?.graph, install, lookUps } = options
    const teams = {
      endpoints,
      timeoutMs,
      limits,
      pagePauseMs: 0,
      ...(graph && { graph }),
      ...(install && { install }),
      ...(lookUps && { lookGraph: lookUps.graph }),
    }
    const service = await startService(configOf(folder, options), directory, logTo(logged), teams, await library())
    await service.resume('start')
    return service
  }
  const leave = async (): Promise<void> => {
    await Promise.all([issuer.close(), connector.close()])
    await rm(folder, { recursive: true, force: true })
  }
  let service = await start().catch(async (error: unknown) => {
    await leave()
    throw error
  })
  let running = true
  const stop = async (): Promise<void> => {
    if (running) await service.stop()
    running = false
  }
  const url = (path: string) => `http://127.0.0.1:${service.port}${path}`
  return {
    folder,
    issuer,
    connector,
    activities,
    logged,
    url,
    app: () => service,
    drawn: () => service.drawn(),
    stop,
    start: async () => {
      service = await start()
      running = true
    },
    /** Send alerts as a source does; the body as it is when it is a text. */
    post: async (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
      const usual = { authorization: `Bearer ${keys.one}`, 'content-type': 'application/json' }
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return answerOf(
        await fetch(url('/api/alerts'), { method: 'POST', headers: { ...usual, ...headers }, body: text }),
      )
    },
    /** Send an activity as Teams does; `authorization` null sends none. */
    send: async (
      activity: Activity | string,
      authorization: string | null = `Bearer ${issuer.sign(serviceUrl)}`,
    ): Promise<Answer> => {
      const headers = { 'content-type': 'application/json', ...(authorization !== null && { authorization }) }
      const body = typeof activity === 'string' ? activity : JSON.stringify(activity)
      return answerOf(await fetch(url('/api/messages'), { method: 'POST', headers, body }))
    },
    /** Winnow is added to the team, with that channel chosen. */
    install: async (channel = incidents): Promise<void> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${issuer.sign(serviceUrl)}` }
      const body = JSON.stringify(activities.installed({ by: people.ana, conversation: channel }))
      await fetch(url('/api/messages'), { method: 'POST', headers, body })
    },
    close: async () => {
      await stop()
      await leave()
    },
  }
}

/** The real guides, words and templates, read once for all worlds of a run. */
export const library = (): Promise<Library> => (read ??= loadLibrary())

let read: Promise<Library> | undefined

/** What came back over HTTP; the body as JSON where it is any. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly text: string
  readonly headers: Headers
}

export const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  return { status: response.status, body: jsonOf(text), text, headers: response.headers }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const configOf = (
  folder: string,
  {
    store = 'lowdb',
    confirmationHours = 24,
    groupMinutes = 0,
    leads = [],
    cardActions = 'execute',
    stormCases = 0,
    stormMinutes = 5,
    graph,
    lookUps,
    files = {},
    responses,
    writeBack,
    managers,
  }: WorldOptions,
): Config => ({
  host: '127.0.0.1',
  port: 0,
  store,
  dataFolder: folder,
  app: { id: appId, password: 'secret', tenantId, type: 'SingleTenant' },
  intakeKeys: [keys.one, keys.two].map((key, at) => ({ name: `k${at}`, hash: Buffer.from(hashKey(key), 'hex') })),
  leads,
  directoryFile: null,
  registersFolder: null,
  clocksFile: files.clocks === undefined ? null : join(folder, 'clocks.yaml'),
  rotaFile: files.rota === undefined ? null : join(folder, 'rota.yaml'),
  managers: { ...plainManagers, ...managers },
  confirmationHours,
  travelDays: 30,
  proposeAfter: 3,
  timeZone: 'UTC',
  groupMinutes,
  cardActions,
  playgroundPort: 0,
  pull: graph && !writeBack ? { graph: noSettings, everyMs: 20 } : null,
  ...(writeBack && { writeBack: { modes: writeBack, graph: noSettings, cloudApps: null, webhooks: [] } }),
  ...(lookUps && {
    lookUps: {
      graph: noSettings,
      atOnce: lookUps.atOnce ?? 'high',
      perMinute: 45,
      timeoutMs: lookUps.timeoutMs ?? 2000,
    },
  }),
  ...(responses && {
    responses: { graph: noSettings, mode: responses.mode, approvalMinutes: responses.approvalMinutes ?? 30 },
  }),
  stormCases,
  stormMinutes,
  logLevel: 'info',
  surroundings: {},
})

/** The client is given. */
const noSettings = { tenantId, clientId: appId, cloud: 'global', proof: { kind: 'managed-identity' } } as const

const logTo = (lines: string[]) => pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
