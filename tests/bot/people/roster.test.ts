import assert from 'node:assert/strict'
import { failurePauseMs, goodForMs, openRoster, strangerPauseMs } from '../../../bot/people/roster.js'
import { type Member, DeliveryFailure } from '../../../bot/chat.js'
import { elsewhere, home } from '../outbox/hand.js'

describe('bot/people/roster', () => {
  const member = (id: string, guest = false): Member => ({
    ids: [id.toUpperCase(), `29:${id}`],
    chatId: `29:${id}`,
    name: `Name ${id}`,
    guest,
  })
  /** A roster whose team, time and failures the test decides. */
  const open = (teams: Record<string, Member[]> = { [home.conversationId]: [member('ada'), member('gus', true)] }) => {
    const state = { ms: 0, fails: false, reads: 0, hold: Promise.resolve() }
    const logged: string[] = []
    const roster = openRoster({
      messenger: {
        roster: async ({ conversationId }) => {
          state.reads += 1
          await state.hold
          if (state.fails) throw new DeliveryFailure('transient', 'HTTP 503')
          return teams[conversationId] ?? []
        },
      },
      now: () => state.ms,
      log: { warn: (_, text) => void logged.push(text) },
      waitMs: 5,
    })
    const is = (id: string, places = [home]) => roster.membership(id, places)
    return { roster, state, teams, logged, is, team: teams[home.conversationId] ?? [] }
  }

  it('tells members, guests and strangers apart, by either id, in any case, with one reading', async () => {
    const { is, state } = open()
    assert.deepEqual(await Promise.all(['ada', 'ADA', '29:ada', 'gus', 'eve'].map((id) => is(id))), [
      'member',
      'member',
      'member',
      'guest',
      'stranger',
    ])
    assert.equal(state.reads, 1)
  })

  it('knows nobody where no channel is bound', async () => {
    assert.equal(await open().is('ada', []), 'stranger')
  })

  it('has members of any of the teams; who is a guest in one and a member of another is a member', async () => {
    const { is } = open({ [home.conversationId]: [member('gus', true)], [elsewhere.conversationId]: [member('gus')] })
    assert.equal(await is('gus', [home, elsewhere]), 'member')
    assert.equal(await is('gus', [home]), 'guest')
  })

  it('answers from memory, and reads anew after ten minutes: who has left is out', async () => {
    const { is, state, team } = open()
    await is('ada')
    team.length = 0
    state.ms = goodForMs - 1
    assert.equal(await is('ada'), 'member')
    assert.equal(state.reads, 1)
    state.ms = goodForMs
    assert.equal(await is('ada'), 'stranger')
    assert.equal(state.reads, 2)
  })

  it('reads anew for somebody unknown, but not more often than every 15 seconds', async () => {
    const { is, state, team } = open()
    await is('ada')
    team.push(member('ben'))
    state.ms = strangerPauseMs - 1
    assert.equal(await is('ben'), 'stranger')
    state.ms = strangerPauseMs
    assert.equal(await is('ben'), 'member')
    for (const id of ['x', 'y', 'z']) await is(id)
    assert.equal(state.reads, 2)
  })

  it('keeps to the last known roster when it cannot be read: nobody is let in, nobody thrown out', async () => {
    const { is, state, logged, team } = open()
    await is('ada')
    state.fails = true
    team.push(member('ben'))
    state.ms = 5 * goodForMs
    assert.equal(await is('ada'), 'member')
    assert.equal(await is('gus'), 'guest')
    assert.equal(await is('ben'), 'unknown')
    assert.equal(state.reads, 2)
    assert.equal(logged.length, 1)
    state.fails = false
    state.ms += failurePauseMs
    assert.equal(await is('ben'), 'member')
  })

  it('knows nobody when it could never be read, and says that it does not know', async () => {
    const { is, state } = open()
    state.fails = true
    assert.equal(await is('ada'), 'unknown')
    assert.equal(await is('ada'), 'unknown')
    assert.equal(state.reads, 1)
    state.fails = false
    state.ms = failurePauseMs
    assert.equal(await is('ada'), 'member')
  })

  it('waits only so long for a slow one, then answers with what is known', async () => {
    const { is, state } = open()
    let release = (): void => {}
    state.hold = new Promise((resolve) => (release = resolve))
    assert.equal(await is('ada'), 'unknown')
    release()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(await is('ada'), 'member')
    assert.equal(state.reads, 1)
  })

  it('is kept fresh ahead of time, so that no click waits', async () => {
    const { roster, is, state } = open()
    await roster.keepFresh([home])
    await roster.keepFresh([home])
    assert.equal(state.reads, 1)
    state.ms = goodForMs * 0.9
    await roster.keepFresh([home])
    state.ms = goodForMs * 1.5
    await is('ada')
    assert.equal(state.reads, 2)
  })

  it('tells every id of those it knows, whichever is given, and asks for nothing', async () => {
    const { roster, is, state } = open()
    assert.deepEqual(roster.idsOf(['ada']), [])
    await is('ada')
    for (const id of ['ada', '29:ADA']) assert.deepEqual(roster.idsOf([id]), ['ADA', '29:ada'])
    assert.deepEqual(roster.idsOf(['gus', 'ada', 'eve']), ['GUS', '29:gus', 'ADA', '29:ada'])
    assert.equal(state.reads, 1)
  })

  it('tells names of those it knows', async () => {
    const { roster, is } = open()
    await is('ada')
    assert.deepEqual(roster.namesOf(['nobody', 'Ada']), ['Name ada'])
  })
})
