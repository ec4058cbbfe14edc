import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/follows: combinations', () => {
  let world: World
  let teams: Actors
  before(async () => {
    world = await openWorld({ groupMinutes: 0 })
    teams = actorsIn(world)
    await world.install()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const card = (code: string) => wordsOf(teams.cardOf(code).card)
  const close = async (code: string): Promise<void> => {
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await teams.say(ana, `${code} verdict undetermined`)
    await teams.say(ana, `${code} close Nothing more to find.`)
  }
  const restart = async (): Promise<void> => {
    await world.stop()
    await world.start()
    await world.drawn()
  }
  const forwarding = (upn: string, day: string) =>
    teams.alert({ type: 'suspicious-inbox-forwarding', people: [{ upn }], occurredAt: `${day}T09:00:00Z` })
  const journey = (upn: string, day: string) => teams.alert({ people: [{ upn }], occurredAt: `${day}T09:00:00Z` })

  it('name an earlier alert whose case is closed, after a restart', async () => {
    const first = await forwarding('a@contoso.example', '2026-11-20')
    await close(first)
    await restart()
    const second = await journey('a@contoso.example', '2026-11-24')
    assert.match(card(second), new RegExp(`Earlier alert for the same person: .*\\(case ${first}\\)`))
  })

  it('name a later alert whose case is closed, when the earlier one arrives after it', async () => {
    const later = await journey('b@contoso.example', '2026-11-24')
    await close(later)
    await restart()
    const earlier = await forwarding('b@contoso.example', '2026-11-20')
    assert.match(card(earlier), new RegExp(`Later alert for the same person: Impossible travel \\(case ${later}\\)`))
  })

  it('are not lost behind many other alerts about that person', async () => {
    const first = await forwarding('c@contoso.example', '2026-11-20')
    for (let n = 0; n < 12; n += 1)
      await teams.alert({ type: 'x', people: [{ upn: 'c@contoso.example' }], occurredAt: '2026-11-22T09:00:00Z' })
    const second = await journey('c@contoso.example', '2026-11-24')
    assert.match(card(second), new RegExp(`Earlier alert for the same person: .*\\(case ${first}\\)`))
  })

  it('say nothing when the days between them are too many', async () => {
    await forwarding('d@contoso.example', '2026-11-01')
    const second = await journey('d@contoso.example', '2026-11-24')
    assert.doesNotMatch(card(second), /Earlier alert for the same person/)
  })
})
