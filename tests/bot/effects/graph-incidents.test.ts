import assert from 'node:assert/strict'
import { openGraphIncidents } from '../../../bot/effects/graph-incidents.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import type { Alert } from '../../../triage/alert.js'
import type { Taxonomies } from '../../../triage/taxonomy.js'
import { sharedFolder } from '../../content/files.js'
import { loadGuides } from '../../content/guides.js'
import { reportOf } from '../../../triage/group.js'
import { winnow } from '../../../triage/person.js'
import { ada, anAlert, ben, caseId } from '../../support/cast.js'
import { effectsWorld } from '../../support/effects-world.js'
import { type KeptIncident, fakeIncidents } from '../../support/fake-incidents.js'
import { clientOver } from '../../support/fake-outside.js'
import { words as phrases } from '../../support/words.js'

describe('bot/effects/graph-incidents: what a case tells the incident of its alert', () => {
  let taxonomies: Taxonomies
  before(async () => {
    taxonomies = await loadTaxonomies(sharedFolder, await loadGuides())
  })

  const opened = async (
    but: Partial<Alert> = {},
    alerts: readonly string[] = ['a-1'],
    mode: 'on' | 'dry-run' = 'on',
  ) => {
    const fake = fakeIncidents('')
    const incident = fake.put('924565', alerts)
    const asked: string[] = []
    const graph = clientOver((request) => {
      asked.push(`${request.method} ${request.url.pathname}`)
      return fake.handle(request)
    }, 'Bearer graph-token')
    const target = openGraphIncidents({
      graph,
      taxonomy: taxonomies['graph-alerts'],
      mode,
      since: '',
      signInNameOf: ({ id }) => (id === ada.id ? 'ada@contoso.example' : null),
      phrases,
    })
    const rooms = effectsWorld([target])
    await rooms.open({ source: 'graph', sourceAlertId: 'a-1', incident: '924565', ...but })
    return { rooms, fake, incident, asked }
  }
  const stands = ({ status, classification, determination, assignedTo }: KeptIncident) =>
    [status, classification, determination, assignedTo].map((one) => one ?? '-').join(' ')
  const ends = async (rooms: ReturnType<typeof effectsWorld>) =>
    (await rooms.standings()).map((one) => one.split(' | ').slice(1).join(' '))
  const take = { type: 'take' } as const
  const tp = { type: 'record-verdict', verdict: 'tp', reason: 'Kim says so.' } as const

  it('follows the whole of a case where the incident holds this alert alone', async () => {
    const { rooms, incident, fake } = await opened()
    await rooms.press(ada, take)
    await rooms.settle()
    assert.equal(stands(incident), 'active - - ada@contoso.example')
    await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
    await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
    await rooms.settle()
    assert.equal(stands(incident), 'resolved falsePositive notMalicious ada@contoso.example')
    await rooms.press(ada, { type: 'withdraw-verdict' })
    await rooms.settle()
    assert.equal(stands(incident), 'active unknown unknown ada@contoso.example')
    await rooms.press(ada, tp)
    await rooms.settle()
    assert.equal(stands(incident), 'active truePositive compromisedAccount ada@contoso.example')
    await rooms.press(ada, { type: 'close', reason: 'Contained elsewhere.' })
    await rooms.settle()
    assert.equal(stands(incident), 'resolved truePositive compromisedAccount ada@contoso.example')
    await rooms.press(ada, { type: 'reopen', reason: 'It goes on.' })
    await rooms.settle()
    assert.equal(stands(incident), 'active truePositive compromisedAccount ada@contoso.example')
    assert.deepEqual([incident.comments.length, fake.refusals], [4, []])
    assert.ok((await ends(rooms)).every((one) => one.startsWith('done')))
  })

  it('gives an incident back with the case, unless someone gave it to another there', async () => {
    const { rooms, incident, fake } = await opened()
    await rooms.press(ada, take)
    await rooms.settle()
    await rooms.press(ada, { type: 'release' })
    await rooms.settle()
    assert.equal(stands(incident), 'active - - -')
    await rooms.press(ada, take)
    await rooms.settle()
    fake.change(incident, { assignedTo: 'eve@contoso.example' })
    await rooms.press(ada, { type: 'release' })
    await rooms.settle()
    assert.equal(stands(incident), 'active - - eve@contoso.example')
    assert.deepEqual(await ends(rooms), [
      'done effect.does.assigned()',
      'done effect.does.released()',
      'done effect.does.assigned()',
      'done effect.does.nothing()',
    ])
    assert.deepEqual(fake.refusals, [])
  })

  it('leaves an incident in progress as it is while the case is open', async () => {
    const { rooms, incident } = await opened()
    incident.status = 'inProgress'
    await rooms.press(ada, take, tp)
    await rooms.settle()
    assert.equal(stands(incident), 'inProgress truePositive compromisedAccount ada@contoso.example')
  })

  it('only comments on an incident of several alerts, once', async () => {
    const { rooms, incident, asked } = await opened({}, ['a-1', 'a-2'])
    await rooms.press(ada, take)
    await rooms.settle()
    assert.deepEqual(await ends(rooms), ['done effect.does.nothing()'])
    await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
    await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
    await rooms.settle()
    const { state } = await rooms.desk.look(caseId)
    assert.equal(state?.stepStates['action/close-alert'], undefined)
    await rooms.press(ada, { type: 'close', reason: 'Contained elsewhere.' })
    await rooms.settle()
    assert.deepEqual([stands(incident), incident.comments.length], ['active - - -', 1])
    assert.match(incident.comments[0]?.comment ?? '', /effect\.comment\.judged/)
    assert.deepEqual(
      asked.filter((one) => one.startsWith('PATCH')),
      [],
    )
  })

  it('follows an incident into the one that it was merged into', async () => {
    const { rooms, incident, fake } = await opened()
    Object.assign(incident, { status: 'redirected', redirectIncidentId: '924600' })
    const other = fake.put('924600', ['a-1', 'b-7'])
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([incident.comments.length, other.comments.length, stands(other)], [0, 1, 'active - - -'])
    // One that leads back to itself leads nowhere.
    Object.assign(other, { status: 'redirected', redirectIncidentId: '924565' })
    await rooms.press(ada, { type: 'withdraw-verdict' })
    await rooms.settle()
    assert.match((await ends(rooms)).at(-1) ?? '', /^refused .* invalid$/)
  })

  it('writes nothing into an incident that does not hold the alert any more', async () => {
    const { rooms, incident } = await opened({}, ['b-7'])
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([stands(incident), incident.comments.length], ['active - - -', 0])
    assert.match((await ends(rooms)).at(-1) ?? '', /^refused .* not-found$/)
  })

  for (const [what, but] of [
    ['of which no incident is known', { incident: '' }],
    ['whose incident is no number', { incident: '../users/1' }],
    ['that came from elsewhere', { source: 'sentinel' }],
  ] as const)
    it(`asks nothing for an alert ${what}`, async () => {
      const { rooms, asked } = await opened(but)
      await rooms.judge()
      await rooms.settle()
      assert.deepEqual(asked, [])
    })

  it('on a dry run asks nothing, and writes down what it would send', async () => {
    const { rooms, asked } = await opened({}, ['a-1'], 'dry-run')
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual(asked, [])
    const { state } = await rooms.desk.look(caseId)
    assert.match(state?.effects[0]?.sent ?? '', /"status":"resolved","classification":"falsePositive"/)
  })

  describe('leaves alone what someone set there later', () => {
    it('another classification, and tells the owner what stands there', async () => {
      const { rooms, incident, fake } = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      fake.change(incident, { status: 'resolved', classification: 'truePositive', determination: 'malware' })
      await rooms.press(ada, { type: 'answer', check: 'address', option: 'ours' })
      await rooms.press(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' })
      await rooms.settle()
      assert.equal(stands(incident), 'resolved truePositive malware ada@contoso.example')
      assert.match((await ends(rooms)).at(-1) ?? '', /^kept/)
      const { diary } = await rooms.desk.look(caseId)
      assert.ok(diary.some((event) => event.type === 'source-updated' && event.classification === 'truePositive'))
    })

    it('the same word with a capital letter, as some documents write it', async () => {
      const { rooms, incident } = await opened()
      Object.assign(incident, { status: 'Resolved', classification: 'TruePositive', determination: 'Malware' })
      await rooms.press(ada, take, tp, { type: 'close', reason: 'Contained elsewhere.' })
      await rooms.settle()
      assert.match(stands(incident), /^Resolved TruePositive Malware/)
    })

    it('whom it is assigned to', async () => {
      const { rooms, incident } = await opened()
      incident.assignedTo = 'eve@contoso.example'
      await rooms.press(ada, take)
      await rooms.settle()
      assert.equal(stands(incident), 'active - - eve@contoso.example')
      assert.deepEqual(await ends(rooms), ['done effect.does.nothing()'])
    })
  })

  it('tells the incident that another source puts the same alert into, and one that two name once', async () => {
    const { rooms, fake } = await opened({}, ['a-1', 'a-2'])
    const second = fake.put('924566', ['a-2'])
    await rooms.press(ada, take)
    const report = async (sourceAlertId: string, incident: string) => {
      const twin = anAlert({ source: 'graph', sourceAlertId, incident })
      const command = {
        type: 'note-report',
        report: reportOf(`TW1N-0000-000${sourceAlertId.at(-1)}`, twin, anAlert()),
      } as const
      await rooms.press(winnow, command)
    }
    await report('a-2', '924566')
    await report('a-3', '924565')
    await rooms.settle()
    assert.equal(stands(second), 'active - - ada@contoso.example')
    assert.deepEqual(
      (await rooms.standings()).map((one) => one.replace(/ \|.*/, '')),
      ['graph-incidents/1', 'graph-incidents/TW1N-0000-0002/2'],
    )
  })

  it('is not mixed up with what the alert itself is told', async () => {
    const { rooms, incident } = await opened()
    await rooms.press(ben, take)
    await rooms.settle()
    const { state } = await rooms.desk.look(caseId)
    assert.deepEqual([stands(incident), state?.sourceSaid], ['active - - -', []])
    assert.equal(state?.effects[0]?.wrote?.sourceAlertId, 'incident/924565')
  })
})
