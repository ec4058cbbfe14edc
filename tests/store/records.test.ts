import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'
import {
  apply,
  firstLine,
  frame,
  type JournalRecord,
  parseRecord,
  readSegment,
  recordText,
} from '../../store/records.js'
import { card, noted } from './events.js'

const record = (version: number, but: object = {}): JournalRecord => {
  const made: JournalRecord = JSON.parse(
    JSON.stringify({ caseId: 'A', version, open: true, events: [noted(`line ${version}`)], cards: {}, ...but }),
  )
  return made
}
const segment = (...lines: readonly (object | Buffer)[]): Buffer =>
  Buffer.concat([firstLine(), ...lines.map((one) => (Buffer.isBuffer(one) ? one : frame(JSON.stringify(one))))])

describe('store/records: a line of a segment', () => {
  it('is the length in bytes and the checksum, eight hexadecimal digits each, the text, and a line’s end', () => {
    const text = '{"é":"‮"}'
    const sum = crc32(text).toString(16).padStart(8, '0')
    assert.equal(frame(text).toString('utf8'), `0000000c ${sum} ${text}\n`)
    assert.equal(frame('').toString('utf8'), '00000000 00000000 \n')
    assert.match(firstLine().toString('utf8'), /^0000000d [0-9a-f]{8} \{"journal":1\}\n$/)
  })

  it('says what was written over which version; what a change leaves out is empty', () => {
    const cards = { channel: card(0), 'analyst/u': null }
    const text = recordText('A', 3, { events: [noted('one')], cards, open: false })
    assert.deepEqual(JSON.parse(text), { caseId: 'A', version: 3, open: false, events: [noted('one')], cards })
    assert.deepEqual(parseRecord(text), JSON.parse(text))
    const empty = { caseId: 'A', version: 0, open: true, events: [], cards: {} }
    assert.deepEqual(JSON.parse(recordText('A', 0, { open: true })), empty)
  })
})

describe('store/records: a segment', () => {
  it('gives its records in order, each with its text', () => {
    const made = [
      record(0),
      record(1, { caseId: 'B', open: false }),
      record(2, { events: [], cards: { channel: null } }),
    ]
    const found = readSegment(segment(...made))
    assert.deepEqual(
      found.records,
      made.map((one) => ({ record: one, text: JSON.stringify(one) })),
    )
    assert.deepEqual([found.damaged, found.suspects, found.newer], [0, [], false])
  })

  it('is empty when nothing is in it, and when nothing but its first line is', () => {
    for (const bytes of [Buffer.alloc(0), firstLine()])
      assert.deepEqual(readSegment(bytes), { records: [], damaged: 0, suspects: [], newer: false })
  })

  it('leaves out what has no end, and counts it as no damage', () => {
    const whole = segment(record(0), record(1))
    const begin = segment(record(0)).length
    for (let at = begin; at < whole.length; at += 7) {
      const { records, damaged } = readSegment(whole.subarray(0, at))
      assert.deepEqual([records.length, damaged], [1, 0])
    }
  })

  it('notices every changed byte of a line, and reads those around it all the same', () => {
    const lines = [record(0), record(1, { caseId: 'B-7' }), record(2)].map((one) => frame(JSON.stringify(one)))
    const [before, line, after] = lines
    if (!before || !line || !after) return assert.fail('there are three lines')
    for (let at = 0; at < line.length - 1; at += 1) {
      const changed = Buffer.from(line)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      const { records, damaged } = readSegment(segment(before, changed, after))
      // A byte that became a line's end makes two lines of one.
      assert.deepEqual([records.map(({ record }) => record.version), damaged > 0], [[0, 2], true], `byte ${at}`)
    }
  })

  it('suspects the case that a damaged line names, once, and nobody when it names none', () => {
    const spoiled = (text: string) => {
      const line = frame(text)
      line.write('0', 0)
      line.write('f', 1)
      return line
    }
    const lines = [record(0, { caseId: 'B-7' }), record(1, { caseId: 'B-7' }), record(2, { caseId: 'C' })]
    const all = lines.map((one) => spoiled(JSON.stringify(one)))
    const found = readSegment(segment(...all, spoiled('{"caseId":"../x"}'), spoiled('{}'), spoiled('"caseId":""')))
    assert.deepEqual([found.records, found.damaged, found.suspects], [[], 6, ['B-7', 'C']])
  })

  it('is of a newer Winnow when its first line says another format; then nothing behind it is read', () => {
    for (const journal of [2, '1', null]) {
      const { records, newer } = readSegment(Buffer.concat([frame(JSON.stringify({ journal })), segment(record(0))]))
      assert.deepEqual([records, newer], [[], true])
    }
    assert.equal(readSegment(segment(record(0))).newer, false)
  })

  const bad: readonly (readonly [string, unknown])[] = [
    ['is no object', 'A'],
    ['is null', null],
    ['is a list', [record(0)]],
    ['names no case', record(0, { caseId: undefined })],
    ['names a case by a number', record(0, { caseId: 7 })],
    ['names a case that would be a path', record(0, { caseId: '../A' })],
    ['has no version', record(0, { version: undefined })],
    ['has half a version', record(0, { version: 0.5 })],
    ['has a version as text', record(0, { version: '0' })],
    ['does not say whether the case is open', record(0, { open: undefined })],
    ['has no events', record(0, { events: undefined })],
    ['has an event that is none', record(0, { events: [noted('one'), { type: 'noted' }] })],
    ['has no cards', record(0, { cards: undefined })],
    ['has cards in a list', record(0, { cards: [] })],
    ['has a card that is none', record(0, { cards: { channel: null, chat: { state: 'shown' } } })],
  ]
  for (const [what, value] of bad) {
    it(`takes a line for damaged whose text ${what}, though its checksum is right`, () => {
      const { records, damaged } = readSegment(segment(frame(JSON.stringify(value)), record(1)))
      assert.deepEqual([records.length, damaged], [1, 1])
    })
  }

  it('takes a line for damaged that is no JSON, though its checksum is right', () => {
    const { records, damaged } = readSegment(segment(frame('{"half'), record(1)))
    assert.deepEqual([records.length, damaged], [1, 1])
  })
})

describe('store/records: what becomes of a case', () => {
  const stored = { version: 2, diary: [noted('old')], cards: { channel: card(0), chat: card(0) } }

  it('has the events behind its own, and each card as it was put last', () => {
    const records = [record(2, { cards: { channel: card(1), chat: null } }), record(3, { cards: { more: card(2) } })]
    assert.deepEqual(apply(stored, records), {
      version: 4,
      diary: [noted('old'), noted('line 2'), noted('line 3')],
      cards: { channel: card(1), more: card(2) },
    })
  })

  it('passes over what is in it already', () => {
    assert.deepEqual(apply(stored, [record(0), record(1)]), stored)
    assert.equal(apply(stored, [record(1), record(2)])?.version, 3)
  })

  it('is nothing when a write in between is missing', () => {
    assert.equal(apply(stored, [record(3)]), null)
    assert.equal(apply(stored, [record(2), record(4)]), null)
  })

  it('changes nothing of what it was given', () => {
    const before = structuredClone(stored)
    apply(stored, [record(2, { cards: { chat: null } })])
    assert.deepEqual(stored, before)
  })
})
