import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { tellAgainMs } from '../../../bot/outbox/owed.js'
import { fakeClock } from '../../support/fake-clock.js'
import { ada, mia } from '../../support/cast.js'
import { asking, handMessenger, openRooms } from './hand.js'

const busy = (retryAfterMs: number | null = null) => new DeliveryFailure('transient', 'HTTP 503', retryAfterMs)
const gone = () => new DeliveryFailure('missing', 'ActivityNotFoundInConversation')
const refusal = () => new DeliveryFailure('permanent', 'BotNotInConversationRoster')

/** Rooms in simulated time, and when which request was made: how long after the one before it, in milliseconds. */
const open = () => {
  const clock = fakeClock()
  const hand = handMessenger()
  const requests: string[] = []
  let last = 0
  const note = (on: string): void => {
    requests.push(`${on} +${clock.now() - last}`)
    last = clock.now()
  }
  const { post, update, direct, roster } = hand.messenger
  const messenger = {
    post: (...all: Parameters<typeof post>) => (note('post'), post(...all)),
    update: (...all: Parameters<typeof update>) => (note('update'), update(...all)),
    direct: (...all: Parameters<typeof direct>) => (note('direct'), direct(...all)),
    roster,
  }
  const rooms = openRooms({ clock, hand, messenger })
  const settle = async (work: Promise<unknown>): Promise<void> => {
    let isOver = false
    void work.then(() => (isOver = true))
    await clock.run(() => isOver)
  }
  return {
    ...rooms,
    idle: () => settle(rooms.idle()),
    pass: (ms: number) => settle(clock.sleep(ms)),
    /** What was asked of the chat since the last look. */
    requests: () => requests.splice(0),
  }
}

// Scattered in the middle: a first wait of a second is 750 milliseconds.
describe('bot/outbox/deliver: when a card is tried again', () => {
  it('waits twice as long after each failure of a post', async () => {
    const { hand, open: come, idle, requests } = open()
    for (let count = 0; count < 3; count += 1) hand.fail('post', busy())
    await come()
    await idle()
    assert.deepEqual(requests(), ['post +0', 'post +750', 'post +1500', 'post +3000'])
  })

  it('begins with the shortest wait again once a card has arrived', async () => {
    const { hand, open: come, does, idle, requests } = open()
    for (let count = 0; count < 3; count += 1) hand.fail('post', busy())
    await come()
    await idle()
    hand.fail('update', busy())
    hand.fail('update', busy())
    await does(ada, { type: 'take' })
    await idle()
    assert.deepEqual(requests().slice(-2), ['update +750', 'update +1500'])
    hand.fail('update', busy())
    await does(ada, { type: 'release' })
    await idle()
    assert.deepEqual(requests().at(-1), 'update +750')
  })

  it('waits before it posts a card anew that is gone, and longer when that fails as well', async () => {
    const { hand, open: come, does, idle, requests } = open()
    await come()
    await idle()
    requests()
    hand.fail('update', gone())
    hand.fail('post', busy())
    await does(ada, { type: 'take' })
    await idle()
    assert.deepEqual(requests(), ['update +0', 'post +750', 'post +1500'])
  })

  it('waits as long as the chat says, whatever is pressed meanwhile', async () => {
    const { hand, open: come, does, idle, pass, requests } = open()
    await come()
    await idle()
    requests()
    hand.fail('update', busy(10_000))
    await does(ada, { type: 'take' })
    await pass(1000)
    await does(ada, { type: 'note', text: 'one second later' })
    await pass(1000)
    await does(ada, { type: 'note', text: 'two seconds later' })
    await idle()
    // A twentieth longer, so that not everybody comes back at once.
    assert.deepEqual(requests(), ['update +0', 'update +10500'])
  })

  it('waits as long as it has to when the chat does not say, whatever is pressed meanwhile', async () => {
    const { hand, open: come, does, idle, pass, requests } = open()
    await come()
    await idle()
    requests()
    for (let count = 0; count < 3; count += 1) hand.fail('update', busy())
    await does(ada, { type: 'take' })
    // In the middle of the third wait.
    await pass(3000)
    await does(ada, { type: 'note', text: 'one more' })
    await idle()
    assert.deepEqual(requests(), ['update +0', 'update +750', 'update +1500', 'update +3000'])
  })

  it('lets the other cards of a conversation wait as well when the chat says how long', async () => {
    const { hand, open: come, does, idle, pass, requests } = open()
    await come()
    await idle()
    requests()
    hand.fail('update', busy(10_000))
    await does(ada, { type: 'take' })
    await pass(1000)
    await come('1111-2222-3333')
    await idle()
    const [first, second, third] = requests()
    assert.deepEqual([first, second?.split(' ')[1], third?.split(' ')[1]], ['update +0', '+10500', '+0'])
  })

  it('begins with the shortest wait again after it gave up', async () => {
    const { hand, open: come, idle, pass, outbox, requests } = open()
    for (const failure of [busy(), busy(), refusal(), busy()]) hand.fail('post', failure)
    await come()
    await idle()
    assert.deepEqual(requests(), ['post +0', 'post +750', 'post +1500'])
    await pass(tellAgainMs)
    await outbox.remind()
    await idle()
    assert.deepEqual(requests().at(-1), 'post +750')
  })

  it('waits before it opens a person’s chat again', async () => {
    const { hand, open: come, does, idle, requests } = open()
    await come()
    await does(ada, { type: 'take' })
    await idle()
    requests()
    hand.fail('direct', busy())
    hand.fail('direct', busy())
    await does(ada, asking(mia))
    await idle()
    assert.deepEqual(
      requests().filter((one) => one.startsWith('direct')),
      ['direct +0', 'direct +750', 'direct +1500'],
    )
  })
})
