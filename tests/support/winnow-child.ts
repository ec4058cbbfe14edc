import { createSecretKey, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Program } from '../../bot/bundle/open-bundle.js'
import type { IntakeProofs } from '../../bot/http/intake-callers.js'
import { loadLibrary } from '../../bot/config/library.js'
import { soleManager } from '../../bot/people/directory.js'
import { forCards, unlimited } from '../../bot/pacing/rate-window.js'
import { startService } from '../../bot/service.js'
import { warmUp } from '../../bot/warm-up.js'
import { type Disk, machineDisk } from '../../store/disk.js'
import { chanceOf } from '../crash/chance.js'
import { type Illness, failingDisk } from './failing-disk.js'

/** What a Winnow of the tests is told when it starts: everything else is as in production. */
export type ChildSettings = {
  readonly dataFolder: string
  readonly appId: string
  readonly tenantId: string
  readonly openIdMetadataUrl: string
  readonly intakeKeyHash: string
  readonly manager: { readonly id: string; readonly name: string }
  /** After how many milliseconds a request to Teams is given up. */
  readonly timeoutMs: number
  /** True to load everything and then wait for `go` before the folder is touched. */
  readonly waits?: boolean
  /** After how many milliseconds the store files what is in its journal. As in production unless told. */
  readonly filesAfterMs?: number
  /** What counts as a storm; nothing unless told. */
  readonly stormCases?: number
  readonly stormMinutes?: number
  /** True to keep to what Teams takes; as fast as can be unless told. */
  readonly isPaced?: boolean
  /** A seed for a disk that can be made ill. */
  readonly diskSeed?: number
  /** Also takes alerts by tokens of the same issuer from that client, and signed with that secret. */
  readonly proofs?: { readonly audience: string; readonly clientId: string; readonly secret: string }
}

/** What it tells: it is loaded and waits for `go`, it listens, its board is complete, or the answer to a question. */
export type ChildWord =
  | { readonly word: 'ready' }
  | { readonly word: 'up'; readonly port: number }
  | { readonly word: 'board' }
  | { readonly word: 'drawn' }
  | { readonly word: 'illness' }
  | { readonly word: 'fault'; readonly what: string }
  | { readonly word: 'memory'; readonly rss: number }

/** A real Winnow in a process of its own; ends with the process that started it, and in good order when told to stop. */
const main = async ({
  dataFolder,
  appId,
  tenantId,
  openIdMetadataUrl,
  timeoutMs,
  waits,
  filesAfterMs,
  diskSeed,
  proofs,
  stormCases = 0,
  stormMinutes = 5,
  isPaced = false,
  ...told
}: ChildSettings) => {
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }))
  const lowdb = {
    ...(filesAfterMs !== undefined && { limits: { ms: filesAfterMs, stayMs: 5000 } }),
    ...(diskSeed !== undefined && { disk: diskThatFails(diskSeed) }),
  }
  const library = await loadLibrary()
  if (waits === true) await toldToGo()
  const service = await startService(
    {
      host: '127.0.0.1',
      port: 0,
      store: 'lowdb',
      dataFolder,
      app: { id: appId, password: randomUUID(), tenantId, type: 'SingleTenant' },
      intakeKeys: [{ name: 'tests', hash: Buffer.from(told.intakeKeyHash, 'hex') }],
      ...(proofs && { intakeProofs: proofsOf(proofs, tenantId) }),
      leads: [],
      directoryFile: null,
      registersFolder: null,
      confirmationHours: 24,
      travelDays: 30,
      proposeAfter: 3,
      timeZone: 'UTC',
      groupMinutes: 0,
      cardActions: 'execute',
      playgroundPort: 0,
      pull: null,
      stormCases,
      stormMinutes,
      logLevel: 'warn',
      surroundings: {},
    },
    soleManager(told.manager),
    log,
    {
      entraMetadataUrl: openIdMetadataUrl,
      endpoints: { openIdMetadataUrl, token: async () => 'ours' },
      timeoutMs,
      limits: isPaced ? forCards : unlimited,
      lowdb,
    },
    library,
  )
  process.on('message', (question) => {
    if (question === 'drawn') void service.drawn().then(() => tell({ word: 'drawn' }))
    if (question === 'memory') tell({ word: 'memory', rss: process.memoryUsage().rss })
    if (question === 'stop') void service.stop().then(() => process.exit(0))
  })
  tell({ word: 'up', port: service.port })
  await service.resume('start')
  tell({ word: 'board' })
}

const proofsOf = (proofs: NonNullable<ChildSettings['proofs']>, tenantId: string): IntakeProofs => ({
  entra: { tenantId, audiences: [proofs.audience], callers: [{ name: 'app', clientId: proofs.clientId }] },
  signing: { seconds: 300, callers: [{ name: 'signer', secret: createSecretKey(proofs.secret, 'utf8') }] },
})

const diskThatFails = (seed: number): Disk => {
  const failing = failingDisk(machineDisk, chanceOf(seed), (what) => tell({ word: 'fault', what }))
  process.on('message', (word: { readonly illness?: Illness | null }) => {
    if (word.illness === undefined) return
    failing.illness = word.illness
    tell({ word: 'illness' })
  })
  return failing.disk
}

const toldToGo = (): Promise<void> =>
  new Promise((resolve) => {
    process.on('message', (word) => word === 'go' && resolve())
    tell({ word: 'ready' })
  })

const tell = (word: ChildWord): void => void process.send?.(word)

/** It as a program, told by its first word. */
export const program: Program = {
  run: () => {
    process.once('disconnect', () => process.exit(1))
    return main(JSON.parse(process.argv[2] ?? ''))
  },
  warmUp,
}
