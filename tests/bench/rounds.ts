import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import { sample } from '../../intake/samples.js'
import { caseFileOf } from '../../store/layout.js'
import { click, unwanted } from './click.js'
import { type Hit, type Measured, hit, median } from './hit.js'
import { atRest, hold, pin, processors } from './pin.js'
import type { Rig } from './rig.js'
import { type Seeded, seedReady } from './seed.js'

/** How much is measured: rounds, and requests in each with one client and with 32, after so many that warm up. */
export type Extent = { readonly rounds: number; readonly one: number; readonly many: number; readonly warm: number }

/** What is asked for: an alert to keep, about someone new or about someone with an open case, or a verdict to record. */
export type Door = 'ingest' | 'again' | 'click'

/** Who answers: Winnow, or one of the bare programs. */
export type Side = 'winnow' | 'journal' | 'files' | 'bot'

/** What one round measured of a door with so many clients, by who answered. */
export type Round = (door: Door, clients: number, side: Side) => Measured

/**
 * Measure both doors side by side on a folder of seeded cases, one after the other. For each the service and the bare programs are
 * started anew, warmed up alike, and take turns. Cases that were added are taken out afterwards, so that the next round begins with
 * the same folder.
 */
export const oneRound = async (rig: Rig, dataFolder: string, extent: Extent, round: number): Promise<Round> => {
  const measured = new Map([
    ...(await alertsKept(rig, dataFolder, extent, round)),
    ...(await verdictsRecorded(rig, dataFolder, extent, round)),
  ])
  return (door, clients, side) => measured.get(`${door} ${clients} ${side}`) ?? none
}

/** What is asked for, one wave after the other; of each the first `lead` count for nothing. What runs for the first time, or after a rest, runs slowly. */
const wavesOf = ({ one, many, warm }: Extent) => [
  { clients: 32, times: warm, lead: warm },
  { clients: 1, times: 2 * one, lead: one },
  { clients: 32, times: 2 * many, lead: many },
]

const alertsKept = async (rig: Rig, dataFolder: string, extent: Extent, round: number) => {
  const winnow = rig.winnow(dataFolder)
  const [origin, bare] = await Promise.all([winnow.up, rig.bareIntakes()])
  await winnow.openCases
  pin(winnow.pid, processors.measured)
  const added: string[] = []
  const measured = new Map<string, Measured>()
  const wave = async (door: string, clients: number, lead: number, alerts: readonly string[]): Promise<void> => {
    const results = await inTurns(round, { clients, lead }, [
      ['winnow', winnow.pid, alerts.map((body) => ingest(rig, origin, body, (id) => void added.push(id)))],
      ['journal', bare.journal.pid, alerts.map((body) => ingest(rig, bare.journal.origin, body))],
      ['files', bare.files.pid, alerts.map((body) => ingest(rig, bare.files.origin, body))],
    ])
    for (const [side, result] of results) measured.set(`${door} ${clients} ${side}`, result)
  }
  for (const { clients, times, lead } of wavesOf(extent)) {
    await wave('ingest', clients, lead, alertsAbout(newPeople(times)))
  }
  const known = newPeople(2 * extent.many)
  for (const door of ['first', 'again'] as const) await wave(door, 32, extent.many, alertsAbout(known))
  await winnow.stop()
  bare.stop()
  for (const id of added) await forget(dataFolder, id)
  return measured
}

const verdictsRecorded = async (rig: Rig, dataFolder: string, extent: Extent, round: number) => {
  const waves = wavesOf(extent)
  const count = waves.reduce((sum, { times }) => sum + times, 1)
  const seeded = await seedReady(join(dataFolder, 'cases'), { from: farAway, count, ...rig.seeded })
  const winnow = rig.winnow(dataFolder)
  const origin = await winnow.up
  await winnow.openCases
  pin(winnow.pid, processors.measured)
  const [first, ...ready] = seeded
  const bare = await rig.bareBot(await cardOf(rig, origin, first))
  const measured = new Map<string, Measured>()
  let judged = 0
  for (const { clients, times, lead } of waves) {
    const these = ready.slice(judged, (judged += times))
    const results = await inTurns(round, { clients, lead }, [
      ['winnow', winnow.pid, these.map(({ id, line }) => click(rig, origin, 'judge', id, line, verdict))],
      ['bot', bare.pid, these.map(({ id }) => click(rig, bare.origin, 'judge', id, -1, verdict))],
    ])
    for (const [side, result] of results) measured.set(`click ${clients} ${side}`, result)
  }
  await winnow.stop()
  bare.stop()
  for (const { id } of seeded) await forget(dataFolder, id)
  return measured
}

