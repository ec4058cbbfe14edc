import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'
import { sample } from '../../intake/samples.js'
import { caseFileOf } from '../../store/layout.js'
import { incidents, people } from '../support/activities.js'
import { type Hit, type Measured, hit, median } from './hit.js'
import type { Rig } from './rig.js'

/** How much is measured: rounds, and requests in each with one client and with 32. */
export type Extent = { readonly rounds: number; readonly one: number; readonly many: number }

/** Winnow and the bare program of one kind, all rounds. */
export type Pair = {
  readonly what: 'ingest' | 'click'
  readonly clients: number
  readonly winnow: readonly Measured[]
  readonly bare: readonly Measured[]
}

/**
 * Measure both doors side by side on a folder of seeded cases, in rounds: in each the service is started anew, warmed up, and
 * takes turns with the bare program. Cases that a round added are taken out before the next, so each begins with the same folder.
 */
export const measure = async (rig: Rig, dataFolder: string, extent: Extent): Promise<readonly Pair[]> => {
  const rounds: Measurements[] = []
  for (let round = 0; round < extent.rounds; round += 1) rounds.push(await oneRound(rig, dataFolder, extent, round))
  return (['ingest', 'click'] as const).flatMap((what) =>
    ([1, 32] as const).map((clients) => ({
      what,
      clients,
      winnow: rounds.map((each) => each.get(`winnow ${what} ${clients}`) ?? none),
      bare: rounds.map((each) => each.get(`bare ${what} ${clients}`) ?? none),
    })),
  )
}

/** The middle of the rounds' ratios: those of one round share the machine's mood. */
export const ratio = ({ winnow, bare }: Pair, of: keyof Measured): number =>
  median(winnow.map((measured, round) => measured[of] / (bare[round]?.[of] ?? NaN)))

type Measurements = Map<string, Measured>
const none: Measured = { p50: NaN, p99: NaN, perSecond: NaN }

const oneRound = async (rig: Rig, dataFolder: string, { one, many }: Extent, round: number): Promise<Measurements> => {
  const winnow = rig.winnow(dataFolder)
  const origin = await winnow.up
  await winnow.openCases
  const measured: Measurements = new Map()
  const added: string[] = []
  const turns = async (what: Pair['what'], clients: number, ours: readonly Hit[], theirs: readonly Hit[]) => {
    const both = [['winnow', ours] as const, ['bare', theirs] as const]
    for (const [who, hits] of round % 2 === 0 ? both : both.toReversed()) {
      measured.set(`${who} ${what} ${clients}`, await hit(hits, clients))
    }
  }
  for (const [clients, times, counts] of [
    // What runs for the first time runs slowly: the bare programs have been running for long.
    [32, many, false],
    [1, one, true],
    [32, many, true],
  ] as const) {
    const alerts = Array.from({ length: times }, () => newAlert())
    const ours = alerts.map(({ body }) => ingest(rig, origin, body, (id) => void added.push(id)))
    const theirs = alerts.map(({ body }) => ingest(rig, rig.bare.restify, body))
    const from = added.length
    await turns('ingest', clients, ours, theirs)
    const ready = await prepare(rig, origin, added.slice(from))
    const clicks = (to: string) => ready.map(({ id, line }) => click(rig, to, 'judge', id, line, verdict))
    await turns('click', clients, clicks(origin), clicks(rig.bare.botbuilder))
    if (!counts) measured.clear()
  }
  await winnow.stop()
  for (const id of added) await forget(dataFolder, id)
  return measured
}

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

const newAlert = () => {
  const fresh = `bench-${(alerts += 1)}`
  const payload = sample(join(root(), 'intake', 'samples'), 'impossible-travel', new Date().toISOString(), fresh)
  return { body: JSON.stringify(payload).replaceAll('alex@', `user${alerts % 5000}@`) }
}

const ingest = ({ keyHeader }: Rig, origin: string, body: string, opened?: (caseId: string) => void): Hit => ({
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

/** A click, and the line its answer shows: the bare program always shows the same. */
const click = (rig: Rig, origin: string, verb: string, id: string, line: number, data: object) => {
  const isOurs = origin !== rig.bare.botbuilder
  const by = { by: people.ana, conversation: incidents }
  let shown = -1
  const expect = (status: number, text: string): void => {
    shown = Number(/"line":"?(\d+)/.exec(text)?.[1] ?? -1)
    if (status !== 200 || (isOurs && shown <= line)) throw unwanted(status, text)
  }
  const body = JSON.stringify(rig.activities.invoke(verb, { caseId: id, line, ...data }, '1', by))
  return { url: `${origin}/api/messages`, authorization: rig.tokenHeader, body, expect, line: () => shown }
}

const unwanted = (status: number, text: string): Error => new Error(`answered ${status}: ${text.slice(0, 500)}`)

const forget = async (dataFolder: string, id: string): Promise<void> => {
  for (const side of ['live', 'settled'] as const) {
    await rm(caseFileOf(join(dataFolder, 'cases'), side, id), { force: true })
  }
}
