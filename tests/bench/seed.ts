import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDesk } from '../../bot/cases/desk.js'
import { root } from '../../bot/config/root.js'
import { loadGuides } from '../../content/load/load.js'
import { caseId } from '../../intake/case-id.js'
import { caseFileOf, type Side } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import { memoryStore } from '../../store/memory.js'
import type { Person } from '../../triage/person.js'
import { unknown } from '../../triage/guide.js'
import type { ConversationRef } from '../../triage/card.js'
import { anAlert, now, intent } from '../support/cast.js'

/** What to put into a folder: `open` cases that wait in the channel, the others closed and settled; every card up to date. */
export type Seed = {
  readonly cases: number
  readonly open: number
  readonly place: ConversationRef
  readonly by: Person
}

/**
 * Fill a new folder with cases, as if Winnow had worked there for months, and bind the channel.
 *
 * One case of each kind is made by the desk's own rules and copied under other ids and people, without an fsync for each.
 */
export const seed = async (folder: string, { cases, open, place, by }: Seed): Promise<void> => {
  const store = await openLowdbStore(folder)
  await store.keep('channel', place)
  await store.close()
  const templates = { live: await template('live', place, by), settled: await template('settled', place, by) }
  for (const side of ['live', 'settled'] as const) {
    const shards = Array.from({ length: 256 }, (_, shard) => join(folder, side, shard.toString(16).padStart(2, '0')))
    await Promise.all(shards.map((shard) => mkdir(shard, { recursive: true })))
  }
  const numbers = Array.from({ length: cases }, (_, number) => number).values()
  const writer = async () => {
    for (const number of numbers) {
      const side = number < open ? 'live' : 'settled'
      const id = caseId('winnow', `seed-${number}`)
      await writeFile(caseFileOf(folder, side, id), copy(templates[side], id, number), { mode: 0o600 })
    }
  }
  await Promise.all(Array.from({ length: 16 }, writer))
}

const copy = (text: string, id: string, number: number): string =>
  text
    .replaceAll(original, id)
    .replaceAll('kim@', `seeded${number % 5000}@`)
    .replaceAll('a-1', `seed-${number}`)

const original = caseId('winnow', anAlert().sourceAlertId)

/** The text of a case's file on that side: opened and shown, or all the way to its end. */
const template = async (side: Side, place: ConversationRef, by: Person): Promise<string> => {
  const alert = anAlert()
  const guide = (await loadGuides(join(root(), 'content', 'alerts'))).find(({ type }) => type === alert.type)
  if (!guide) throw new RangeError(`there is no guide ${alert.type}`)
  const desk = openDesk(
    memoryStore(),
    () => guide,
    () => now,
  )
  const settle = async (command: Parameters<typeof intent>[1]) => {
    const { state, diary, refusal } = await desk.settle(original, [
      { ...intent(by, command), caseId: original, line: null },
    ])
    if (refusal || !state) throw new Error(`the seed's ${command.type} was refused: ${refusal?.refusal}`)
    return { news: state.news, text: `${JSON.stringify({ format: 1, caseId: original, diary })}\n` }
  }
  const card = { surface: 'channel', audience: 'channel' } as const
  const show = (drawn: number) => settle({ type: 'show', ...card, posted: { place, messageId: 'seeded' }, drawn })
  await desk.open(original, alert, alert.type, [])
  await settle({ type: 'begin-post', ...card })
  const { text } = await show(0)
  if (side === 'live') return text
  await settle({ type: 'take' })
  for (const { id } of guide.checks) await settle({ type: 'answer', check: id, option: unknown })
  await settle({ type: 'record-verdict', verdict: 'undetermined', reason: 'Nobody could be reached.' })
  const { news } = await settle({ type: 'close', reason: 'Nothing came of it.' })
  return (await show(news)).text
}
