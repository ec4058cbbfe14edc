import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { type Json, objectsOf, stringsOf, wordsOf } from '../support/card-walk.js'
import { type World, openWorld } from '../support/winnow.js'

/** In every hostile text there is this word, so that it can be found wherever it turns up. */
const mark = 'Zoltan'
const hostile = [
  `[${mark}](https://evil.example) <at>${mark}</at> \${title} \${$root.caseId} {user} {{DATE(2026-01-01T00:00:00Z)}}`,
  `${mark}\u202Egnp.exe\u2066\u0000\u200B\r\n# heading\n| a | b |\u2028&lt;b&gt;<b>${mark}</b>`,
  `*${mark}* _${mark}_ \`${mark}\` ![x](https://evil.example/p.png) javascript:alert(1) $& $1 $\``,
  `${mark} ${'😀'.repeat(6000)}`,
  `${mark} ${'W'.repeat(10_000)}`,
  `${mark} ${'\u0301'.repeat(3000)}`,
  `"},{"type":"Image","url":"https://evil.example/${mark}"`,
] as const
const [link, marks, markdown] = hostile

/** Where a check is answered: hosts that content wrote, and what an alert says encoded in them. */
const ours =
  /^https:\/\/(?:security|entra|purview)\.microsoft\.com\/[\w#/?&=.%~-]*$|^https:\/\/portal\.azure\.com\/[\w#/?&=.%~@-]*$/

describe('end-to-end/hostile: an attacker’s words', () => {
  let world: World
  let teams: Actors
  const answers: CaseContext[] = []
  const mallory = { ...people.ana, name: link.slice(0, 200) }
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    world.connector.members.push(mallory)
    await world.install()
  })
  after(() => world.close())

  it('in every field of an alert are taken in and posted', async () => {
    for (const [at, text] of hostile.entries()) {
      const short = text.slice(0, 200)
      const code = await teams
        .alert({
          title: text,
          description: text.repeat(3),
          people: [
            { upn: short, name: text.slice(0, 250) },
            { objectId: short, name: short },
          ],
          addresses: [{ ip: '192.0.2.1', country: short }],
          apps: [short, short],
          resources: [short],
          ...(at % 2 === 0 && { type: short }),
        })
        .catch((error: unknown) => String(error))
      assert.match(code, /^[0-9A-Z-]{14}$/)
      assert.equal(teams.cardsOf(code).length, 1)
    }
  })

  it('can be worked from the first click to the last, notes and reasons of the same kind included', async () => {
    const code = await teams.alert({ title: link, people: [{ upn: link.slice(0, 100), name: marks.slice(0, 100) }] })
    const card = () => teams.cardOf(code)
    const press = async (title: string, inputs: Json = {}) => {
      const context = await teams.press(mallory, card(), title, inputs)
      // A dialog that was taken closes.
      assert.ok(context.card ?? context.text === '', `${title}: ${context.text}`)
      if (context.card) answers.push(context)
    }
    await press('Take case')
    await press('Save note', { noteText: hostile.join(' ').slice(0, 19_000) })
    await press('Answer', { option: 'other' })
    await press('Answer', { option: 'usual' })
    await press('Answer', { option: 'known' })
    await press('Ask manager')
    const chat = world.connector.chats.get(people.mia.id) ?? ''
    const note = markdown
    answers.push(await teams.press(people.mia, teams.cardOf(code, chat), 'No', { note }))
    await press('Record verdict', { verdict: 'fp-untagged-vpn', judgeReason: hostile[4] })
    await press('Save note', { noteText: marks })
    const closed = await teams.press(mallory, card(), 'Close anyway', { closeReason: markdown })
    answers.push(closed)
    assert.match(wordsOf(card().card), /closed the case/)
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('stand in lists and are searched for', async () => {
    await teams.say(mallory, 'queue')
    await teams.say(mallory, 'mine')
    for (const text of hostile) await teams.say(mallory, `case ${text}`)
  })

  it('appear in text runs only, in everything that was sent and answered', () => {
    // Whom a reply is for is told with the name that Teams gave; it is shown nowhere.
    // Who is mentioned has their own name in the mention, and nothing else.
    const sent = world.connector.context.map(({ body }) => ({ ...body, recipient: null, entities: null }))
    const everything = [...sent, ...answers.map(({ card }) => card)]
    let found = 0
    for (const { text: whole, key, in: holder } of everything.flatMap(stringsOf)) {
      const text = whole.replace(/<at>[^<]*<\/at>/g, '')
      if (!text.includes(mark) && !text.includes('evil.example')) continue
      found += 1
      // The text of a notification is plain.
      const isSummary = holder['type'] === 'message' && key === 'summary'
      if (!isSummary) assert.deepEqual([holder['type'], key], ['TextRun', 'text'], text.slice(0, 200))
    }
    assert.ok(found > 50, String(found))
  })

  it('lose whatever is invisible, turns the text round or breaks the line', () => {
    for (const { text, key } of world.connector.context.flatMap(({ body }) => stringsOf(body))) {
      if (text.includes(mark) && key !== 'name') assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029\u202E\u2066\u200B]/u)
    }
    const all = world.connector.cards(incidents).map(wordsOf).join('\n')
    assert.ok(all.includes('[U+202E]'))
    assert.ok(all.includes('${title}'))
  })

  it('never make a card too big, nor add an element to it', () => {
    for (const card of [...world.connector.cards(), ...answers.map((context) => context.card)]) {
      assert.ok(Buffer.byteLength(JSON.stringify(card)) <= 28 * 1024)
      for (const one of objectsOf(card)) if ('url' in one) assert.match(String(one['url']), ours)
    }
  })

  it('as a link are left out unless they are plain https', async () => {
    for (const bad of [
      'javascript:alert(1)',
      'http://x.example',
      'https://u:p@x.example/',
      'data:text/html,x',
      link,
      'https://security.microsoft.com.evil.example/alerts/1',
    ]) {
      const { status, body } = await world.post({ id: `l-${bad.slice(0, 9)}`, title: 'A link', link: bad })
      if (status === 422) continue
      assert.equal(status, 202)
      await world.drawn()
      const [code = ''] = Object(body).alerts.map(({ caseId }: { caseId: string }) => caseId)
      const links = objectsOf(teams.cardOf(code).card).flatMap(({ type, url }) =>
        type === 'Action.OpenUrl' ? [String(url)] : [],
      )
      assert.deepEqual(
        links.filter((url) => !ours.test(url)),
        [],
        bad,
      )
    }
  })

  it('leave no trace in the log', () => {
    for (const line of world.logged) assert.ok(!line.includes(mark), line)
  })
})
