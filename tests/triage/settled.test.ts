import assert from 'node:assert/strict'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { Fault, isFault } from '../../triage/fault.js'
import { winnow } from '../../triage/person.js'
import { behind, isSettled } from '../../triage/settled.js'
import { audienceOf } from '../../triage/case.js'
import { ada, ben, posted, wrote } from '../support/cast.js'
import { answered, asked, claimed, closed, managerSaid, opened, untilClosed } from '../support/diary.js'

const owed = (...diary: readonly Event[]): readonly string[] => {
  const state = replay(diary)
  assert.ok(state)
  return behind(state)
}
const posting = (surface: string) => wrote(winnow, { type: 'posting', surface, audience: audienceOf(surface) })
const shown = (drawn: number, surface = 'channel') =>
  wrote(winnow, { type: 'shown', surface, audience: audienceOf(surface), posted: posted(), drawn })
const unshown = (why: 'lost' | 'refused' | 'gone' | 'later', surface = 'channel') =>
  wrote(winnow, { type: 'unshown', surface, audience: audienceOf(surface), why, detail: '' })

describe('triage/settled: behind', () => {
  it('owes the channel a card, until it is begun', () => {
    assert.deepEqual(owed(opened), ['channel'])
    assert.deepEqual(owed(opened, posting('channel')), [])
    assert.deepEqual(owed(opened, posting('channel'), unshown('later')), ['channel'])
  })

  it('owes a redrawing when there is news, and none for bookkeeping', () => {
    assert.deepEqual(owed(opened, posting('channel'), shown(0)), [])
    assert.deepEqual(owed(opened, posting('channel'), shown(0), claimed), ['channel'])
    assert.deepEqual(owed(opened, posting('channel'), claimed, shown(0)), ['channel'])
    assert.deepEqual(owed(opened, posting('channel'), shown(0), claimed, shown(3)), [])
  })

  it('gives up on a card that is lost or not wanted, and posts one that is gone anew', () => {
    assert.deepEqual(owed(opened, posting('channel'), unshown('lost'), claimed), [])
    assert.deepEqual(owed(opened, posting('channel'), unshown('refused'), claimed), [])
    assert.deepEqual(owed(opened, posting('channel'), shown(0), unshown('gone')), ['channel'])
  })

  it('owes the manager the newest question, and its news only', () => {
    const drawn = [opened, posting('channel'), claimed, asked, shown(3)] as const
    assert.deepEqual(owed(...drawn), ['manager/3'])
    const both = [...drawn, posting('manager/3'), shown(3, 'manager/3')] as const
    assert.deepEqual(owed(...both), [])
    assert.deepEqual(owed(...both, answered('address', 'ours')), ['channel'])
    assert.deepEqual(owed(...both, managerSaid('yes')), ['channel', 'manager/3'])
    assert.deepEqual(owed(...both, wrote(winnow, { type: 'manager-expired' })), ['channel', 'manager/3'])
    assert.deepEqual(owed(...both, closed), ['channel', 'manager/3'])
  })

  it('owes the owner a card in their own chat once they went on there, and keeps it up', () => {
    const chat = `analyst/${ada.id}`
    const over = wrote(ben, { type: 'handed-over', to: ben })
    const drawn = [opened, claimed, posting('channel'), shown(1)] as const
    assert.deepEqual(owed(...drawn, unshown('gone', chat)), [chat])
    const both = [...drawn, unshown('gone', chat), posting(chat), shown(1, chat)] as const
    assert.deepEqual(owed(...both), [])
    assert.deepEqual(owed(...both, answered('address', 'ours')), ['channel', chat])
    assert.deepEqual(owed(...both, over), ['channel', chat])
    const told = [...both, over, shown(7, chat)] as const
    assert.deepEqual(owed(...told, answered('address', 'ours', ben)), ['channel'])
    assert.deepEqual(owed(...told, wrote(ben, { type: 'released' })), ['channel', chat])
    assert.deepEqual(owed(...told, wrote(ada, { type: 'handed-over', to: ada })), ['channel', chat])
    assert.deepEqual(owed(...drawn, unshown('gone', chat), posting(chat), unshown('later', chat)), [chat])
    assert.deepEqual(owed(...drawn, unshown('gone', chat), over), ['channel'])
    assert.deepEqual(owed(...drawn, unshown('gone', chat), posting(chat), unshown('refused', chat)), [])
  })

  it('leaves the card of an earlier question alone', () => {
    const first = [opened, claimed, asked, posting('manager/2'), unshown('lost', 'manager/2'), asked] as const
    assert.deepEqual(owed(...first), ['channel', 'manager/5'])
  })
})

describe('triage/settled: isSettled', () => {
  const last = untilClosed.length - 1

  it('is not so for an open case, however well it is drawn', () => {
    assert.equal(isSettled([]), false)
    assert.equal(isSettled([opened, posting('channel'), shown(0)]), false)
  })

  it('is so when it is closed and the channel shows it', () => {
    assert.equal(isSettled(untilClosed), false)
    assert.equal(isSettled([...untilClosed, shown(last)]), true)
    assert.equal(isSettled([...untilClosed, shown(last - 1)]), false)
  })

  it('is so when it is closed and nobody can be shown', () => {
    assert.equal(isSettled([...untilClosed, posting('channel'), unshown('refused')]), true)
  })

  it('is not so while a card is being posted, for nobody knows yet whether it will be there', () => {
    assert.equal(isSettled([...untilClosed, posting('channel')]), false)
    assert.equal(isSettled([...untilClosed, posting('channel'), unshown('lost')]), true)
  })

  it('ends when it is opened again', () => {
    assert.equal(isSettled([...untilClosed, shown(last), wrote(ada, { type: 'reopened', reason: '' })]), false)
  })
})

describe('triage/fault', () => {
  it('has a stable code and keeps its cause', () => {
    const cause = new Error('disk')
    const fault = new Fault('store/full', 'Make room.', { cause })
    assert.deepEqual([fault.code, fault.message, fault.name, fault.cause], ['store/full', 'Make room.', 'Fault', cause])
    assert.deepEqual([isFault(fault), isFault(fault, 'store/full'), isFault(fault, 'store/stale')], [true, true, false])
    assert.deepEqual([isFault(cause), isFault(null), isFault({ code: 'store/full' })], [false, false, false])
  })
})
