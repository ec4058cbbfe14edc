import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/languages: everybody reads their own', () => {
  let world: World
  let teams: Actors
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    world.connector.installedFor.push(ana, bo)
    await world.install()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const chatOf = (somebody: typeof ana) => world.connector.chats.get(somebody.id) ?? ''
  const texts = (conversation: string) => teams.texts(conversation).at(-1) ?? ''
  const answers = async (by: typeof ana, text: string, conversation: string, but: object = {}) => {
    await world.send(world.activities.message(text, { by, conversation, but: { ...but } }))
    await world.drawn()
    return texts(conversation)
  }

  it('in their own chat as their Teams says, or by word, and the channel stays as it is', async () => {
    const code = await teams.alert()
    await teams.press(ana, teams.cardOf(code), 'Take case')
    await teams.press(ana, teams.cardOf(code), 'Continue in chat')
    assert.match(wordsOf(teams.cardOf(code, chatOf(ana)).card), /Assigned to Ana Analyst/)
    assert.match(await answers(ana, 'wat?', chatOf(ana), { locale: 'nl-BE' }), /^Winnow kent “wat\?” niet/)
    await answers(ana, `${code} antwoord 1`, chatOf(ana))
    assert.match(wordsOf(teams.cardOf(code, chatOf(ana)).card), /Toegewezen aan Ana Analyst/)
    assert.match(await answers(ana, 'språk svenska', chatOf(ana)), /^Winnow talar nu Svenska med dig/)
    await answers(ana, `${code} tillbaka`, chatOf(ana))
    await answers(ana, `${code} svara 1`, chatOf(ana))
    const [mine, channel] = [chatOf(ana), incidents].map((where) => wordsOf(teams.cardOf(code, where).card))
    assert.match(mine ?? '', /Ägare: Ana Analyst/)
    assert.match(mine ?? '', /Kontroll 2 av/)
    assert.match(channel ?? '', /Assigned to Ana Analyst/)
    assert.match(channel ?? '', /Check 2 of/)
  })

  it('a manager, from their first words on; what they answer is understood', async () => {
    await answers(mia, 'taal nl', 'a:mia')
    const code = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    const card = wordsOf(teams.cardOf(code, chatOf(mia)).card)
    assert.match(card, /Vraag van het beveiligingsteam/)
    assert.match(card, /Dit is niet mijn medewerker/)
    assert.match(
      await answers(mia, 'Nee, hij is thuis', chatOf(mia)),
      /^Dank je\. Vastgelegd voor zaak .*: Nee “hij is thuis”/,
    )
    const { diary } = await world.app().desk.look(code)
    const answered = diary.find(({ type }) => type === 'manager-answered')
    assert.ok(answered?.type === 'manager-answered' && answered.answer === 'no')
  })

  it('a channel, by word: what is posted and answered there from then on, and over a restart', async () => {
    assert.match(await answers(bo, 'taal nederlands', incidents), /^Winnow spreekt nu Nederlands in dit kanaal/)
    await world.stop()
    await world.start()
    const code = await teams.alert()
    assert.match(wordsOf(teams.cardOf(code).card), /Niet toegewezen/)
    const { card } = await teams.press(bo, teams.cardOf(code), 'Zaak nemen')
    assert.match(wordsOf(card), /Toegewezen aan Bo Analyst/)
    assert.match(await answers(bo, `${code} weetik`, incidents), /^Winnow kent/)
    const refused = await teams.press(ana, teams.cardOf(code), 'Vrijgeven')
    assert.match(refused.text, /^Deze zaak staat op naam van Bo Analyst/m)
    await teams.press(bo, teams.cardOf(code), 'Overnemen')
    assert.match(
      await answers(bo, 'taal klingon', incidents),
      /^Winnow spreekt geen “klingon”.*English, Nederlands, Svenska/,
    )
    assert.match(await answers(bo, 'language en', incidents), /^Winnow now speaks English in this channel/)
  })

  it('a channel’s open cards follow its language at once, and only those that stand there; one that is filled in with the next press', async () => {
    await answers(bo, 'post here high', general)
    const [here, there] = [await teams.alert({ severity: 'medium' }), await teams.alert({ severity: 'high' })]
    const taken = await teams.alert({ severity: 'medium', people: [{ upn: 'else@contoso.example' }] })
    await teams.press(ana, teams.cardOf(taken), 'Take case')
    const before = [teams.cardOf(taken).updates, teams.cardOf(there, general).updates]
    await answers(bo, 'taal nl', incidents)
    assert.match(wordsOf(teams.cardOf(here).card), /Niet toegewezen/)
    assert.match(wordsOf(teams.cardOf(there, general).card), /Unassigned/)
    assert.deepEqual([teams.cardOf(taken).updates, teams.cardOf(there, general).updates], before)
    const { updates } = teams.cardOf(here)
    await answers(bo, 'taal nl', incidents)
    assert.equal(teams.cardOf(here).updates, updates, 'nothing is drawn where nothing has changed')
    await answers(bo, 'taal en', incidents)
    assert.match(wordsOf(teams.cardOf(here).card), /Unassigned/)
  })

  it('a list, where the guide’s title is translated and the source says no more than that', async () => {
    const people = [{ upn: 'svea@contoso.example' }]
    await teams.alert({ title: 'Impossible travel activity', people })
    await teams.alert({ title: 'Rule 7 fired', people })
    const found = async () => (await teams.say(ana, 'find svea@contoso.example')).join()
    assert.match(await found(), /Impossible travel activity/)
    await answers(bo, 'language sv', incidents)
    const swedish = await found()
    assert.match(swedish, /Omöjlig resa/)
    assert.match(swedish, /Rule 7 fired/)
    assert.doesNotMatch(swedish, /Impossible travel/)
    await answers(bo, 'språk en', incidents)
  })

  it('a form, in the language of who fills it in', async () => {
    const code = await teams.alert()
    await teams.press(ana, teams.cardOf(code), 'Take case')
    const { card } = await teams.openForm(ana, teams.cardOf(code), 'Add note')
    assert.match(wordsOf(card), /Anteckning till historiken/)
    assert.ok(card)
    await teams.sendForm(ana, teams.cardOf(code), card, 'Spara anteckning', { noteText: 'Ringde, inget svar.' })
    const { diary } = await world.app().desk.look(code)
    assert.equal(diary.at(-1)?.type, 'noted')
  })
})
