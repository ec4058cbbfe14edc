import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDesk } from '../../bot/cases/desk.js'
import { root } from '../../bot/config/root.js'
import { loadGuides } from '../../content/load/load.js'
import { caseId } from '../../intake/case-id.js'
import { caseFileOf, type Side } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import type { Person } from '../../triage/person.js'
import { type Guide, unknown } from '../../triage/guide.js'
import type { ConversationRef } from '../../triage/card.js'
import { anAlert, now, intent } from '../support/cast.js'

/** Where the channel is in which everything happened, and who did it. */
export type World = { readonly place: ConversationRef; readonly by: Person }

/** What to put into a folder: `open` cases that wait in the channel, the others closed and settled; every card up to date. */
export type Seed = World & { readonly cases: number; readonly open: number }

/** A seeded case: its id, and the line a click on its card names. */
export type Seeded = { readonly id: string; readonly line: number }

/** Fill a new folder with cases, as if Winnow had worked there for months, and bind the channel. */
export const seed = async (folder: string, { cases, open, ...world }: Seed): Promise<void> => {
  await bind(folder, world)
  await write(folder, await onlyOpened(world), 0, open)
  if (cases > open) await write(folder, await closed(world), open, cases - open)
}

/**
 * Fill a new folder with cases that are worked on, and bind the channel: for each of these lengths so many whose diary has that
 * many lines or a few more. `from` tells each length's cases.
 */
export const seedWorked = async (
  folder: string,
  { lengths, each, ...world }: World & { readonly lengths: readonly number[]; readonly each: number },
): Promise<ReadonlyMap<number, readonly Seeded[]>> => {
  await bind(folder, world)
  const seeded = new Map<number, readonly Seeded[]>()
  for (const [index, length] of lengths.entries()) {
    seeded.set(length, await write(folder, await worked(world, length), index * each, each))
  }
  return seeded
}

/**
 * Add cases to a folder that wait for nothing but their verdict: taken, the checks that decide it answered, their cards shown as
 * they are. `from` keeps their names apart from those of other cases.
 */
export const seedReady = async (
  folder: string,
  { from, count, ...world }: World & { readonly from: number; readonly count: number },
): Promise<readonly Seeded[]> => write(folder, await ready(world), from, count)

const bind = async (folder: string, { place }: World): Promise<void> => {
  const store = await openLowdbStore(folder)
  await store.keep('channel', place)
  await store.close()
}

/** One case in full: the text of its file, which side of the folder that is on, and the newest line of news in it. */
type Model = { readonly text: string; readonly side: Side; readonly line: number }

/** Copy the model under other ids and people, without an fsync for each. */
const write = async (folder: string, model: Model, from: number, count: number): Promise<readonly Seeded[]> => {
  const shards = Array.from({ length: 256 }, (_, shard) =>
    join(folder, model.side, shard.toString(16).padStart(2, '0')),
  )
  await Promise.all(shards.map((shard) => mkdir(shard, { recursive: true })))
  const seeded = Array.from({ length: count }, (_, index) => ({
    id: caseId('winnow', `seed-${from + index}`),
    line: model.line,
  }))
  const left = seeded.entries()
  const writer = async () => {
    for (const [index, { id }] of left) {
      await writeFile(caseFileOf(folder, model.side, id), copy(model.text, id, from + index), { mode: 0o600 })
    }
  }
  await Promise.all(Array.from({ length: 16 }, writer))
  return seeded
}

const copy = (text: string, id: string, number: number): string =>
  text
    .replaceAll(original, id)
    .replaceAll('kim@', `seeded${number % 5000}@`)
    .replaceAll('a-1', `seed-${number}`)

const original = caseId('winnow', anAlert().sourceAlertId)

const onlyOpened = (world: World): Promise<Model> => model('live', world, async () => {})

const closed = (world: World): Promise<Model> =>
  model('settled', world, async (settle, { checks }) => {
    await settle({ type: 'take' })
    for (const { id } of checks) await settle({ type: 'answer', check: id, option: unknown })
    await settle({ type: 'record-verdict', verdict: 'undetermined', reason: 'Nobody could be reached.' })
    await settle({ type: 'close', reason: 'Nothing came of it.' })
  })

/** What the guide wants to know before it calls this verdict the one that the evidence points to. */
const ready = (world: World): Promise<Model> =>
  model('live', world, async (settle) => {
    await settle({ type: 'take' })
    await settle(
      { type: 'answer', check: 'address', option: 'sanctioned' },
      { type: 'answer', check: 'afterwards', option: 'usual' },
      { type: 'answer', check: 'device', option: 'known' },
    )
  })

/** Somebody took it and has answered its first check over and over; the last answer is the first option. */
const worked = (world: World, length: number): Promise<Model> =>
  model('live', world, async (settle, { checks: [check] }) => {
    if (!check) throw new RangeError('the guide asks nothing')
    await settle({ type: 'take' })
    const answers = Array.from({ length: 2 * Math.ceil((length - 5) / 2) }, (_, index) => index).map((index) => ({
      type: 'answer' as const,
      check: check.id,
      option: check.options[index % 2 === 0 ? 1 : 0]?.id ?? unknown,
    }))
    await settle(...answers)
  })

type Wanted = Parameters<typeof intent>[1]
type Settle = (...commands: readonly Wanted[]) => Promise<void>

/** A case that the desk's own rules and the store made: opened and shown, worked on, and shown as it is then. */
const model = async (
  side: Side,
  { place, by }: World,
  work: (settle: Settle, guide: Guide) => Promise<void>,
): Promise<Model> => {
  const alert = anAlert()
  const guide = (await loadGuides(join(root(), 'content', 'alerts'))).find(({ type }) => type === alert.type)
  if (!guide) throw new RangeError(`there is no guide ${alert.type}`)
  const folder = await mkdtemp(join(tmpdir(), 'winnow-seed-'))
  const store = await openLowdbStore(folder)
  const desk = openDesk(
    store,
    () => guide,
    () => now,
  )
  let line = -1
  const settle: Settle = async (...commands) => {
    const whole = commands.map((command) => ({ ...intent(by, command), caseId: original, line: null }))
    const { state, refusal } = await desk.settle(original, whole)
    if (refusal || !state) throw new Error(`the seed's ${commands[0]?.type} was refused: ${refusal?.refusal}`)
    line = state.line - 1
  }
  const show = () =>
    desk.keepCards(original, () => ({
      channel: {
        audience: 'channel',
        state: 'shown',
        posted: { place, messageId: 'seeded' },
        shownLine: line,
        detail: '',
        since: now,
      },
    }))
  await desk.open(original, alert, alert.type, [])
  line = 0
  await work(settle, guide)
  await show()
  await store.close()
  const text = await readFile(caseFileOf(folder, side, original), 'utf8')
  await rm(folder, { recursive: true })
  return { text, side, line }
}
