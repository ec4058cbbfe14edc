import assert from 'node:assert/strict'
import { openChannels } from '../../../bot/outbox/channels.js'
import { memoryStore } from '../../../store/memory.js'
import type { Alert } from '../../../triage/alert.js'
import { Fault, isFault } from '../../../triage/fault.js'
import { everything } from '../../../triage/routing.js'
import { ada } from '../../support/cast.js'
import { elsewhere, home } from './hand.js'

describe('bot/outbox/channels', () => {
  const third = { ...home, conversationId: 'c-third' }
  const apps = { family: 'cloud-apps', atLeast: null } as const
  const severe = { family: null, atLeast: 'high' } as const
  const idsOf = ({ channels }: Awaited<ReturnType<typeof openChannels>>) =>
    channels().map(({ place }) => place.conversationId)
  const alert = (family: Alert['family'], severity: Alert['severity']) => ({ family, severity })

  it('has no channel at first, and remembers those it is told', async () => {
    const store = memoryStore()
    const binding = await openChannels(store)
    assert.deepEqual(binding.channels(), [])
    assert.equal(binding.placeFor(alert(null, 'high')), null)
    await binding.setChannel(home)
    await binding.setChannel(elsewhere, apps, 'Ada')
    const expected = [
      { place: home, filter: everything, boundBy: '', onCall: null },
      { place: elsewhere, filter: apps, boundBy: 'Ada', onCall: null },
    ]
    assert.deepEqual(binding.channels(), expected)
    assert.deepEqual((await openChannels(store)).channels(), expected)
  })

  it('takes over the one channel of former versions, until it is told others', async () => {
    const store = memoryStore()
    await store.keep('channel', home)
    const binding = await openChannels(store)
    assert.deepEqual(binding.channels(), [{ place: home, filter: everything, boundBy: '', onCall: null }])
    await binding.setChannel(elsewhere)
    assert.deepEqual(idsOf(await openChannels(store)), [elsewhere.conversationId])
  })

  it('has one channel without a filter: another one takes its place, filtered ones stay', async () => {
    const binding = await openChannels(memoryStore())
    await binding.setChannel(home)
    await binding.setChannel(third, apps)
    await binding.setChannel(elsewhere)
    assert.deepEqual(idsOf(binding), [third.conversationId, elsewhere.conversationId])
  })

  it('changes the filter of a channel where it stands, and lets one go', async () => {
    const binding = await openChannels(memoryStore())
    await binding.setChannel(home, apps, 'Ada')
    await binding.setChannel(elsewhere, severe, 'Ada')
    await binding.setChannel(home, severe, 'Ben')
    assert.deepEqual(binding.channels()[0], { place: home, filter: severe, boundBy: 'Ben', onCall: null })
    await binding.removeChannel(home.conversationId)
    await binding.removeChannel('c-unknown')
    assert.deepEqual(idsOf(binding), [elsewhere.conversationId])
  })

  it('sends an alert to the first filter it fits, in the order of binding', async () => {
    const binding = await openChannels(memoryStore())
    await binding.setChannel(home)
    await binding.setChannel(third, severe)
    await binding.setChannel(elsewhere, apps)
    const to = (family: Alert['family'], severity: Alert['severity']) =>
      binding.placeFor(alert(family, severity))?.conversationId
    assert.equal(to('cloud-apps', 'high'), third.conversationId)
    assert.equal(to('cloud-apps', 'low'), elsewhere.conversationId)
    assert.equal(to('resource-manager', 'low'), home.conversationId)
  })

  it('writes only what is new', async () => {
    const store = memoryStore()
    let kept = 0
    const counting = { ...store, keep: (name: string, value: unknown) => ((kept += 1), store.keep(name, value)) }
    const binding = await openChannels(counting)
    for (const place of [home, { ...home }, { ...home, serviceUrl: 'https://other.example/' }, home])
      await binding.setChannel(place)
    await binding.removeChannel('c-unknown')
    assert.equal(kept, 3)
  })

  it('knows who is on call in a channel, also after a restart and when the channel is bound anew', async () => {
    const store = memoryStore()
    const binding = await openChannels(store)
    const adaFor = { person: ada, atLeast: 'medium' } as const
    await binding.setChannel(home)
    await binding.putOnCall(elsewhere.conversationId, adaFor)
    assert.equal(binding.onCallIn(elsewhere), null)
    await binding.putOnCall(home.conversationId, adaFor)
    await binding.setChannel({ ...home, serviceUrl: 'https://other.example/' }, apps, 'Ben')
    const again = await openChannels(store)
    assert.deepEqual(again.onCallIn(home), adaFor)
    await again.setChannel(elsewhere)
    assert.equal(again.onCallIn(elsewhere), null)
    await again.putOnCall(home.conversationId, null)
    assert.equal((await openChannels(store)).onCallIn(home), null)
  })

  it('reads channels of former versions, and those whose person on call can’t be read, as with nobody on call', async () => {
    const person = { id: 'u-ada', name: 'Ada' }
    for (const onCall of [undefined, null, 7, { person }, { person: { id: '', name: 'x' }, atLeast: 'low' }]) {
      const store = memoryStore()
      const former = { place: home, filter: apps, boundBy: 'Ben' }
      await store.keep('channels', [onCall === undefined ? former : { ...former, onCall }])
      assert.deepEqual((await openChannels(store)).channels(), [{ ...former, onCall: null }])
    }
  })

  it('counts as none when what was kept cannot be read', async () => {
    for (const odd of [null, 7, 'x', {}, { ...home, botId: 7 }]) {
      const store = memoryStore()
      await store.keep('channel', odd)
      await store.keep('channels', [odd])
      assert.deepEqual((await openChannels(store)).channels(), [])
    }
  })

  it('loses nothing when two people say something at once: where to post, and who is on call', async () => {
    const store = memoryStore()
    const binding = await openChannels(store)
    await binding.setChannel(home)
    const adaFor = { person: ada, atLeast: 'medium' } as const
    await Promise.all([
      binding.putOnCall(home.conversationId, adaFor),
      binding.setChannel(elsewhere, apps, 'Ada'),
      binding.setChannel(third, severe, 'Ben'),
    ])
    assert.deepEqual(
      idsOf(binding),
      [home, elsewhere, third].map(({ conversationId }) => conversationId),
    )
    assert.deepEqual(binding.onCallIn(home), adaFor)
    assert.deepEqual((await openChannels(store)).channels(), binding.channels())
  })

  it('nor when the two have different Winnows over the same store, and each knows what the other did when it asks', async () => {
    const store = memoryStore()
    const one = await openChannels(store)
    await one.setChannel(home)
    const other = await openChannels(store)
    const adaFor = { person: ada, atLeast: 'medium' } as const
    await Promise.all([one.setChannel(elsewhere, apps, 'Ada'), other.putOnCall(home.conversationId, adaFor)])
    await Promise.all([one.setChannel(third, severe, 'Ben'), other.setChannel(elsewhere, severe, 'Ben')])
    for (const binding of [one, other]) {
      const channels = await binding.refresh()
      assert.deepEqual(
        channels.map(({ place, filter, onCall }) => [place.conversationId, filter.atLeast, onCall?.person.id ?? null]),
        [
          [home.conversationId, null, ada.id],
          [elsewhere.conversationId, 'high', null],
          [third.conversationId, 'high', null],
        ],
      )
      assert.deepEqual(binding.channels(), channels)
    }
  })

  it('lets fifty people who say something at once have their way, one after the other', async () => {
    const store = memoryStore()
    const binding = await openChannels(store)
    await binding.setChannel(home)
    const many = Array.from({ length: 50 }, (_, n) => ({ ...home, conversationId: `c-${n}` }))
    await Promise.all(many.map((place) => binding.setChannel(place, severe, 'Ada')))
    assert.equal(binding.channels().length, 51)
  })

  it('gives up when others are faster all the time, and stays what it was', async () => {
    const store = memoryStore()
    const stale: typeof store.keep = () => Promise.reject(new Fault('store/stale', 'as the test wants it'))
    const binding = await openChannels({ ...store, keep: stale })
    await assert.rejects(binding.setChannel(home), (error) => isFault(error, 'store/stale'))
    assert.deepEqual(binding.channels(), [])
  })

  it('stays what it was when it cannot be written', async () => {
    const binding = await openChannels({ ...memoryStore(), keep: () => Promise.reject(new Error('disk full')) })
    await assert.rejects(binding.setChannel(home), /disk full/)
    assert.deepEqual(binding.channels(), [])
  })
})
