import assert from 'node:assert/strict'
import { refusedClick, refusedText } from '../../../bot/people/rights.js'
import { openRoster } from '../../../bot/people/roster.js'
import { type Member, DeliveryFailure } from '../../../bot/chat.js'
import { everything } from '../../../triage/routing.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { words } from '../../support/words.js'
import { elsewhere, home } from '../outbox/hand.js'

const member = (id: string, name = ''): Member => ({ ids: [id], chatId: id, name, guest: false })

describe('bot/rights', () => {
  const third = { ...home, conversationId: 'c-third' }
  /** Ada is in the first team, Ben in the second; the teams bound and the leads as told. */
  const houseOf = (
    bound: readonly (typeof home)[],
    leads: readonly string[] = [],
    broken: readonly (typeof home)[] = [],
  ) => {
    const teams: Record<string, Member[]> = {
      'c-home': [member('u-ada', 'Ada')],
      'c-elsewhere': [member('u-ben', 'Ben')],
    }
    const roster = openRoster({
      messenger: {
        roster: async (place) => {
          if (broken.includes(place)) throw new DeliveryFailure('permanent', 'ConversationNotFound')
          return teams[place.conversationId] ?? []
        },
      },
      now: () => 0,
      log: { warn: () => {} },
    })
    const channels = () => bound.map((place) => ({ place, filter: everything, boundBy: '', onCall: null }))
    return Object.assign(Object.create(null), { binding: { channels }, roster, leads, phrases: words })
  }
  const look = { intent: 'look', caseId } as const
  const bind = { want: 'post-here', filter: everything } as const
  const why = async (refusal: Promise<{ readonly refusal: string } | null>) => (await refusal)?.refusal ?? 'may'

  it('has the members of every bound team as analysts, wherever they speak in that tenant', async () => {
    const both = houseOf([home, elsewhere])
    for (const by of [ada, ben])
      for (const place of [home, elsewhere, third])
        assert.equal(await why(refusedClick({ by, place }, look, both)), 'may')
    assert.equal(await why(refusedClick({ by: ben, place: home }, look, houseOf([home]))), 'not-analyst')
    assert.equal(await why(refusedClick({ by: ada, place: home }, look, houseOf([]))), 'not-analyst')
    const foreign = { ...home, tenantId: 't-2' }
    assert.equal(await why(refusedClick({ by: ada, place: foreign }, look, both)), 'not-analyst')
  })

  it('does not know just now, rather than no or yes, when the roster could not be read', async () => {
    const app = houseOf([home], [], [home])
    assert.equal(await why(refusedClick({ by: ada, place: home }, look, app)), 'no-roster')
    assert.equal(await why(refusedText({ by: ada, place: home }, bind, app)), 'no-roster')
    assert.equal(await why(refusedText({ by: ada, place: home }, { want: 'help' }, app)), 'may')
  })

  it('lets a member of the team bind its first channel, and of no other', async () => {
    assert.equal(await why(refusedText({ by: ada, place: home }, bind, houseOf([]))), 'may')
    assert.equal(await why(refusedText({ by: ada, place: elsewhere }, bind, houseOf([]))), 'not-analyst')
  })

  it('lets every analyst be on call, leads or not; where none is bound yet, whoever could bind is told so', async () => {
    for (const want of [{ want: 'on-call', atLeast: 'low' }, { want: 'off-call' }] as const) {
      assert.equal(await why(refusedText({ by: ada, place: third }, want, houseOf([home], ['u-ben']))), 'may')
      assert.equal(await why(refusedText({ by: ben, place: home }, want, houseOf([home]))), 'not-analyst')
      assert.equal(await why(refusedText({ by: ada, place: home }, want, houseOf([]))), 'may')
      assert.equal(await why(refusedText({ by: ben, place: home }, want, houseOf([]))), 'not-analyst')
    }
  })

  it('lets only leads bind when there are some, and tells who they are', async () => {
    const app = houseOf([home, elsewhere], ['u-ben'])
    assert.equal(await why(refusedText({ by: ben, place: third }, bind, app)), 'may')
    assert.deepEqual(await refusedText({ by: ada, place: home }, { want: 'post-nowhere', at: null }, app), {
      refusal: 'leads-only',
      details: { leads: 'Ben' },
    })
    const unseen = await refusedText({ by: ada, place: home }, bind, houseOf([home], ['u-lea']))
    assert.deepEqual(unseen?.details, { leads: 'rights.some-lead()' })
  })

  it('lets a lead bind a channel of their own team when the bound one is gone, and do nothing else there', async () => {
    const app = houseOf([home], ['u-ben'], [home])
    assert.equal(await why(refusedText({ by: ben, place: elsewhere }, bind, app)), 'may')
    assert.equal(await why(refusedClick({ by: ben, place: elsewhere }, look, app)), 'no-roster')
    assert.equal(await why(refusedText({ by: ada, place: elsewhere }, bind, app)), 'no-roster')
  })
})
