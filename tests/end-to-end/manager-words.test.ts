import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/manager-words: the question to a manager, answered in words', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
  })
  beforeEach(async () => {
    code = await asked()
  })
  afterEach(async () => {
    world.app().clocks.doubt()
    await world.app().clocks.look('2100-01-01T00:00:00.000Z')
    await world.drawn()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  /** A case of Ana's, about which Mia is asked. */
  const asked = async (): Promise<string> => {
    const fresh = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(fresh), 'Ask manager')
    return fresh
  }
  const chat = () => world.connector.chats.get(mia.id) ?? ''
  const says = async (text: string, by = mia, where = chat()): Promise<string> => {
    const [answer = '', ...more] = await teams.say(by, text, where)
    assert.equal(more.length, 0)
    return answer
  }
  const look = () => world.app().desk.look(code)
  const given = async () => (await look()).diary.filter(({ type }) => type === 'manager-answered')
  const nobodyWaits = /^No one is waiting for an answer from you/

  it('“yes” counts, the answer says what was recorded, and both cards show it', async () => {
    assert.ok(chat().startsWith('a:'), chat())
    assert.equal(
      await says('Yes, she is at a fair 2026-03-01 to 2026-03-05.'),
      `Thank you. Recorded for case ${code}, about Kim Karlsen (kim@contoso.example): Yes (2026-03-01 to 2026-03-05) ` +
        '“she is at a fair 2026-03-01 to 2026-03-05.”. The security team sees it in the case. To correct your answer, ' +
        `send the code and the new answer: ${code} not sure.`,
    )
    assert.match(wordsOf(teams.cardOf(code, chat()).card), /Thank you, your answer was recorded/)
    assert.match(
      (await teams.press(ana, teams.cardOf(code), 'Refresh card')).text,
      /Mia Manager says: Yes \(2026-03-01 to 2026-03-05\)/,
    )
    const [answer, ...more] = await given()
    assert.equal(answer?.by.id, mia.aadObjectId)
    assert.equal(more.length, 0)
  })

  it('“no” counts with its note, which is bounded', async () => {
    assert.match(
      await says(`No. I called her: ${'x'.repeat(6000)}`),
      /: No “I called her: x{200,}…”\. The security team sees it/,
    )
    const { confirmation } = (await look()).state ?? {}
    assert.deepEqual([confirmation?.answer, confirmation?.note.length], ['no', 2000])
  })

  it('counts only from the manager who was asked, and only in their own chat', async () => {
    for (const who of [ana, bo]) {
      assert.match(await says('yes', who, 'a:1other'), nobodyWaits)
      assert.match(await says(`${code} yes`, who, 'a:1other'), /^This question went to someone else/)
    }
    for (const text of ['yes', `${code} yes`]) {
      const channel = teams.cardOf(code).conversationId
      assert.match(
        await says(text, mia, channel),
        /^An answer to our question doesn't count here, .* your personal chat/,
      )
      assert.match(await says(text, bo, channel), /^No one is waiting for an answer from you/)
    }
    for (const other of ['0000-0000-0000', 'ILOU-ILOU-ILOU'])
      assert.match(await says(`${other} yes`), /^No one is waiting for an answer to this question/)
    assert.deepEqual(await given(), [])
  })

  it('anything else brings what to do, without the analysts’ words', async () => {
    for (const text of ['What is this?', 'help', 'no idea', 'queue', `case ${code}`, `${code} take`, 'note x']) {
      const answer = await says(text)
      assert.match(answer, /^Ana Analyst is waiting for your answer about Kim Karlsen \(kim@contoso\.example\)/)
      assert.ok(answer.includes(`(case ${code})`) && answer.includes('yes, no, not sure, or not my report'), answer)
    }
    assert.match(await says('yes 2026-03-05 to 2026-03-01'), /^Those dates don't fit/)
    assert.deepEqual(await given(), [])
  })

  it('with nothing open, kindly says that nobody waits', async () => {
    await says('yes')
    assert.match(await says('yes'), nobodyWaits)
    assert.match(await says('hello?'), /^This is Winnow, the security team's assistant/)
    assert.equal((await given()).length, 1)
  })

  it('with two open, asks for the code and takes the answer for that case alone', async () => {
    const other = await asked()
    for (const text of ['yes', 'hm']) {
      const list = await says(text)
      assert.match(list, /^Several questions are waiting for you\. Start your answer with the case code/)
      assert.ok(list.includes(`\n${code}: Kim Karlsen`) && list.includes(`\n${other}: Kim Karlsen`), list)
    }
    assert.match(await says(`${code.toLowerCase()} not my report`), /: Not my report\./)
    assert.match((await teams.press(ana, teams.cardOf(code), 'Refresh card')).text, /Mia Manager says: Not my report/)
    assert.match(wordsOf(teams.cardOf(other).card), /Asked Mia Manager at/)
    assert.match(await says('not sure'), new RegExp(`^Thank you\\. Recorded for case ${other},`))
  })

  it('an answer is corrected by code, also after a restart, and after the case was closed, which opens nothing again', async () => {
    await says('yes')
    await world.stop()
    await world.start()
    assert.match(await says('no'), nobodyWaits)
    assert.match(await says(`${code} No, she is at home`), /: No “she is at home”\./)
    assert.match(await says(`${code} no, she is at home`), /^Thank you\. Recorded/)
    assert.equal((await given()).length, 2)
    assert.match(
      (await teams.press(ana, teams.cardOf(code), 'Refresh card')).text,
      /Mia Manager says: No “she is at home”/,
    )
    await teams.say(ana, `${code} verdict undetermined nothing found`)
    await teams.say(ana, `${code} close done`)
    assert.match(await says(`${code} yes`), /^Thank you\. Recorded/)
    assert.ok((await world.app().desk.look(code)).state?.closed)
  })

  it('an open question is known after a restart', async () => {
    await world.stop()
    await world.start()
    assert.match(await says('yes'), new RegExp(`^Thank you\\. Recorded for case ${code},`))
  })

  it('an expired question takes no answer', async () => {
    world.app().clocks.doubt()
    await world.app().clocks.look('2100-01-01T00:00:00.000Z')
    assert.match(await says('yes'), nobodyWaits)
    assert.match(await says(`${code} yes`), /^This question is no longer open/)
    assert.deepEqual(await given(), [])
  })

  it('a message that Teams tells twice counts once', async () => {
    const message = world.activities.message('yes', { by: mia, conversation: chat() })
    const texts = teams.texts(chat()).length
    await world.send(message)
    await world.send(message)
    assert.equal(teams.texts(chat()).length, texts + 1)
    assert.equal((await given()).length, 1)
  })

  it('a message that Teams tells again after a restart counts once, and is answered again', async () => {
    const message = world.activities.message(`${code} yes`, { by: mia, conversation: chat() })
    await world.send(message)
    await says(`${code} no`)
    await world.stop()
    await world.start()
    const before = await given()
    await world.send(message)
    assert.match(teams.texts(chat()).at(-1) ?? '', /^Thank you\. Recorded for case .*: No\./)
    assert.deepEqual(await given(), before)
  })

  it('who is an analyst as well keeps all other words', async () => {
    world.connector.members.push(mia)
    await world.stop()
    await world.start()
    assert.match(await says('queue'), /open/)
    assert.match(await says('help'), /^What you can send to Winnow\nWinnow posts security alerts here/)
    assert.match(await says(`${code} options`), /^Assigned to Ana Analyst\./)
    assert.match(await says('yes'), /^Thank you\. Recorded/)
  })
})
