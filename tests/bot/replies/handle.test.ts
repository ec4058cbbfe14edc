import assert from 'node:assert/strict'
import { openClosedThreads } from '../../../bot/cases/closed-threads.js'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import { openChannels } from '../../../bot/outbox/channels.js'
import { emptyDirectory, soleManager } from '../../../bot/people/directory.js'
import { openIdentity } from '../../../bot/people/identity.js'
import { openRights } from '../../../bot/people/rights.js'
import { openRoster } from '../../../bot/people/roster.js'
import { openAnswerConfirmation } from '../../../bot/replies/answer-confirmation.js'
import { openAllowManager, openAskManager } from '../../../bot/replies/ask-manager.js'
import { openManagers } from '../../../bot/people/managers.js'
import { openBulk } from '../../../bot/replies/bulk.js'
import { openHandle } from '../../../bot/replies/handle.js'
import { openRespond } from '../../../bot/replies/respond.js'
import { openOpenForm } from '../../../bot/replies/open-form.js'
import type { Origin } from '../../../bot/replies/origin.js'
import type { Result } from '../../../bot/replies/result.js'
import { messageToIntent } from '../../../dialogs/hear/message-to-intent.js'
import { clickToIntent } from '../../../dialogs/hear/click-to-intent.js'
import type { Person } from '../../../triage/person.js'
import { isRefusal } from '../../../triage/refusal.js'
import { ada, ben, caseId, eve, mia } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { words } from '../../support/words.js'
import { asking, handMessenger, home, openRooms } from '../outbox/hand.js'

/** Ada and Ben are the team of the one channel, Mia is everyone's manager, and there is one case. */
const open = async () => {
  const rooms = openRooms()
  const { desk, renderer, now } = rooms
  const hand = handMessenger()
  hand.members.add(ada.id).add(ben.id)
  const roster = openRoster({ messenger: hand.messenger, now: () => 0, log: rooms.log })
  const channels = await openChannels(rooms.store)
  await channels.setChannel(home)
  const openCases = startOpenCases(await openClosedThreads({ store: rooms.store, log: rooms.log }), () => travel)
  desk.onWritten((written) => openCases.note(written))
  const identity = openIdentity({ directory: emptyDirectory, roster })
  const bound = () => channels.channels().map(({ place }) => place)
  const rights = openRights({ roster, bound, identity, leads: [], phrases: words })
  const respond = openRespond(null, desk)
  const managers = await openManagers({
    store: rooms.store,
    directory: soleManager(mia, now),
    identity,
    openPeople: () => openCases.rows(),
    newDays: 14,
    dailyQuestions: 0,
    now,
    log: rooms.log,
  })
  const asking = { desk, ...managers, confirmationHours: 24 }
  const parts = { rights, desk, renderer, openCases, respond, phrases: words, now }
  const commands = { 'help.lists.commands': 'queue: x', 'help.case.commands': 'take, take over, release: x' }
  const handle = openHandle({
    ...parts,
    phrases: { ...words, ...commands },
    channels,
    journeys: { of: () => [] },
    cards: rooms.outbox,
    findInCases: async () => ({ rows: [], count: 0, searched: 0, of: 0 }),
    bulk: openBulk({ ...parts, guideOf: () => travel }),
    digests: { digest: async () => null, repost: async () => false, found: async () => undefined },
    damagedCases: () => ['DAMA-GED0-0000'],
    askManager: openAskManager(asking),
    allowManager: openAllowManager(asking),
    answerConfirmation: openAnswerConfirmation(parts),
    openForm: openOpenForm(parts),
    channelSettings: async ({ kind }) => `set ${kind}`,
    setLanguage: async (language) => `speak ${language}`,
  })
  const origin = (by: Person, but: Partial<Origin> = {}): Origin => ({
    by,
    place: home,
    personal: false,
    thread: home.conversationId,
    messageId: null,
    ...but,
  })
  await rooms.open()
  await rooms.outbox.idle()
  return {
    ...rooms,
    openCases,
    /** Someone writes; in a personal chat when told so. */
    writes: (by: Person, text: string, but: Partial<Origin> = {}) =>
      handle(messageToIntent(text, [], but.personal ?? false), origin(by, but)),
    /** Someone presses a button of the card that shows that line, the newest unless told. */
    clicks: async (by: Person, verb: string, more: object = {}) => {
      const line = (await rooms.state()).line - 1
      const intent = clickToIntent(verb, { caseId, line, ...more }, { at: now(), by })
      assert.ok(!isRefusal(intent))
      return handle(intent, origin(by, { thread: null }))
    },
    types: async () => (await desk.look(caseId)).diary.map(({ type }) => type),
  }
}

