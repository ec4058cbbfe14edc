import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn, codesIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/source-word: an alert that is known comes again, changed by its source', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    await world.install()
  })
  afterEach(() => world.close())

  const alert = (id: string, but: object = {}) => ({
    AlertType: 'ARM_AnomalousElevateAccess',
    SystemAlertId: id,
    AlertDisplayName: 'Suspicious elevate access operation',
    Severity: 'High',
    Status: 'New',
    StartTimeUtc: '2026-03-09T08:00:00Z',
    ...but,
  })
  const post = async (...alerts: readonly object[]) => {
    const { status, body } = await world.post(alerts)
    await world.drawn()
    const {
      ignored,
      alerts: taken,
    }: {
      readonly ignored: readonly { readonly reason: string }[]
      readonly alerts: readonly { readonly status: string }[]
    } = Object(body)
    return {
      status,
      codes: codesIn(body),
      taken: taken.map((one) => one.status),
      ignored: ignored.map(({ reason }) => reason),
    }
  }
  const typesOf = async (code: string) => (await world.app().desk.look(code)).diary.map(({ type }) => type)

  it('and is noted on its case; one that is not known is ignored with the reason, as before', async () => {
    const [code = ''] = (await post(alert('a'))).codes
    const answer = await post(alert('a', { Status: 'Resolved' }), alert('b', { Status: 'Dismissed' }))
    assert.deepEqual([answer.status, answer.codes, answer.taken], [202, [code], ['updated']])
    assert.deepEqual(answer.ignored, ['[1]: the alert "b" is already dismissed in Defender for Cloud'])
    assert.deepEqual(await typesOf(code), ['opened', 'source-updated'])
    const words = wordsOf(teams.cardOf(code).card)
    assert.match(words, /In the source\sDefender for Cloud: resolved/)
    assert.match(words, /Unassigned/)
  })

  it('and sent again, it changes nothing, nor does the first message when it comes late', async () => {
    const [code = ''] = (await post(alert('a'))).codes
    await post(alert('a', { Status: 'Resolved' }))
    assert.deepEqual((await post(alert('a', { Status: 'Resolved' }))).taken, ['known'])
    assert.deepEqual((await post(alert('a'))).taken, ['known'])
    assert.deepEqual(await typesOf(code), ['opened', 'source-updated'])
  })

  it('and its owner hears of it in the thread, and still has to close the case', async () => {
    const [code = ''] = (await post(alert('a'))).codes
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await post(alert('a', { Status: 'Dismissed' }))
    const told = teams.texts(teams.cardOf(code).conversationId)
    assert.match(told.at(-1) ?? '', new RegExp(`Defender for Cloud now shows the alert of case ${code} as dismissed`))
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
    assert.match((await teams.say(ana, 'mine'))[0] ?? '', /1 yours/)
  })

  it('and one message with both its beginning and its end opens the case and notes the end', async () => {
    const answer = await post(alert('a', { Status: 'Resolved' }), alert('a'))
    assert.deepEqual([answer.taken, answer.ignored], [['new', 'updated'], []])
    assert.deepEqual(await typesOf(answer.codes[0] ?? ''), ['opened', 'source-updated'])
  })

  it('and a closed case keeps what its source says later, and stays closed', async () => {
    const [code = ''] = (await post(alert('a'))).codes
    for (const text of ['take', 'verdict undetermined nothing found', 'close done'])
      await teams.say(ana, `${code} ${text}`)
    const before = teams.texts().length
    await post(alert('a', { Status: 'Resolved' }))
    assert.equal((await typesOf(code)).at(-1), 'source-updated')
    assert.equal(teams.texts().length, before)
    assert.match(
      wordsOf(teams.cardOf(code).card),
      /Ana Analyst closed the case[^]*Defender for Cloud now says: resolved/,
    )
  })
})