type Asked = readonly [side: Side, pid: number | undefined, hits: readonly Hit[]]

/** Ask each side for the same, one after the other, when it has nothing else to do, while the others stand still; each round begins with another one. */
const inTurns = async (
  round: number,
  { clients, lead }: { readonly clients: number; readonly lead: number },
  sides: readonly Asked[],
) => {
  const first = round % sides.length
  const results: (readonly [Side, Measured])[] = []
  pin(process.pid, processors.asking)
  for (const [side, pid, hits] of [...sides.slice(first), ...sides.slice(0, first)]) {
    await atRest(pid)
    const goOn = sides.flatMap(([other, its]) => (other === side ? [] : [hold(its)]))
    try {
      await hit(hits.slice(0, lead), clients)
      results.push([side, await hit(hits.slice(lead), clients)])
    } finally {
      for (const go of goOn) go()
    }
  }
  // What is started next must not be kept there.
  pin(process.pid, processors.any)
  return results
}

/** What Winnow answers to a verdict, for the bare bot to answer with. */
const cardOf = async (rig: Rig, origin: string, one: Seeded | undefined): Promise<unknown> => {
  if (!one) throw new RangeError('nothing is ready')
  const { expect, ...asked } = click(rig, origin, 'judge', one.id, one.line, verdict)
  let card: unknown
  const told = (status: number, text: string): void => {
    expect(status, text)
    card = Object(JSON.parse(text)).value
  }
  await hit([{ ...asked, expect: told }], 1)
  return card
}

/** No other seeded case has such a number. */
const farAway = 10_000_000

/** The middle of the rounds' ratios, Winnow's rate to the other's: those of one round share the machine's mood. */
export const ratio = (rounds: readonly Round[], door: Door, clients: number, other: Side): number =>
  median(rounds.map((round) => round(door, clients, 'winnow').perSecond / round(door, clients, other).perSecond))

const none: Measured = { p50: NaN, p99: NaN, perSecond: NaN }

/** What the answers of a case that is ready point to. */
const verdict = { verdict: 'fp-untagged-vpn', judgeReason: '' }

let [alerts, people] = [0, 0]

/** The numbers of people whom no alert has named yet. */
const newPeople = (count: number): readonly number[] => Array.from({ length: count }, () => (people += 1))

const alertsAbout = (all: readonly number[]): readonly string[] => all.map(newAlert)

/** An alert that no one has sent before, about someone whom none was about, or about someone with that number. */
export const newAlert = (person = (people += 1)): string => {
  const fresh = `bench-${(alerts += 1)}`
  const payload = sample(join(root(), 'intake', 'samples'), 'impossible-travel', new Date().toISOString(), fresh)
  return JSON.stringify(payload)
    .replaceAll('alex@', `user${person}@`)
    .replace(/(?<="azureAdUserId":"[^"]*-)[^"-]*(?=")/, String(person).padStart(12, '0'))
}

/** Send it with the key; `opened` is told the case, which must then be new. */
export const ingest = ({ keyHeader }: Rig, origin: string, body: string, opened?: (caseId: string) => void): Hit => ({
  url: `${origin}/api/alerts`,
  authorization: keyHeader,
  body,
  expect: (status, text) => {
    const { alerts: taken }: { alerts?: { caseId: string; status: string }[] } = JSON.parse(text)
    const id = taken?.[0]?.caseId
    if (status !== 202 || (opened && (id === undefined || taken?.[0]?.status !== 'new'))) throw unwanted(status, text)
    if (id !== undefined) opened?.(id)
  },
})

const forget = async (dataFolder: string, id: string): Promise<void> => {
  for (const side of ['live', 'settled'] as const) {
    await rm(caseFileOf(join(dataFolder, 'cases'), side, id), { force: true })
  }
}