const textOf = (result: Result): string => (result.kind === 'text' ? result.text : result.kind)
const refusalOf = (result: Result): string | undefined => ('refusal' in result ? result.refusal?.refusal : undefined)

describe('bot/replies/handle', () => {
  it('does the same for a button and for a word', async () => {
    const [one, other] = [await open(), await open()]
    await one.clicks(ada, 'claim')
    await other.writes(ada, `${caseId} take`)
    await one.clicks(ada, 'answer', { check: 'address', option: 'ours' })
    await other.writes(ada, `${caseId} answer ours`)
    await one.clicks(ada, 'ask-manager')
    await other.writes(ada, `${caseId} ask manager`)
    assert.deepEqual(await one.types(), ['opened', 'claimed', 'answered', 'manager-asked'])
    assert.deepEqual(await other.types(), await one.types())
    const asked = (await one.state()).confirmation?.line
    await one.clicks(mia, 'vouch', { line: asked, answer: 'yes' })
    await other.writes(mia, 'yes', { personal: true })
    assert.equal((await one.types()).at(-1), 'manager-answered')
    assert.deepEqual(await other.types(), await one.types())
  })

  it('refuses the same for a button and for a word, and shows the case to no one outside', async () => {
    const rooms = await open()
    for (const result of [await rooms.clicks(eve, 'claim'), await rooms.writes(eve, `${caseId} take`)]) {
      assert.equal(refusalOf(result), 'not-analyst')
      assert.ok(result.kind === 'refused' && result.context === null)
    }
    await rooms.clicks(ada, 'claim')
    for (const result of [await rooms.clicks(ben, 'release'), await rooms.writes(ben, `${caseId} release`)]) {
      assert.equal(refusalOf(result), 'not-owner')
      assert.equal(result.kind, 'case')
    }
    assert.deepEqual(await rooms.types(), ['opened', 'claimed'])
  })

  it('does once what the same message says twice, to whichever process it is told', async () => {
    const rooms = await open()
    await rooms.clicks(ada, 'claim')
    const said = () => rooms.writes(ada, `${caseId} note Seen.`, { messageId: 'in-7' })
    const [first, again] = [await said(), await said()]
    assert.ok(first.kind === 'case' && again.kind === 'case')
    assert.deepEqual(again.written, first.written)
    assert.deepEqual(
      first.written.map(({ type, via }) => [type, via]),
      [['noted', { message: 'in-7' }]],
    )
    assert.equal((await rooms.state()).notes.length, 1)
    await rooms.writes(ben, `${caseId} note Seen.`, { messageId: 'in-7' })
    await rooms.writes(ada, `${caseId} note Seen.`, { messageId: 'in-8' })
    for (const messageId of [null, null]) await rooms.writes(ada, `${caseId} note Seen.`, { messageId })
    assert.equal((await rooms.state()).notes.length, 5)
  })

  it('asks the manager and takes their answer once for the same message', async () => {
    const rooms = await open()
    await rooms.clicks(ada, 'claim')
    for (let times = 0; times < 2; times += 1)
      assert.equal(refusalOf(await rooms.writes(ada, `${caseId} ask manager`, { messageId: 'in-1' })), undefined)
    await rooms.writes(mia, 'yes', { personal: true, messageId: 'in-2' })
    await rooms.writes(mia, `${caseId} no`, { personal: true, messageId: 'in-3' })
    await rooms.writes(mia, `${caseId} yes`, { personal: true, messageId: 'in-2' })
    assert.equal((await rooms.state()).confirmation?.answer, 'no')
    assert.deepEqual(await rooms.types(), [
      'opened',
      'claimed',
      'manager-asked',
      'manager-answered',
      'manager-answered',
    ])
  })

  it('says so as long as not every open case is known after a start', async () => {
    const { writes, openCases } = await open()
    assert.equal(textOf(await writes(mia, 'yes', { personal: true })), 'starting()')
    const list = await writes(ada, 'queue')
    assert.ok(list.kind === 'list' && !list.isComplete && list.rows.length === 1)
    openCases.complete()
    assert.deepEqual(await writes(mia, 'yes', { personal: true }), { kind: 'questions', questions: [] })
    const whole = await writes(ada, 'mine')
    assert.ok(whole.kind === 'list' && whole.isComplete && whole.rows.length === 0)
  })

  it('tells a manager who answers in a channel where to do it, and anyone else that nobody waits', async () => {
    const { does, writes, types } = await open()
    await does(ada, { type: 'take' })
    await does(ada, asking(mia))
    assert.equal(textOf(await writes(mia, 'yes')), 'confirmation.elsewhere()')
    assert.equal(textOf(await writes(mia, `${caseId} yes`)), 'confirmation.elsewhere()')
    assert.equal(textOf(await writes(ben, 'yes')), 'confirmation.none()')
    assert.deepEqual(await types(), ['opened', 'claimed', 'manager-asked'])
  })

  it('brings the card of a case, or posts it again when it may be lost', async () => {
    const { desk, writes, outbox } = await open()
    assert.equal((await writes(ada, `case ${caseId}`)).kind, 'card')
    for (const state of ['lost', 'refused', 'posting'] as const) {
      await desk.keepCards(caseId, ({ cards: { channel } }) =>
        channel ? { channel: { ...channel, state, posted: null } } : null,
      )
      // A refused card may be refused again: the card is brought here as well.
      const told = state === 'refused' ? 'card' : 'case.reposted()'
      assert.equal(textOf(await writes(ada, `case ${caseId}`)), told)
      await outbox.idle()
      assert.equal((await desk.look(caseId)).cards['channel']?.state, 'shown')
    }
    assert.equal(textOf(await writes(ada, 'case 0000-0000-0000')), 'refusal.no-case(code=0000-0000-0000)')
    assert.equal(refusalOf(await writes(eve, `case ${caseId}`)), 'not-analyst')
  })

  it('lists with the open cases those that can’t be read', async () => {
    const { writes } = await open()
    const [queue, mine] = [await writes(ada, 'queue'), await writes(ada, 'mine')]
    assert.deepEqual(
      [queue, mine].map((result) => (result.kind === 'list' ? result.damaged : null)),
      [['DAMA-GED0-0000'], []],
    )
  })

  it('asks which case is meant where neither code nor thread tells', async () => {
    const { writes } = await open()
    assert.equal(textOf(await writes(ada, 'take')), 'action.which()')
    assert.equal(textOf(await writes(ada, 'take', { thread: null })), 'action.which()')
    assert.equal(refusalOf(await writes(ada, '0000-0000-0000 take')), 'no-case')
  })

  it('answers what is not understood with the nearest commands, made harmless', async () => {
    const { writes } = await open()
    assert.equal((await writes(ada, 'help')).kind, 'help')
    assert.equal(
      textOf(await writes(ada, 'que\u202Eue')),
      'unknown(said=que[U+202E]ue, commands=“queue”, “release”, “take over”)',
    )
  })

  it('hands what a channel is told to its settings, after the rights', async () => {
    const { writes } = await open()
    assert.equal(textOf(await writes(ada, 'on call')), 'set on-call')
    assert.equal(refusalOf(await writes(eve, 'on call')), 'not-analyst')
    assert.equal(textOf(await writes(ada, 'post here', { personal: true })), 'post-here.personal()')
    assert.equal(textOf(await writes(ada, 'on call <b>hgih')), 'on-call.bad-severity(word=b)')
  })
})
