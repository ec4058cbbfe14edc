import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import type { Install } from '../../../bot/outbox/installing.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { instantClock } from '../../support/fake-graph.js'
import { asking, handMessenger, openRooms } from './hand.js'

describe('bot/outbox/installing: a manager who does not have Winnow', () => {
  const ask = async (install: Install, ...failures: readonly (readonly ['direct' | 'post', string])[]) => {
    const hand = handMessenger()
    const rooms = openRooms({ hand, install, clock: instantClock() })
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    for (const [on, code] of failures) hand.fail(on, new DeliveryFailure('permanent', code))
    await rooms.does(ada, asking(mia))
    await rooms.idle()
    const { diary } = await rooms.desk.look(caseId)
    return { rooms, news: diary.slice(2).map((one) => (one.type === 'manager-unreached' ? one.detail : one.type)) }
  }
  const installs = () => {
    const asked: string[] = []
    const install: Install = async (personId) => {
      asked.push(personId)
      return { ok: true }
    }
    return { asked, install }
  }

  for (const on of ['direct', 'post'] as const)
    it(`gets it installed, which is written down, and then the question (${on})`, async () => {
      const { asked, install } = installs()
      const { rooms, news } = await ask(install, [on, 'BotNotInConversationRoster'])
      assert.deepEqual([asked, news], [[mia.id], ['manager-asked', 'app-installed']])
      assert.equal((await rooms.card('manager/2'))?.state, 'shown')
    })

  it('is tried once: when the chat does not take it all the same, the SOC is told', async () => {
    const { asked, install } = installs()
    const twice = ['direct', 'BotNotInConversationRoster'] as const
    const { news } = await ask(install, twice, twice)
    assert.equal(asked.length, 1)
    assert.deepEqual(news, ['manager-asked', 'app-installed', 'BotNotInConversationRoster'])
  })

  it('is told of with the reason where it could not be installed', async () => {
    const { news } = await ask(async () => ({ ok: false, detail: 'InstallForbidden' }), ['direct', 'NotFound'])
    assert.deepEqual(news, ['manager-asked', 'InstallForbidden'])
  })

  it('is left alone who has blocked or removed it', async () => {
    for (const code of ['ConversationBlockedByUser', 'BotDisabledByAdmin', 'MessageWritesBlocked']) {
      const { asked, install } = installs()
      const { news } = await ask(install, ['post', code])
      assert.deepEqual([asked, news], [[], ['manager-asked', code]])
    }
  })
})
