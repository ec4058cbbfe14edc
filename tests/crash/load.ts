import { setTimeout as sleep } from 'node:timers/promises'
import { type Activity, incidents, people, type Somebody } from '../support/activities.js'
import type { Stored } from '../support/fake-connector.js'
import type { Chance } from './chance.js'
import { click } from './click.js'
import { type Ledger, type Sent, count } from './ledger.js'
import { caseOf, lineOf, pressOn } from './press.js'
import { sendAlert } from './send-alert.js'
import type { World } from './world.js'

/** A shift: what its people remember from one life of Winnow to the next. */
export type Shift = {
  readonly world: World
  readonly ledger: Ledger
  readonly chance: Chance
  /** The newest card each case was answered with. */
  readonly cards: Map<string, Activity>
  /** Who has which case, as far as the people know. */
  readonly owners: Map<string, Somebody>
  /** The cases somebody waits for an answer about. */
  readonly busy: Set<string>
}

/** A shift that begins. */
export const openShift = (world: World, chance: Chance, ledger: Ledger): Shift => ({
  world,
  chance,
  ledger,
  cards: new Map(),
  owners: new Map(),
  busy: new Set(),
})

/** Everybody at work at once against one life of Winnow, until `over` says so. Ends when the last answer is in, or cut off. */
export const work = async (shift: Shift, origin: string, over: () => boolean): Promise<void> => {
  const { chance, ledger, world } = shift
  const whileOn = async (most: number, act: () => Promise<void>) => {
    await sleep(chance.between(0, most))
    for (; !over(); await sleep(chance.between(0, most))) await act()
  }
  const again = ledger.unknown.splice(0).map(async (sent) => {
    count(ledger, 'repeated')
    await click(world, ledger, origin, sent)
  })
  await Promise.all([
    ...again,
    ...Array.from({ length: 5 }, () => whileOn(120, () => sendAlert(world, ledger, chance, origin))),
    ...Array.from({ length: 10 }, () => whileOn(20, () => pressSomething(shift, origin))),
    whileOn(80, () => answerConfirmation(shift, origin)),
  ])
}

/** An analyst looks at any card, in the channel or their own chat, and presses any button; sometimes twice, sometimes on an old card. */
const pressSomething = async (shift: Shift, origin: string): Promise<void> => {
  const { world, chance, cards, owners } = shift
  const chatter = chance.odds(0.2) ? chance.one(analysts) : null
  const place = chatter ? world.connector.chats.get(chatter.id) : incidents
  const messages = place === undefined ? [] : world.connector.messages(place)
  if (messages.length === 0) return
  const stored = chance.one(messages)
  const drawn = cardOf(stored)
  const caseId = drawn && caseOf(drawn)
  // People who see that a colleague is at it mostly leave it alone.
  if (!drawn || !caseId || (shift.busy.has(caseId) && chance.odds(0.9))) return
  const newest = chatter ? undefined : cards.get(caseId)
  const card = newest && lineOf(newest) > lineOf(drawn) && chance.odds(0.9) ? newest : drawn
  const isClosed = JSON.stringify(card).includes('"reopen"')
  if (isClosed && chance.odds(0.9)) return
  const press = pressOn(card, chance, () => textOf(shift))
  if (!press) return
  const owner = owners.get(caseId)
  const other = press.verb === 'take-over' || chance.odds(0.05)
  const by = chatter ?? (owner && !other ? owner : chance.one(analysts.filter((one) => one !== owner)))
  shift.busy.add(caseId)
  await send(shift, origin, caseId, { ...press, by, ...where(stored) })
  shift.busy.delete(caseId)
}

const send = async (shift: Shift, origin: string, caseId: string, sent: Sent): Promise<void> => {
  const { world, ledger, chance, cards, owners } = shift
  const once = () => click(world, ledger, origin, sent)
  const answers = await Promise.all(chance.odds(0.08) ? [once(), once()] : [once()])
  // A note pressed twice is one note and marks are the same marks: both presses are answered with the case as it is then.
  const isOneAnyway = ['note', 'tick', 'tune', 'urgent'].includes(sent.verb)
  if (answers.every(({ effect }) => effect) && answers.length > 1 && !isOneAnyway) {
    ledger.problems.push(`case ${caseId}: the same click (${sent.verb}) had its effect twice`)
  }
  for (const { card, effect } of answers) {
    if (card && !sent.conversation.startsWith('a:')) cards.set(caseId, card)
    if (effect && sent.verb === 'release') owners.delete(caseId)
    if (effect && ['claim', 'start', 'take-over', 'reopen'].includes(sent.verb)) owners.set(caseId, sent.by)
  }
}

/** The manager looks at any question in her chat and answers it, or answers it otherwise. */
const answerConfirmation = async ({ world, ledger, chance, ...shift }: Shift, origin: string): Promise<void> => {
  const chat = world.connector.chats.get(people.mia.id)
  const stored = chance.one([null, ...(chat === undefined ? [] : world.connector.messages(chat))])
  const card = stored && cardOf(stored)
  const press = card && pressOn(card, chance, () => textOf({ world, ledger, chance, ...shift }))
  if (!stored || !press) return
  await click(world, ledger, origin, { ...press, by: people.mia, ...where(stored) })
}

const analysts: readonly Somebody[] = [people.ana, people.bo]

const where = ({ conversationId, messageId }: Stored) => ({ conversation: conversationId, messageId })

const cardOf = ({ activity: { attachments } }: Stored): Activity | null =>
  Array.isArray(attachments) ? { ...attachments[0]?.content } : null

/** Something to write that nobody has written before. */
const textOf = ({ chance }: Shift): string => `seen ${chance.between(0, 1e9).toString(36)}-${(texts += 1)}`
let texts = 0
