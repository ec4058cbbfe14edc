import { DeliveryFailure, type Message, type Messenger } from '../../bot/chat.js'
import type { Owed } from '../../bot/outbox/owed.js'
import { forCards } from '../../bot/pacing/rate-window.js'
import { type Attempt, deliveryFailure } from '../../bot/teams/failures.js'
import { memoryStore } from '../../store/memory.js'
import type { Case } from '../../triage/case.js'
import type { Cards } from '../../triage/card.js'
import { type Rooms, lineOn, openRooms, textOf } from '../bot/outbox/hand.js'
import { simulatedTeams } from '../bot/outbox/simulated-teams.js'
import { ada, ben, minute } from '../support/cast.js'

/** What Teams does to every request of an outage, and whether a post stands there all the same. */
export const outages = {
  'answers 500': { fails: { statusCode: 500 }, arrives: false },
  'answers 502': { fails: { statusCode: 502 }, arrives: false },
  'answers 503': { fails: { statusCode: 503 }, arrives: false },
  'answers nothing': { fails: { name: 'AbortError' }, arrives: false },
  'answers nothing though it takes everything': { fails: { name: 'AbortError' }, arrives: true },
  'answers 201 without an id': { fails: 'NoId', arrives: true },
  'answers a page of HTML': { fails: { name: 'RestError', code: 'PARSE_ERROR', statusCode: 200 }, arrives: false },
  'answers 401': { fails: { statusCode: 401 }, arrives: false },
  'is not reached': { fails: { name: 'RestError', code: 'ECONNREFUSED' }, arrives: false },
} as const

export type Outage = keyof typeof outages

/** What came of an outage; times in seconds since it began. */
export type OutageResult = {
  /** Each case: how many of its cards stand there, whether it is up to date, and when it or a notice with its code was there. */
  readonly cases: readonly {
    readonly code: string
    readonly cards: number
    readonly isCurrent: boolean
    readonly told: 'card' | 'notice' | 'nothing'
    readonly visibleAt: number | null
  }[]
  /** When somebody on call was paged, and of how many cases. */
  readonly pages: readonly { readonly at: number; readonly of: number }[]
  /** What was owed a moment before Teams was well again, and at the end. */
  readonly owedMeanwhile: Owed
  readonly owedAtEnd: Owed
  /** When everything was done. */
  readonly endedAt: number
}

/** How long an outage lasts, in milliseconds. */
export const outageMs = 600_000

const codeOf = (n: number): string => `7K3F-9QXM-${n + 2222}`

/**
 * Ten minutes in which Teams fails like that, in simulated time: three cards stand there already and people work on them meanwhile;
 * eight alerts come. With `restartAt`, in milliseconds, Winnow is killed then and started again. `told` hears what happens when.
 */
