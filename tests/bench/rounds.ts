import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import { sample } from '../../intake/samples.js'
import { caseFileOf } from '../../store/layout.js'
import { click, unwanted } from './click.js'
import { type Hit, type Measured, hit, median } from './hit.js'
import type { Rig } from './rig.js'

/** How much is measured: rounds, and requests in each with one client and with 32. */
export type Extent = { readonly rounds: number; readonly one: number; readonly many: number }

/** What is asked for: an alert to keep, or a verdict to record. */
export type Door = 'ingest' | 'click'

/** Who answers: Winnow, or one of the bare programs. */
export type Side = 'winnow' | 'journal' | 'files' | 'bot'

/** What one round measured of a door with so many clients, by who answered. */
export type Round = (door: Door, clients: number, side: Side) => Measured

/**
 * Measure both doors side by side on a folder of seeded cases. The service is started anew, warmed up, and takes turns with the
 * bare programs. Cases that were added are taken out afterwards, so that the next round begins with the same folder.
 */
export const oneRound = async (rig: Rig, dataFolder: string, { one, many }: Extent, round: number): Promise<Round> => {
  const winnow = rig.winnow(dataFolder)
  const origin = await winnow.up
  await winnow.openCases
  const measured = new Map<string, Measured>()
  const added: string[] = []
  const turns = async (door: Door, clients: number, sides: readonly (readonly [Side, readonly Hit[]])[]) => {
    const first = round % sides.length
    for (const [side, hits] of [...sides.slice(first), ...sides.slice(0, first)]) {
      measured.set(`${door} ${clients} ${side}`, await hit(hits, clients))
    }
  }
  for (const [clients, times, counts] of [
    // What runs for the first time runs slowly: the bare programs have been running for long.
    [32, many, false],
    [1, one, true],
    [32, many, true],
  ] as const) {
    const alerts = Array.from({ length: times }, () => newAlert())
    const from = added.length
    await turns('ingest', clients, [
      ['winnow', alerts.map((body) => ingest(rig, origin, body, (id) => void added.push(id)))],
      ['journal', alerts.map((body) => ingest(rig, rig.bare.journal, body))],
      ['files', alerts.map((body) => ingest(rig, rig.bare.files, body))],
    ])
    const ready = await prepare(rig, origin, added.slice(from))
    const clicks = (to: string) => ready.map(({ id, line }) => click(rig, to, 'judge', id, line, verdict))
    await turns('click', clients, [
      ['winnow', clicks(origin)],
      ['bot', clicks(rig.bare.bot)],
    ])
    if (!counts) measured.clear()
  }
  await winnow.stop()
  for (const id of added) await forget(dataFolder, id)
  return (door, clients, side) => measured.get(`${door} ${clients} ${side}`) ?? none
}

/** The middle of the rounds' ratios, Winnow's rate to the other's: those of one round share the machine's mood. */
export const ratio = (rounds: readonly Round[], door: Door, clients: number, other: Side): number =>
  median(rounds.map((round) => round(door, clients, 'winnow').perSecond / round(door, clients, other).perSecond))

const none: Measured = { p50: NaN, p99: NaN, perSecond: NaN }

/** Take each of these cases and answer its first check, so that a verdict may be recorded. */
const prepare = async (rig: Rig, origin: string, ids: readonly string[]) => {
  const claims = ids.map((id) => click(rig, origin, 'claim', id, 0, {}))
  await hit(claims, 32)
  const answers = ids.map((id, index) => click(rig, origin, 'answer', id, claims[index]?.line() ?? 0, answer))
  await hit(answers, 32)
  return ids.map((id, index) => ({ id, line: answers[index]?.line() ?? 0 }))
}

const answer = { check: 'address', option: 'sanctioned' }
const verdict = { verdict: 'fp-untagged-vpn', judgeReason: '' }

let alerts = 0

/** An alert that no one has sent before. */
export const newAlert = (): string => {
  const fresh = `bench-${(alerts += 1)}`
  const payload = sample(join(root(), 'intake', 'samples'), 'impossible-travel', new Date().toISOString(), fresh)
  return JSON.stringify(payload).replaceAll('alex@', `user${alerts % 5000}@`)
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
