import assert from 'node:assert/strict'
import {
  caseDamaged,
  checkSettingVersion,
  checkVersion,
  codeOf,
  fileIsNewer,
  remedyFor,
  storeClosed,
} from '../../store/faults.js'
import { unreadable, unwritable } from '../../store/json-file.js'
import { checkCaseId, checkSettingName } from '../../store/names.js'
import { checkChange, faultOfCard, faultOfEvent } from '../../store/shapes.js'
import type { Change } from '../../store/store.js'
import { Fault } from '../../triage/fault.js'
import { card, noted } from './events.js'
import { systemError } from './model-disk.js'

const saidBy = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return error instanceof Fault ? `${error.code}: ${error.message}` : String(error)
  }
  return 'nothing'
}
const told = ({ code, message }: Fault): string => `${code}: ${message}`

describe('store: what faults say', () => {
  it('of a version that is not the newest', () => {
    assert.equal(
      saidBy(() => checkVersion('A', 1, 2)),
      'store/stale: Case A has version 2, not 1. Read it again, then decide again.',
    )
    assert.equal(
      saidBy(() => checkSettingVersion('home', 1, 2)),
      'store/stale: The setting home has version 2, not 1. Read it again first.',
    )
    assert.equal(
      saidBy(() => checkVersion('A', 2, 2)),
      'nothing',
    )
    assert.equal(
      saidBy(() => checkSettingVersion('home', 2, 2)),
      'nothing',
    )
  })

  it('of a store that is closed', () => {
    assert.equal(
      told(storeClosed()),
      'store/closed: The store is closed already. Stop what still uses it before closing it.',
    )
  })

  it('of a case that is damaged: where it is, where it belongs, and what can be done', () => {
    const remedy = 'Put it right and move it to x, or restore that from a backup; delete it, and the case is forgotten.'
    assert.equal(remedyFor('x'), remedy)
    assert.equal(
      told(caseDamaged('A', 'quarantine/A.1.json', 'settled')),
      `store/damaged: Case A is damaged; its file is quarantine/A.1.json. ${remedyFor('settled/55/A.json')}`,
    )
    assert.equal(
      told(fileIsNewer('a.json')),
      'store/damaged: A newer Winnow wrote a.json, this one cannot read it. Start the newer version again.',
    )
  })

  it('of a disk that takes nothing, or gives nothing, with the system’s own code', () => {
    const cause = systemError('ENOSPC')
    const [taken, given] = [unwritable('a.json', cause), unreadable('a.json', cause)]
    assert.equal(
      told(taken),
      'store/unwritable: a.json could not be written (ENOSPC). Make sure that the disk has room and this user may write there; then try again.',
    )
    assert.equal(
      told(given),
      'store/unreadable: a.json cannot be read (ENOSPC). Let this user read it and see whether the disk is well.',
    )
    assert.deepEqual([taken.cause, given.cause], [cause, cause])
  })

  it('of an error without a code what it says itself', () => {
    assert.deepEqual(
      [new Error('odd'), Object.assign(new Error('odd'), { code: 7 }), { code: 'EIO' }, 'text', null].map(codeOf),
      ['Error: odd', 'Error: odd', '[object Object]', 'text', 'null'],
    )
  })

  it('of a case’s id that is none: quoted, cut short, and harmless to print', () => {
    for (const id of ['A', '0', '-', 'A1-B2', 'Z'.repeat(40)])
      assert.equal(
        saidBy(() => checkCaseId(id)),
        'nothing',
      )
    for (const id of ['', 'aA', 'Aa', 'A.', '.A', 'A\n', 'A'.repeat(41)])
      assert.match(
        saidBy(() => checkCaseId(id)),
        /^store\/bad-id/,
        id,
      )
    const say = (quoted: string) =>
      `store/bad-id: A case id is 1 to 40 of 0-9, A-Z and "-", not "${quoted}". Use the id on the card.`
    assert.equal(
      saidBy(() => checkCaseId('a"\n\u202e~ !')),
      say('a???~ !'),
    )
    assert.equal(
      saidBy(() => checkCaseId('B'.repeat(100))),
      say('B'.repeat(60)),
    )
    const number: string = JSON.parse('7')
    assert.equal(
      saidBy(() => checkCaseId(number)),
      say('7'),
    )
  })

  it('of a setting’s name that is none', () => {
    for (const name of ['a', 'home-2', 'home-22-abc', '0', 'a'.repeat(60)])
      assert.equal(
        saidBy(() => checkSettingName(name)),
        'nothing',
      )
    for (const name of ['a-', '-a', 'a--b', 'Aa', 'aA', 'a b', 'a'.repeat(61), 'a\n'])
      assert.match(
        saidBy(() => checkSettingName(name)),
        /^store\/bad-name/,
        name,
      )
    const say = (quoted: string) =>
      `store/bad-name: A setting is named in kebab-case, 1 to 60 characters, not "${quoted}".`
    assert.equal(
      saidBy(() => checkSettingName('A b')),
      say('A b'),
    )
    const number: string = JSON.parse('7')
    assert.equal(
      saidBy(() => checkSettingName(number)),
      say('7'),
    )
  })

  it('of an event that could not be read again', () => {
    const by = { id: 'u-1' }
    for (const [event, said] of [
      [noted('fine'), null],
      [{ type: 'of-a-later-version', at: '2027', by: {} }, null],
      ['noted', 'an event is no object'],
      [null, 'an event is no object'],
      [[], 'an event is no object'],
      [{ at: '2026', by }, 'an event has no type'],
      [{ type: '', at: '2026', by }, 'an event has no type'],
      [{ type: 7, at: '2026', by }, 'an event has no type'],
      [{ type: 'noted', by }, 'an event does not say when'],
      [{ type: 'noted', at: '', by }, 'an event does not say when'],
      [{ type: 'noted', at: '2026' }, 'an event does not say by whom'],
      [{ type: 'noted', at: '2026', by: 'u-1' }, 'an event does not say by whom'],
    ] as const)
      assert.equal(faultOfEvent(event), said, JSON.stringify(event))
  })

  it('of a card that could not be read again', () => {
    for (const audience of ['channel', 'analyst', 'manager']) assert.equal(faultOfCard({ ...card(0), audience }), null)
    for (const state of ['posting', 'shown', 'lost', 'refused', 'missing'])
      assert.equal(faultOfCard({ ...card(0), state }), null)
    assert.equal(faultOfCard(card(-1)), null)
    const posted = { place: {}, messageId: 'm-1' }
    for (const [but, said] of [
      [{ audience: 'nobody' }, 'a card has no audience'],
      [{ state: '' }, 'a card has no state'],
      [{ posted: undefined }, 'a card does not say where it is'],
      [{ posted: { ...posted, place: null } }, 'a card does not say where it is'],
      [{ posted: { ...posted, messageId: 1 } }, 'a card does not say where it is'],
      [{ posted: [] }, 'a card does not say where it is'],
      [{ shownLine: '1' }, 'a card does not say what it shows'],
      [{ shownLine: 0.5 }, 'a card does not say what it shows'],
      [{ detail: null }, 'a card does not say since when'],
      [{ since: null }, 'a card does not say since when'],
    ] as const)
      assert.equal(faultOfCard({ ...card(0), ...but }), said, JSON.stringify(but))
    for (const none of ['shown', null, [card(0)]]) assert.equal(faultOfCard(none), 'a card is no object')
  })

  it('of a change that is not stored: what of it is wrong, and that nothing was stored', () => {
    const say = (why: string) =>
      `store/bad-change: Nothing was stored: ${why}. An event needs type, at and by; a card all of its parts.`
    const change = (but: object): Change => {
      const made: Change = JSON.parse(JSON.stringify({ events: [noted('one')], open: true, ...but }))
      return made
    }
    const said = (but: object, isFirst = false) => saidBy(() => checkChange(change(but), isFirst))
    assert.equal(said({ open: 1 }), say('it does not say whether the case is open'))
    assert.equal(said({ events: [noted('one'), {}] }), say('an event has no type'))
    assert.equal(said({ cards: { channel: card(0), chat: {} } }), say('a card has no audience'))
    assert.equal(said({ events: [], cards: { channel: card(0) } }, true), say('a case begins with an event'))
    assert.equal(said({ events: [], cards: { channel: null } }, true), say('a case begins with an event'))
    assert.equal(said({ events: [], cards: { channel: card(0) } }), 'nothing')
    assert.equal(said({ cards: { channel: card(0), chat: null } }, true), 'nothing')
    assert.equal(said({ events: [], cards: {} }, true), 'nothing')
  })
})
