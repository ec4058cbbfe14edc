import assert from 'node:assert/strict'
import { readerOf } from '../../../bot/outbox/reader.js'
import { managerCard } from '../../../triage/card.js'
import { replay } from '../../../triage/evolve.js'
import { ada, ben, eve, mia, minute, wrote } from '../../support/cast.js'
import { asked, claimed, opened } from '../../support/diary.js'
import { winnow } from '../../../triage/person.js'

describe('bot/outbox/reader: in whose chat a card is', () => {
  const waiting = replay([opened, claimed, asked])
  assert.ok(waiting)

  it('an analyst’s card in theirs, a question in that of the manager who is asked', () => {
    assert.equal(readerOf(waiting, `analyst/${ben.id}`), ben.id)
    assert.equal(readerOf(waiting, managerCard(2)), mia.id)
  })

  it('nobody’s where nobody is asked', () => {
    const free = replay([opened])
    assert.ok(free)
    assert.equal(readerOf(free, managerCard(2)), '')
  })

  it('a question that was passed on stays in the chat of who was asked first, and is new in that of who is asked now', () => {
    const on = wrote(winnow, {
      type: 'confirmation-passed-on',
      from: mia,
      to: eve,
      as: 'deputy',
      until: minute(90),
    })
    const passed = replay([opened, claimed, asked, on])
    assert.ok(passed?.confirmation?.passedOn)
    assert.equal(readerOf(passed, managerCard(passed.confirmation.passedOn.line)), mia.id)
    assert.equal(readerOf(passed, managerCard(passed.confirmation.line)), eve.id)
    assert.equal(readerOf(passed, `analyst/${ada.id}`), ada.id)
  })
})
