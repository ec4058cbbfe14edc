import assert from 'node:assert/strict'
import { openGraphAlerts } from '../../../bot/effects/graph-alerts.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Phrases } from '../../../triage/phrases.js'
import type { Taxonomies } from '../../../triage/taxonomy.js'
import { loadGuides } from '../../content/guides.js'
import { aReport } from '../../support/group.js'
import { ada, ben, caseId, wrote } from '../../support/cast.js'
import { effectsWorld } from '../../support/effects-world.js'
import { type FakeAlerts, type KeptAlert, openFakeAlerts } from '../../support/fake-alerts.js'
import { fakeClock } from '../../support/fake-clock.js'
import { clientOf } from '../../support/fake-graph.js'
import { winnow } from '../../../triage/person.js'

describe('bot/effects/graph-alerts: what a case tells Microsoft Defender', () => {
  let defender: FakeAlerts
  let alert: KeptAlert
  let taxonomies: Taxonomies
  let phrases: Phrases
  before(async () => {
    phrases = await loadPhrases('content/phrases', 'en')
    taxonomies = await loadTaxonomies('content/shared', await loadGuides())
  })
  beforeEach(async () => {
    defender = await openFakeAlerts()
    alert = defender.put('a-1')
  })
  afterEach(() => defender.close())

  const world = (store: Store = memoryStore(), mode: 'dry-run' | 'on' = 'on', since = '') => {
    const clock = fakeClock()
    return effectsWorld(
      [
        openGraphAlerts({
          graph: clientOf(defender, { clock: { now: clock.now, sleep: async () => {} } }),
          taxonomy: taxonomies['graph-alerts'],
          mode,
          since,
          signInNameOf: ({ id }) =>
            id === ada.id ? 'ada@contoso.example' : id === ben.id ? 'ben@contoso.example' : null,
          phrases,
        }),
      ],
      store,
      undefined,
      clock,
    )
  }
  const opened = async (store?: Store, mode?: 'dry-run' | 'on') => {
    const rooms = world(store, mode)
    await rooms.open({ source: 'graph', sourceAlertId: 'a-1' })
    return rooms
  }
  const stands = ({ status, classification, determination, assignedTo } = alert) =>
    [status, classification, determination, assignedTo].map((one) => one ?? '-').join(' ')
  const verdict = { type: 'record-verdict', verdict: 'fp-vpn', reason: '' } as const
  const take = { type: 'take' } as const
  const answer = { type: 'answer', check: 'address', option: 'ours' } as const

  it('follows the whole of a case: taken, judged, withdrawn, judged otherwise, closed, reopened', async () => {
    const rooms = await opened()
    await rooms.press(ada, take)
    await rooms.settle()
    assert.equal(stands(), 'inProgress - - ada@contoso.example')
    await rooms.press(ada, answer, verdict)
    await rooms.settle()
    assert.equal(stands(), 'resolved falsePositive notMalicious ada@contoso.example')
    assert.match(
      alert.comments[0]?.comment ?? '',
      /^FP: Untagged VPN, recorded by Ada Analyst \(case 7K3F-9QXM-2ABC\)\. .*VPN/,
    )
    await rooms.press(ada, { type: 'withdraw-verdict' })
    await rooms.settle()
    assert.equal(stands(), 'inProgress unknown unknown ada@contoso.example')
    await rooms.press(ada, { type: 'record-verdict', verdict: 'tp', reason: 'Kim says so.' })
    await rooms.settle()
    assert.equal(stands(), 'inProgress truePositive compromisedAccount ada@contoso.example')
    await rooms.press(ada, { type: 'close', reason: 'Contained elsewhere.' })
    await rooms.settle()
    assert.equal(stands(), 'resolved truePositive compromisedAccount ada@contoso.example')
    await rooms.press(ada, { type: 'reopen', reason: 'It goes on.' })
    await rooms.press(ben, { type: 'take-over' })
    await rooms.settle()
    assert.equal(stands(), 'inProgress truePositive compromisedAccount ben@contoso.example')
    assert.deepEqual(
      alert.comments.map(({ comment }) => comment.replace(/ \(case.*/, '')),
      [
        'FP: Untagged VPN, recorded by Ada Analyst',
        'Verdict withdrawn by Ada Analyst',
        'TP: Account in other hands, recorded by Ada Analyst',
        'Reopened by Ada Analyst',
      ],
    )
    assert.deepEqual(defender.refusals, [])
    assert.deepEqual(new Set((await rooms.standings()).map((one) => one.split(' | ')[1])), new Set(['done']))
  })

  it('marks the step that is done with it, and nothing that someone marked or skipped', async () => {
    const rooms = await opened()
    await rooms.judge()
    await rooms.settle()
    const { state } = await rooms.desk.look(caseId)
    assert.deepEqual(state?.stepStates['action/close-alert']?.by, winnow)
    assert.equal(state?.stepStates['action/tag-range'], undefined)
  })

  it('tells the alert under each id that its sources have for it', async () => {
    const rooms = await opened()
    const twin = defender.put('a-2')
    await rooms.judge()
    await rooms.settle()
    assert.equal(stands(twin), 'new - - -')
    const report = aReport({ source: 'graph', sourceAlertId: 'a-2', caseId: '1111-2222-3333' })
    await rooms.desk.settle(caseId, [
      { type: 'note-report', report, caseId, line: null, at: '2026-03-02T10:00:00.000Z', by: winnow },
    ])
    await rooms.settle()
    assert.equal(stands(twin), 'resolved falsePositive notMalicious ada@contoso.example')
  })

  it('tells nothing of what was decided before it was switched on', async () => {
    const rooms = world(undefined, 'on', '2026-03-02T10:00:00.000Z')
    await rooms.open({ source: 'graph', sourceAlertId: 'a-1' })
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([stands(), defender.asked.length], ['new - - -', 0])
  })

  it('asks nothing of alerts that it has from elsewhere', async () => {
    const rooms = world()
    await rooms.open({ source: 'sentinel', sourceAlertId: 'a-1' })
    await rooms.judge()
    await rooms.settle()
    assert.equal(defender.asked.length, 0)
  })

  it('on a dry run writes down what it would send, and sends nothing', async () => {
    const rooms = await opened(undefined, 'dry-run')
    await rooms.judge()
    await rooms.settle()
    assert.equal(defender.asked.length, 0)
    const { state } = await rooms.desk.look(caseId)
    const [told] = state?.effects ?? []
    assert.equal(told?.state, 'dry-run')
    const sent: object = JSON.parse(told.sent ?? '')
    assert.deepEqual(
      { ...sent, comment: '' },
      {
        status: 'resolved',
        classification: 'falsePositive',
        determination: 'notMalicious',
        assignedTo: 'ada@contoso.example',
        comment: '',
      },
    )
    assert.equal(state?.stepStates['action/close-alert'], undefined)
  })

  describe('leaves alone what someone set there later', () => {
    it('another classification', async () => {
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      defender.change(alert, { status: 'resolved', classification: 'truePositive', determination: 'malware' })
      await rooms.press(ada, answer, verdict)
      await rooms.settle()
      assert.equal(stands(), 'resolved truePositive malware ada@contoso.example')
      const { state, diary } = await rooms.desk.look(caseId)
      assert.equal(state?.effects.at(-1)?.state, 'kept')
      // The owner is told what stands there.
      assert.ok(diary.some((event) => event.type === 'source-updated' && event.classification === 'truePositive'))
    })

    it('but overwrites what was told of before the verdict', async () => {
      const rooms = await opened()
      defender.change(alert, { classification: 'truePositive', determination: 'malware' })
      const said = wrote(winnow, {
        type: 'source-updated',
        source: 'graph',
        sourceAlertId: 'a-1',
        status: 'new',
        classification: 'truePositive',
        determination: 'malware',
        assignedTo: '',
        changedBy: null,
        changedAt: null,
      })
      assert.ok(said.type === 'source-updated')
      await rooms.desk.told(caseId, said)
      await rooms.judge()
      await rooms.settle()
      assert.equal(stands(), 'resolved falsePositive notMalicious ada@contoso.example')
    })

    it('a finer reason for the same classification, and whom it is assigned to', async () => {
      const rooms = await opened()
      defender.change(alert, {
        classification: 'falsePositive',
        determination: 'notEnoughDataToValidate',
        assignedTo: 'eve@contoso.example',
      })
      await rooms.judge()
      await rooms.settle()
      assert.equal(stands(), 'resolved falsePositive notEnoughDataToValidate eve@contoso.example')
    })

    it('that it is resolved', async () => {
      const rooms = await opened()
      defender.change(alert, { status: 'resolved' })
      await rooms.press(ada, take)
      await rooms.settle()
      assert.equal(stands(), 'resolved - - -')
      assert.deepEqual(
        (await rooms.standings()).map((one) => one.split(' | ')[1]),
        ['kept'],
      )
    })

    it('that it is resolved, beside a verdict that leaves the case open', async () => {
      const rooms = await opened()
      defender.change(alert, { status: 'resolved' })
      await rooms.press(ada, take, { type: 'record-verdict', verdict: 'tp', reason: 'Kim says so.' })
      await rooms.settle()
      assert.equal(stands(), 'resolved truePositive compromisedAccount ada@contoso.example')
    })
  })

  describe('when the case is released', () => {
    const release = { type: 'release' } as const
    const ends = async (rooms: ReturnType<typeof world>) => (await rooms.standings()).at(-1)?.split(' | ').slice(1, 3)

    it('is assigned to no one, and otherwise as it was', async () => {
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      await rooms.press(ada, release)
      await rooms.settle()
      assert.equal(stands(), 'inProgress - - -')
      assert.deepEqual(await ends(rooms), ['done', 'no longer assigned'])
      await rooms.press(ben, take)
      await rooms.settle()
      assert.equal(stands(), 'inProgress - - ben@contoso.example')
      assert.deepEqual(defender.refusals, [])
    })

    it('stays with whom someone assigned it to there, before the case was taken or since', async () => {
      for (const isBefore of [true, false]) {
        alert = defender.put('a-1')
        const rooms = await opened()
        const reassign = () => defender.change(alert, { assignedTo: 'eve@contoso.example' })
        if (isBefore) reassign()
        await rooms.press(ada, take)
        await rooms.settle()
        if (!isBefore) reassign()
        await rooms.press(ada, release)
        await rooms.settle()
        assert.equal(stands(), 'inProgress - - eve@contoso.example')
        assert.deepEqual(await ends(rooms), ['done', 'nothing to change'])
      }
    })

    it('stays so although its source has told whom it was assigned to there', async () => {
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      defender.change(alert, { assignedTo: 'ben@contoso.example' })
      const said = wrote(winnow, {
        type: 'source-updated',
        source: 'graph',
        sourceAlertId: 'a-1',
        status: 'in-progress',
        classification: '',
        determination: '',
        assignedTo: 'ben@contoso.example',
        changedBy: null,
        changedAt: null,
      })
      assert.ok(said.type === 'source-updated')
      await rooms.desk.told(caseId, said)
      await rooms.press(ada, release)
      await rooms.settle()
      assert.equal(stands(), 'inProgress - - ben@contoso.example')
    })

    it('is left alone where someone resolved it there', async () => {
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      defender.change(alert, { status: 'resolved' })
      await rooms.press(ada, release)
      await rooms.settle()
      assert.equal(stands(), 'resolved - - ada@contoso.example')
      assert.equal((await ends(rooms))?.[0], 'kept')
    })

    it('is not touched where it had not been told yet that someone took it', async () => {
      const rooms = await opened()
      defender.outage(true)
      await rooms.press(ada, take)
      await rooms.press(ada, release)
      await rooms.outbox.idle()
      defender.outage(false)
      await rooms.settle()
      assert.equal(stands(), 'new - - -')
      assert.deepEqual(defender.changes(), [])
    })
  })

  describe('what Winnow wrote is its own although the answer got lost', () => {
    /** While no answer comes through, someone does that here, and it is written there. */
    const lost = async (rooms: ReturnType<typeof world>, work: () => Promise<void>, written: Partial<KeptAlert>) => {
      defender.outage(true)
      await work()
      await rooms.outbox.idle()
      defender.change(alert, written)
    }
    const falsePositive = { status: 'resolved', classification: 'falsePositive', determination: 'notMalicious' }
    const again = async (rooms: ReturnType<typeof world>) => {
      defender.outage(false)
      await rooms.settle()
    }

    it('an assignment is changed when someone else takes over, and removed when the case is released', async () => {
      for (const next of [
        [ben, { type: 'take-over' }],
        [ada, { type: 'release' }],
      ] as const) {
        alert = defender.put('a-1')
        const rooms = await opened()
        await lost(rooms, () => rooms.press(ada, take), { status: 'inProgress', assignedTo: 'ada@contoso.example' })
        await rooms.press(next[0], next[1])
        await again(rooms)
        assert.equal(stands(), `inProgress - - ${next[0] === ben ? 'ben@contoso.example' : '-'}`)
      }
    })

    it('a verdict is withdrawn, and another one recorded', async () => {
      for (const next of ['withdrawn', 'other'] as const) {
        alert = defender.put('a-1')
        const rooms = await opened()
        await rooms.press(ada, take)
        await rooms.settle()
        await lost(rooms, () => rooms.press(ada, answer, verdict), falsePositive)
        await rooms.press(ada, { type: 'withdraw-verdict' })
        if (next === 'other') await rooms.press(ada, { type: 'record-verdict', verdict: 'tp', reason: 'Kim says so.' })
        await again(rooms)
        const words = next === 'other' ? 'truePositive compromisedAccount' : 'unknown unknown'
        assert.equal(stands(), `inProgress ${words} ada@contoso.example`)
      }
    })

    it('but not what someone else wrote there meanwhile', async () => {
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      const finer = { ...falsePositive, determination: 'notEnoughDataToValidate' }
      await lost(rooms, () => rooms.press(ada, answer, verdict), finer)
      await rooms.press(ada, { type: 'withdraw-verdict' })
      await again(rooms)
      assert.equal(stands(), 'resolved falsePositive notEnoughDataToValidate ada@contoso.example')
    })
  })

  it('reads again before it writes again, so that what someone set there while it waited stays', async () => {
    for (const trouble of [{ status: 429, headers: { 'retry-after': '5' } }, { status: 502 }, 'cut'] as const) {
      alert = defender.put('a-1')
      const rooms = await opened()
      await rooms.press(ada, take)
      await rooms.settle()
      let isOnce = true
      defender.beforeEach(({ method }) => {
        if (method !== 'PATCH' || !isOnce) return
        isOnce = false
        defender.fail(trouble)
        defender.change(alert, { status: 'resolved', classification: 'truePositive', determination: 'malware' })
      })
      await rooms.press(ada, answer, verdict)
      await rooms.settle()
      defender.beforeEach(() => {})
      assert.equal(isOnce, false)
      assert.equal(stands(), 'resolved truePositive malware ada@contoso.example')
    }
  })

  it('writes nothing where another alert is answered than the one that was asked for', async () => {
    const rooms = await opened()
    defender.fail({ status: 200, body: { id: 'a-2', ...alert } })
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual([stands(), defender.changes()], ['new - - -', []])
    assert.deepEqual(await rooms.standings(), ['graph/3 | refused | closed as FP | invalid'])
  })

  it('refuses what Defender does not know, and says so', async () => {
    const rooms = world()
    await rooms.open({ source: 'graph', sourceAlertId: 'gone' })
    await rooms.judge()
    await rooms.settle()
    assert.deepEqual(await rooms.standings(), ['graph/3 | refused | closed as FP | not-found'])
  })
})
