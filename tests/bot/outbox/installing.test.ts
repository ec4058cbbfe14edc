import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { type Install, openInstalling } from '../../../bot/outbox/installing.js'
import { chatCard } from '../../../triage/card.js'
import { winnow } from '../../../triage/person.js'
import { ada, caseId, mia, minute } from '../../support/cast.js'
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

  describe('a card that could not be posted', () => {
    const other = '1111-2222-3333'
    const notInRoster = new DeliveryFailure('permanent', 'BotNotInConversationRoster')
    /** Mia is asked in two cases, and nothing is sent by itself. What is noted: who got Winnow. */
    const open = async (isOn = true) => {
      const rooms = openRooms({ place: null })
      for (const id of [caseId, other]) {
        await rooms.open(id)
        await rooms.does(ada, { type: 'take' }, id)
        await rooms.does(ada, asking(mia), id)
      }
      await rooms.idle()
      const { asked, install } = installs()
      const installing = openInstalling({ install: isOn ? install : undefined, desk: rooms.desk, now: () => minute(9) })
      const failed = async (error = notInRoster, card = 'manager/2', id = caseId) =>
        installing(error, await rooms.located(id), card)
      return { rooms, asked, failed }
    }

    it('has nothing installed where Winnow may not do so', async () => {
      const { failed } = await open(false)
      assert.equal(await failed(), null)
    })

    it('has Winnow installed once for each question, though it is the same manager', async () => {
      const { asked, failed } = await open()
      assert.deepEqual([await failed(), await failed()], ['again', null])
      assert.equal(await failed(notInRoster, 'manager/2', other), 'again')
      assert.deepEqual(asked, [mia.id, mia.id])
    })

    it('has nothing installed for a card that is not the open question’s', async () => {
      const { asked, failed } = await open()
      for (const card of ['channel', 'manager/1', chatCard(ada.id)]) assert.equal(await failed(notInRoster, card), null)
      assert.deepEqual(asked, [])
    })

    it('has nothing installed where nobody was asked', async () => {
      const { rooms, asked, failed } = await open()
      const third = '4444-5555-6666'
      await rooms.open(third)
      assert.equal(await failed(notInRoster, 'channel', third), null)
      assert.deepEqual(asked, [])
    })

    it('has nothing installed once the question is known not to have arrived', async () => {
      const { rooms, asked, failed } = await open()
      const unreached = { type: 'note-unreached', asked: 2, why: 'refused', detail: 'HTTP 403' } as const
      await rooms.desk.settle(caseId, [{ ...unreached, caseId, line: null, at: minute(9), by: winnow }])
      assert.equal((await rooms.state()).confirmation?.state, 'unreached')
      assert.equal(await failed(), null)
      assert.deepEqual(asked, [])
    })

    it('has nothing installed for a failure that may pass, or where the message is gone', async () => {
      const { asked, failed } = await open()
      for (const kind of ['transient', 'unknown', 'missing'] as const)
        assert.equal(await failed(new DeliveryFailure(kind, 'NotFound')), null)
      assert.deepEqual(asked, [])
    })

    it('has Winnow installed only when Teams says just that the person does not have it', async () => {
      const says = async (code: string) => (await open()).failed(new DeliveryFailure('permanent', code))
      const codes = ['BotNotInConversationRoster', 'ForbiddenOperationException', 'Forbidden', 'NotFound']
      for (const code of [...codes, 'HTTP 403', 'HTTP 404']) assert.equal(await says(code), 'again', code)
      for (const code of ['ConversationNotFound', 'NotFoundInTenant', 'InstallForbidden', 'HTTP 400', 'HTTP 405'])
        assert.equal(await says(code), null, code)
    })
  })
})
