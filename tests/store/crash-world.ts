import assert from 'node:assert/strict'
import { type LowdbOptions, openLowdbStore } from '../../store/lowdb.js'
import type { Change, Store } from '../../store/store.js'
import { isFault } from '../../triage/fault.js'
import { card, closed, noted } from './events.js'
import type { ModelDisk, Operation } from './model-disk.js'

/** How far a case got: `asked` of its writes were begun, `told` of them were acknowledged. */
export type Ledger = Map<string, { asked: number; told: number }>

/** The data folder on a model disk. */
export const folder = '/data/cases'

/** The setting of the world. */
export const setting = 'home'

/** The cases of the world. */
export const cases = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const

/** Every write of a case, in order: cases go on, end, begin again, and some writes only change cards. */
const scripts: ReadonlyMap<string, readonly Change[]> = new Map(
  cases.map((caseId, index) => [
    caseId,
    [
      { events: [noted(`${caseId} begins`)], open: true },
      { cards: { channel: card(-1) }, open: true },
      { events: [noted('one'), noted('two')], cards: { channel: card(0) }, open: true },
      { events: [closed], cards: { channel: card(2), 'analyst/u': card(1) }, open: index % 2 === 0 },
      { cards: { 'analyst/u': null }, open: false },
      { events: [noted('again')], open: true },
      { events: [noted('x'.repeat(300 * index))], open: index % 3 === 0 },
    ],
  ]),
)

/** How many writes there are for a case. */
export const lastVersion = 7

/** What a case holds after so many of its writes. */
function expected(caseId: string, version: number) {
  const done = scripts.get(caseId)?.slice(0, version) ?? []
  const cards = new Map(done.flatMap((change) => Object.entries(change.cards ?? {})))
  const stored = {
    version,
    diary: done.flatMap((change) => change.events ?? []),
    cards: Object.fromEntries([...cards].filter(([, one]) => one !== null)),
  }
  return { stored, open: done.at(-1)?.open ?? false }
}

const limits = { cases: 3, ms: 60_000, patienceMs: 0, stayMs: 0 }
const own = async () => ({ check: () => undefined, release: async () => undefined })

/** Open a store on a model disk; it files often, and keeps nothing for copiers. */
export const openOn = ({ disk }: ModelDisk, more: LowdbOptions['limits'] = {}, options: LowdbOptions = {}) =>
  openLowdbStore(folder, { disk, own, ...options, limits: { ...limits, ...more } })

/** Write the scripts on, cases side by side, up to that version; what the disk does not take is tried again. */
export async function goOn(store: Store, ledger: Ledger, upTo: number = lastVersion): Promise<void> {
  await Promise.all([...cases.map((caseId) => goOnWith(store, ledger, caseId, upTo)), goOnKeeping(store, ledger, upTo)])
}

/** A setting whose value is its version. It is in the ledger under its own name, which is none of a case. */
async function goOnKeeping(store: Store, ledger: Ledger, upTo: number): Promise<void> {
  const at = ledger.get(setting) ?? { asked: 0, told: 0 }
  ledger.set(setting, at)
  for (let failures = 0; failures < 50;) {
    try {
      const { version } = await store.kept(setting)
      assert.ok(version >= at.told, `the setting had ${at.told} and has ${version}`)
      if (version >= upTo) return
      at.asked = Math.max(at.asked, version + 1)
      at.told = await store.keep(setting, version + 1, version)
    } catch (error) {
      if (!isFault(error, 'store/unwritable') && !isFault(error, 'store/unreadable')) throw error
      failures += 1
    }
  }
  assert.fail('the setting does not come on')
}

async function goOnWith(store: Store, ledger: Ledger, caseId: string, upTo: number): Promise<void> {
  const at = ledger.get(caseId) ?? { asked: 0, told: 0 }
  ledger.set(caseId, at)
  let last: unknown = null
  for (let failures = 0; failures < 50;) {
    try {
      const { version } = await store.read(caseId)
      assert.ok(version >= at.told, `${caseId} had ${at.told} and has ${version}`)
      const change = scripts.get(caseId)?.[version]
      if (!change || version >= upTo) return
      at.asked = Math.max(at.asked, version + 1)
      const durable = change.events !== undefined
      await store.write(caseId, version, change, { durable })
      if (durable) at.told = version + 1
    } catch (error) {
      if (!isFault(error, 'store/unwritable') && !isFault(error, 'store/unreadable') && !isFault(error, 'store/stale'))
        throw error
      failures += 1
      last = error
    }
  }
  assert.fail(`${caseId} does not come on: ${String(last)}`)
}

/** Everything acknowledged is there, nothing is there that was not asked for, and each case is as it was at some moment. */
export async function check(disk: ModelDisk, ledger: Ledger, when: string): Promise<Store> {
  const store = await openOn(disk)
  const open = new Set<string>()
  const { value, version } = await store.kept(setting)
  const { asked = 0, told = 0 } = ledger.get(setting) ?? {}
  assert.ok(version >= told && version <= asked, `${when}: the setting has ${version} of ${told}`)
  assert.equal(value ?? 0, version, when)
  for (const [caseId, { asked, told }] of ledger) {
    if (caseId === setting) continue
    const stored = await store.read(caseId)
    assert.ok(stored.version >= told && stored.version <= asked, `${when}: ${caseId} ${stored.version} of ${told}`)
    const should = expected(caseId, stored.version)
    assert.deepEqual(stored, should.stored, when)
    if (should.open) open.add(caseId)
  }
  assert.deepEqual(new Set(await store.open()), open, when)
  assert.deepEqual(store.damaged(), [], when)
  return store
}

/** Something that stands still while the world goes on. */
export type Snapshot = { readonly when: string; readonly disk: ModelDisk; readonly ledger: Ledger }

/** What would be left if everything stopped now, in each way. */
export const snapshots = (disk: ModelDisk, ledger: Ledger, when: string, seed: number): readonly Snapshot[] => [
  { when: `${when}, killed`, disk: disk.afterKill(), ledger: copyOf(ledger) },
  { when: `${when}, power cut`, disk: disk.afterPowerCut(), ledger: copyOf(ledger) },
  { when: `${when}, some kept`, disk: disk.afterPowerCut(chances(seed)), ledger: copyOf(ledger) },
]

/** True for what changes something on the disk. */
export const isStep = ({ kind }: Operation): boolean => !['read', 'has', 'list', 'close'].includes(kind)

const copyOf = (ledger: Ledger): Ledger => new Map([...ledger].map(([caseId, at]) => [caseId, { ...at }]))

/** Chance that is the same in every run. */
const chances = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed % 3 > 0
}