export const runOutage = async (
  outage: Outage,
  told: (at: number, what: string) => void = () => undefined,
  restartAt: number | null = null,
): Promise<OutageResult> => {
  const teams = simulatedTeams()
  const { clock } = teams
  const remembered = { cases: new Map<string, string>(), settings: new Map<string, string>() }
  const onCall = { person: ben, atLeast: 'low' } as const
  const start = clock.now
  let [from, until] = [Infinity, Infinity]
  const seconds = (at = start()) => Math.round((at - from) / 1000)
  const isOut = () => clock.now() >= from && clock.now() < until
  const arrived: { readonly at: number; readonly message: Message }[] = []
  const pages: { readonly at: number; readonly of: number }[] = []

  const failing = async <T>(attempt: Attempt, work: () => Promise<T>): Promise<T> => {
    if (!isOut()) return work()
    const { fails, arrives } = outages[outage]
    if (arrives) await work()
    else await clock.sleep(fails === outages['answers nothing'].fails ? 10_000 : 120)
    if (fails === 'NoId' && attempt === 'post') throw new DeliveryFailure('unknown', 'NoId')
    if (fails === 'NoId') return work()
    throw deliveryFailure(fails, attempt, 0)
  }
  const messenger: Messenger = {
    post: async (place, message) => {
      const posted = await failing('post', async () => {
        const one = await teams.messenger.post(place, message)
        arrived.push({ at: clock.now(), message })
        const text = textOf(message)
        if (text !== '' && from < Infinity) told(seconds(), `is told: ${text}`)
        if (text.startsWith('out:')) pages.push({ at: seconds(), of: 1 + Number(/\+(\d+)$/.exec(text)?.[1] ?? 0) })
        return one
      })
      return posted
    },
    update: (posted, message) => failing('update', () => teams.messenger.update(posted, message)),
    direct: (person, via) => failing('direct', () => teams.messenger.direct(person, via)),
    roster: (place) => failing('member', () => teams.messenger.roster(place)),
  }
  const now = () => new Date(Date.parse(minute(0)) + clock.now()).toISOString()
  const open = (): Rooms =>
    openRooms({ store: memoryStore(remembered), messenger, clock, limits: forCards, onCall, now, pagePauseMs: 30_000 })
  let rooms = open()

  const pass = async (ms: number): Promise<void> => {
    let isTime = false
    void clock.sleep(ms).then(() => (isTime = true))
    await clock.run(() => isTime)
  }
  const passUntil = (at: number): Promise<void> => pass(Math.max(0, from + at - clock.now()))
  const idle = async (): Promise<void> => {
    let isIdle = false
    void rooms.idle().then(() => (isIdle = true))
    await clock.run(() => isIdle)
  }

  let count = 0
  const alert = async (): Promise<string> => {
    const code = codeOf(count)
    count += 1
    await rooms.open(code)
    if (from < Infinity) told(seconds(), `alert ${code} is taken in`)
    return code
  }
  const press = async (code: string, command: 'take' | 'release'): Promise<void> => {
    await rooms.does(ada, { type: command }, code)
    told(seconds(), `somebody presses ${command} on ${code}`)
  }

  const [first, second] = [await alert(), await alert(), await alert()]
  await idle()
  from = clock.now()
  until = from + outageMs
  told(0, `Teams ${outage}`)
  const script: readonly (readonly [number, () => Promise<unknown>])[] = [
    [1000, async () => [await alert(), await alert(), await alert(), await alert()]],
    [30_000, () => press(first, 'take')],
    [60_000, alert],
    [200_000, () => press(second, 'take')],
    [240_000, alert],
    [400_000, alert],
    [420_000, () => press(second, 'release')],
    [590_000, alert],
  ]
  let isRestarted = restartAt === null
  const restart = async (): Promise<void> => {
    isRestarted = true
    await passUntil(restartAt ?? 0)
    // Killed: nothing of the former life goes on, and what it has under way is never kept.
    Object.assign(rooms.desk, { keepCards: () => new Promise(() => undefined) })
    void rooms.stop()
    rooms = open()
    told(seconds(), 'Winnow is killed, and starts again')
    for (const id of await rooms.store.open()) {
      const { state, cards, diary } = await rooms.desk.look(id)
      if (!state) continue
      rooms.notices.resume({ state, cards, diary })
      await rooms.outbox.resume({ state, cards }, 'start')
    }
  }
  for (const [at, work] of script) {
    if (!isRestarted && at > (restartAt ?? 0)) await restart()
    await passUntil(at)
    await work()
  }
  await passUntil(outageMs - 1)
  const owedMeanwhile = rooms.outbox.owed()
  told(seconds(), `owed: ${JSON.stringify(owedMeanwhile)}`)
  await passUntil(outageMs)
  told(seconds(), 'Teams is well')
  await idle()
  const endedAt = seconds()
  told(endedAt, 'everything is done')

  const cases = []
  for (let n = 0; n < count; n += 1) {
    const code = codeOf(n)
    const record: { readonly state: Case; readonly cards: Cards } = await rooms.located(code)
    const standing = [...teams.shown.values()].filter(
      (message) => 'summary' in message && message.summary === `card: ${code}`,
    )
    const channel = record.cards['channel']
    const isCurrent = channel?.state === 'shown' && standing.some((one) => lineOn(one) === record.state.line - 1)
    const notice = arrived.find(({ message }) => textOf(message).startsWith('lost:') && textOf(message).includes(code))
    const card = arrived.find(({ message }) => 'summary' in message && message.summary === `card: ${code}`)
    const visible = isCurrent ? card : notice
    cases.push({
      code,
      cards: standing.length,
      isCurrent,
      told: isCurrent ? ('card' as const) : notice ? ('notice' as const) : ('nothing' as const),
      visibleAt: visible ? seconds(visible.at) : null,
    })
  }
  await rooms.stop()
  return { cases, pages, owedMeanwhile, owedAtEnd: rooms.outbox.owed(), endedAt }
}
