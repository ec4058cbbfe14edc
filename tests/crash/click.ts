import { z } from 'zod'
import { type Activity, people } from '../support/activities.js'
import { type Ledger, type Sent, count } from './ledger.js'
import { lineOf, noticeOf } from './press.js'
import type { World } from './world.js'

/** What came of a click: the card that was answered, and whether the click had an effect. */
export type Answered = { readonly card: Activity | null; readonly effect: boolean }

/** Click, and write down in the ledger what is known afterwards. */
export const click = async (world: World, ledger: Ledger, origin: string, sent: Sent): Promise<Answered> => {
  const { verb, data, by, conversation, messageId } = sent
  const reply = await world.tell(origin, world.activities.invoke(verb, data, messageId, { by, conversation }))
  if (reply === null) {
    ledger.unknown.push(sent)
    count(ledger, 'cut off')
    return nothing
  }
  if (reply.mayFail && reply.status === 200 && failed.safeParse(reply.body).success) {
    ledger.unknown.push(sent)
    count(ledger, 'said to have failed')
    return nothing
  }
  const answer = reply.status === 200 ? answered.safeParse(reply.body) : null
  if (!answer?.success) {
    ledger.problems.push(
      `a click (${verb}) was answered with ${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`,
    )
    return nothing
  }
  const card = cardIn(answer.data)
  const notice = card && noticeOf(card)
  const isSent = verb === 'chat' && notice === world.sentToChat
  if (card === null || (notice !== null && !isSent)) {
    count(ledger, 'refused')
    return { card, effect: false }
  }
  const from = Number(data['line'])
  const to = by === people.mia || isSent ? null : lineOf(card)
  const effect = to === null || to > from
  if (effect) {
    ledger.clicks.push({ ...sent, from, to })
    world.moments.emit('acknowledged')
  } else count(ledger, 'without effect')
  return { card, effect }
}

const nothing: Answered = { card: null, effect: false }

const answered = z.object({ statusCode: z.literal(200), type: z.string(), value: z.unknown() })

/** The sentence Teams shows when a click failed. */
const failed = z.object({
  statusCode: z.union([z.literal(400), z.literal(500)]),
  type: z.literal('application/vnd.microsoft.error'),
  value: z.object({ message: z.string().min(10) }),
})

const cardIn = ({ type, value }: z.infer<typeof answered>): Activity | null =>
  type === 'application/vnd.microsoft.card.adaptive' && typeof value === 'object' && value !== null
    ? { ...value }
    : null
