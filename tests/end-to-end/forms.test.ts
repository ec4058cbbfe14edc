import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { buttonOn, formButtonsOf, inputOn, noticeOn, wordsOf } from '../support/card-walk.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/forms: what takes writing', () => {
  let world: World
  let they: Actors
  let code: string
  before(async () => {
    world = await openWorld()
    they = actorsIn(world)
    await world.install()
  })
  after(() => world.close())
  beforeEach(async () => {
    code = await they.alert()
  })
  const diary = async () => (await world.app().desk.look(code)).diary
  const notes = async () => (await diary()).flatMap((event) => (event.type === 'noted' ? [event.text] : []))
  const home = (person: { readonly id: string }) => world.connector.chats.get(person.id) ?? ''
  /** Ana takes the case and answers until a verdict can be recorded. */
  const judge = async (): Promise<void> => {
    await they.say(ana, `${code} take`)
    for (const option of ['other', 'usual', 'known', 'yes']) await they.say(ana, `${code} answer ${option}`)
    await they.say(ana, `${code} verdict fp-undetected-travel`)
  }

  it('opens as a dialog, which closes when it is sent; the chat may tell it again', async () => {
    await they.press(ana, they.cardOf(code), 'Take case')
    const { card } = await they.openForm(ana, they.cardOf(code), 'Add note')
    assert.ok(card)
    assert.match(wordsOf(card), /Add a note/)
    const sent = () => they.sendForm(ana, they.cardOf(code), card, 'Save note', { noteText: 'Called twice.' })
    const first = await sent()
    assert.deepEqual([first.card, first.text, first.answer.text], [null, '', ''])
    const again = await sent()
    assert.deepEqual([again.card, again.text], [null, ''])
    assert.deepEqual(await notes(), ['Called twice.'])
  })

  it('comes back with everything that was typed when it is refused, and counts when it is sent again', async () => {
    await judge()
    const { card } = await they.openForm(ana, they.cardOf(code), 'Close with reason')
    assert.ok(card)
    assert.match(wordsOf(card), /Close the alert in the portal/)
    await they.say(ana, `${code} reconsider`)
    await they.say(ana, `${code} verdict fp-undetected-travel`)
    const back = await they.sendForm(ana, they.cardOf(code), card, 'Close anyway', { closeReason: 'Done *elsewhere*.' })
    assert.ok(back.card)
    assert.match(noticeOn(back.card), /The case changed before your click/)
    assert.equal(inputOn(back.card, 'closeReason')['value'], 'Done *elsewhere*.')
    const closing = { closeReason: 'Done *elsewhere*.' }
    assert.equal((await they.sendForm(ana, they.cardOf(code), back.card, 'Close anyway', closing)).card, null)
    const twice = await they.sendForm(ana, they.cardOf(code), back.card, 'Close anyway', closing)
    assert.deepEqual([twice.card, twice.text], [null, ''], 'told again by the chat, it is no refusal')
    assert.equal((await diary()).at(-1)?.type, 'closed')
    const other = await they.sendForm(ana, they.cardOf(code), back.card, 'Close anyway', {
      closeReason: 'Other words.',
    })
    assert.ok(other.card, 'other words are not lost in silence')
    assert.equal(inputOn(other.card, 'closeReason')['value'], 'Other words.')
  })

  it('is refused before anything is typed where nothing could be written', async () => {
    await they.press(ana, they.cardOf(code), 'Take case')
    const refused = await they.openForm(bo, they.cardOf(code), 'Decide now')
    assert.deepEqual([refused.card, /assigned to Ana Analyst/.test(refused.text)], [null, true])
    const stranger = await they.openForm(mia, they.cardOf(code), 'Add note')
    assert.deepEqual([stranger.card, /Only members of the team/.test(stranger.text)], [null, true])
  })

  it('keeps the words of somebody who may not send them any more, and tells nothing of the case', async () => {
    await they.press(ana, they.cardOf(code), 'Take case')
    const opened = await they.openForm(ana, they.cardOf(code), 'Add note')
    assert.ok(opened.card)
    const back = await they.sendForm(mia, they.cardOf(code), opened.card, 'Save note', { noteText: 'From outside.' })
    assert.ok(back.card)
    assert.match(noticeOn(back.card), /Only members of the team/)
    assert.equal(inputOn(back.card, 'noteText')['value'], 'From outside.')
    assert.doesNotMatch(wordsOf(back.card), /Norway|Kim/)
    assert.deepEqual(await notes(), [])
  })

  it('is a card in one’s own chat where the client shows no dialogs: it works the same, and comes back the same', async () => {
    await they.press(ana, they.cardOf(code), 'Take case')
    const on = they.cardOf(code)
    const button = formButtonsOf(on.card).find(({ title }) => title === 'Add note')
    const from = { by: ana, conversation: on.conversationId }
    await world.send(world.activities.submit(Object(button?.['data']), on.messageId, from))
    const [form] = they
      .shown(home(ana))
      .filter(({ card }) => wordsOf(card).includes('Add a note') && wordsOf(card).includes(code))
    assert.ok(form)
    assert.match(they.texts().at(-1) ?? '', /Ana Analyst, the form is in your personal chat/)
    const save = async (noteText: string) => {
      const data = { ...Object(buttonOn(form.card, 'Save note')['data']), noteText }
      return they.forge(ana, form, 'note', data)
    }
    const empty = await save('  ')
    assert.match(noticeOn(empty.card), /The note is empty/)
    assert.equal(inputOn(empty.card, 'noteText')['value'], '  ')
    const saved = await save('From the phone.')
    assert.match(saved.text, /Saved[\s\S]*From the phone\./)
    assert.deepEqual(await notes(), ['From the phone.'])
    const elsewhere = they.cardOf(code)
    assert.match(wordsOf(elsewhere.card), /Check 1 of/, 'the card in the channel stays what it is')
  })

  it('says what to do when one’s own chat does not take it', async () => {
    await they.press(bo, they.cardOf(code), 'Take case')
    world.connector.blocked.add(bo.id)
    const on = they.cardOf(code)
    const button = formButtonsOf(on.card).find(({ title }) => title === 'Add note')
    await world.send(
      world.activities.submit(Object(button?.['data']), on.messageId, { by: bo, conversation: on.conversationId }),
    )
    world.connector.blocked.delete(bo.id)
    assert.match(they.texts().at(-1) ?? '', /couldn't be sent to your personal chat/)
  })

  it('saves what is ticked on the card when a form is opened from it', async () => {
    await judge()
    await they.openForm(ana, they.cardOf(code), 'Add note', { actions: 'action/close-alert', scope: '' })
    assert.ok((await diary()).some((event) => event.type === 'done' && event.step === 'action/close-alert'))
  })

  it('lets a manager add dates to the answer, and gives bad ones back', async () => {
    await they.say(ana, `${code} take`)
    await they.say(ana, `${code} ask manager`)
    await world.drawn()
    const question = () => they.cardOf(code, home(mia))
    const { card } = await they.openForm(mia, question(), 'Add dates or note')
    assert.ok(card)
    const bad = { from: '2026-03-04', to: '2026-03-01', note: 'At the office.' }
    const back = await they.sendForm(mia, question(), card, 'Yes', bad)
    assert.ok(back.card)
    assert.match(noticeOn(back.card), /Those dates don't fit/)
    assert.deepEqual(
      ['from', 'to', 'note'].map((id) => inputOn(back.card, id)['value']),
      ['2026-03-04', '2026-03-01', 'At the office.'],
    )
    assert.equal((await they.sendForm(mia, question(), back.card, 'Yes', { ...bad, to: '2026-03-05' })).card, null)
    const { confirmation } = (await world.app().desk.look(code)).state ?? {}
    assert.deepEqual(
      [confirmation?.answer, confirmation?.to, confirmation?.note],
      ['yes', '2026-03-05', 'At the office.'],
    )
    const stranger = await they.openForm(ana, question(), 'Change my answer')
    assert.deepEqual([stranger.card, /went to someone else/.test(stranger.text)], [null, true])
  })
})

describe('end-to-end/forms: a card that its owner fills in', () => {
  let world: World
  let they: Actors
  let code: string
  before(async () => {
    world = await openWorld()
    they = actorsIn(world)
    await world.install()
  })
  after(() => world.close())
  beforeEach(async () => {
    code = await they.alert()
    await they.press(ana, they.cardOf(code), 'Take case')
  })

  it('is not drawn over for a colleague’s note, of which its owner is told, and no press on it is late for that', async () => {
    const before = they.cardOf(code)
    await they.press(bo, before, 'Save note', { noteText: 'Seen this before.' })
    assert.equal(they.cardOf(code).updates, before.updates)
    assert.match(they.texts().at(-1) ?? '', /Ana Analyst.*Bo Analyst added a note/)
    const { card } = await they.press(ana, before, 'Answer', { option: 'other', finding: 'AS1234' })
    assert.match(wordsOf(card), /Seen this before\./)
    const { diary } = await world.app().desk.look(code)
    assert.ok(diary.some((event) => event.type === 'answered' && event.finding === 'AS1234'))
  })

  it('waits with the manager’s answer as well, and shows it at a press, with what is typed still there', async () => {
    await they.say(ana, `${code} ask manager`)
    const before = they.cardOf(code)
    await they.press(mia, they.cardOf(code, world.connector.chats.get(mia.id) ?? ''), 'Yes')
    assert.equal(they.cardOf(code).updates, before.updates)
    assert.match(they.texts().at(-1) ?? '', /Mia Manager answered: Yes/)
    const { card } = await they.press(ana, before, 'Refresh card', { finding: 'Half a sen' })
    assert.match(wordsOf(card), /Mia Manager says: Yes/)
    assert.equal(inputOn(card, 'finding')['value'], 'Half a sen')
  })

  it('gives back what was typed when somebody else has the case by then', async () => {
    const before = they.cardOf(code)
    await they.say(bo, `${code} take over`)
    const { card } = await they.press(ana, before, 'Answer', { option: 'other', finding: 'AS1234' })
    assert.match(noticeOn(card), /You entered: “AS1234”/)
  })
})
