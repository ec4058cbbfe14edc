import assert from 'node:assert/strict'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { caseFileOf } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import { readOnlyCase } from '../../store/read-only.js'
import type { Store } from '../../store/store.js'
import { fromFormat1, type Line } from '../../store/upcast.js'
import { filesIn, withFolder } from './folder.js'

const stamp = { by: { id: 'winnow', name: 'Winnow' } } as const
const at = (line: number): string => `2026-03-01T08:0${line}:00.000Z`
const noted = (line: number): Line => ({ ...stamp, at: at(line), type: 'noted', text: `line ${line}` })
const posted = {
  place: { serviceUrl: 'https://smba.example/', tenantId: 't-1', conversationId: 'c-1', botId: 'b-1' },
  messageId: 'm-1',
}
const channel = { ...stamp, surface: 'channel', seat: 'channel' } as const
const chat = { ...stamp, surface: 'analyst/u', seat: 'analyst' } as const

/** Lines with their times; a number is a note. */
const lines = (...what: readonly (number | object)[]): readonly Line[] =>
  what.map((one, line) => {
    const made: Line = typeof one === 'number' ? noted(line) : JSON.parse(JSON.stringify({ at: at(line), ...one }))
    return made
  })

describe('store/upcast: the first format', () => {
  it('leaves in the diary what people and sources did, exactly as it was written', () => {
    const later = { ...stamp, type: 'of-a-later-version', more: { any: ['thing'] } }
    const diary = lines(
      0,
      { ...channel, type: 'posting' },
      0,
      later,
      { ...channel, type: 'shown', posted, drawn: 3 },
      0,
    )
    const { version, diary: kept } = fromFormat1(diary)
    assert.deepEqual(
      kept,
      [0, 2, 3, 5].map((line) => diary[line]),
    )
    assert.equal(version, 6)
  })

  it('counts the line a card shows anew', () => {
    const shown = (drawn: number) => ({ ...channel, type: 'shown', posted, drawn })
    const begin = [0, { ...channel, type: 'posting' }, 0, { ...channel, type: 'posting' }, 0]
    for (const [drawn, line] of [
      [0, 0],
      [2, 1],
      [4, 2],
      // What is no line of the record counts as the one before it, and what is none at all as the last.
      [1, 0],
      [3, 1],
      [99, 2],
      [-1, -1],
    ] as const) {
      assert.equal(fromFormat1(lines(...begin, shown(drawn))).cards['channel']?.shownLine, line)
    }
  })

  it('names the card of a manager after the new line of the question', () => {
    const asked = { ...stamp, type: 'manager-asked' }
    const manager = { ...stamp, surface: 'manager/2', seat: 'manager', type: 'posting' }
    const { cards, diary } = fromFormat1(lines(0, { ...channel, type: 'posting' }, asked, manager))
    assert.deepEqual(Object.keys(cards).toSorted(), ['channel', 'manager/1'])
    assert.equal(diary[1]?.type, 'manager-asked')
  })

  const nowhere = { posted: null, shownLine: -1, since: at(1) }
  const channelCard = { audience: 'channel', ...nowhere } as const
  const chatCard = { audience: 'analyst', ...nowhere } as const
  for (const [what, line, expected] of [
    ['begun', { ...channel, type: 'posting' }, { ...channelCard, state: 'posting', detail: '' }],
    [
      'shown',
      { ...channel, type: 'shown', posted, drawn: 0 },
      { ...channelCard, state: 'shown', posted, shownLine: 0, detail: '' },
    ],
    [
      'lost',
      { ...channel, type: 'unshown', why: 'lost', detail: '502' },
      { ...channelCard, state: 'lost', detail: '502' },
    ],
    [
      'refused',
      { ...channel, type: 'unshown', why: 'refused', detail: '403' },
      { ...channelCard, state: 'refused', detail: '403' },
    ],
    [
      'gone',
      { ...channel, type: 'unshown', why: 'gone', detail: '404' },
      { ...channelCard, state: 'missing', detail: '404' },
    ],
    [
      'asked for in a chat',
      { ...chat, type: 'unshown', why: 'gone', detail: 'asked for' },
      { ...chatCard, state: 'missing', detail: 'asked for' },
    ],
    [
      'owed again in a chat',
      { ...chat, type: 'unshown', why: 'later', detail: '429' },
      { ...chatCard, state: 'missing', detail: '429' },
    ],
  ] as const) {
    it(`knows a card that is ${what}`, () => {
      const { cards } = fromFormat1(lines(0, line))
      assert.deepEqual(cards, { [line.surface]: expected })
    })
  }

  it('keeps in the diary that a manager may not have got the question that waits', () => {
    const asked = { ...stamp, type: 'manager-asked' }
    const lost = { ...stamp, surface: 'manager/2', seat: 'manager', type: 'unshown', detail: 'HTTP 502' }
    const told = (...what: readonly object[]) =>
      fromFormat1(lines(0, { ...channel, type: 'posting' }, asked, ...what)).diary.slice(2)
    assert.deepEqual(told({ ...lost, why: 'lost' }), [
      { ...stamp, type: 'manager-unreached', why: 'unknown', detail: 'HTTP 502', at: at(3) },
    ])
    assert.deepEqual(told({ ...lost, why: 'refused' }), [
      { ...stamp, type: 'manager-unreached', why: 'refused', detail: 'HTTP 502', at: at(3) },
    ])
    for (const why of ['gone', 'later']) assert.deepEqual(told({ ...lost, why }), [])
    assert.deepEqual(told({ ...lost, surface: 'manager/1', why: 'lost' }), [])
    for (const type of ['manager-answered', 'manager-expired']) {
      const over = lines(0, 0, 0, { ...stamp, type })[3]
      assert.deepEqual(told({ ...stamp, type }, { ...lost, why: 'lost' }), [over])
    }
  })

  it('forgets a card in a channel that was owed again', () => {
    const later = { ...channel, type: 'unshown', why: 'later', detail: '429' }
    assert.deepEqual(fromFormat1(lines(0, { ...channel, type: 'posting' }, later)).cards, {})
  })

  it('goes by the newest line of each card', () => {
    const shown = { ...channel, type: 'shown', posted, drawn: 0 }
    const { cards } = fromFormat1(lines(0, { ...channel, type: 'posting' }, { ...chat, type: 'posting' }, shown))
    assert.deepEqual([cards['channel']?.state, cards['channel']?.since], ['shown', at(3)])
    assert.equal(cards['analyst/u']?.state, 'posting')
  })
})

/** What the version that made the fixture said of each case, by its own rules. */
const surface = z.object({
  seat: z.enum(['channel', 'analyst', 'manager']),
  posted: z.unknown(),
  state: z.enum(['begun', 'shown', 'lost', 'refused', 'gone']),
  detail: z.string(),
  since: z.string(),
  /** When the event happened that is the newest on the card. */
  shows: z.string().nullable(),
})
const told = z.object({
  caseId: z.string(),
  open: z.boolean(),
  record: z.number(),
  /** When the newest question to a manager was asked. */
  askedAt: z.string().nullable(),
  surfaces: z.record(z.string(), surface),
})
type Told = z.infer<typeof told>

const fixtures = 'tests/store/fixtures'
const newState = { begun: 'posting', shown: 'shown', lost: 'lost', refused: 'refused', gone: 'missing' } as const
const oldFile = z.object({ diary: z.array(z.looseObject({ type: z.string() })) })

describe('store/upcast: a data folder of the first format', () => {
  let cases: readonly Told[] = []
  let settings: { readonly channels: unknown } = { channels: null }

  before(async () => {
    const all: Record<string, unknown> = JSON.parse(await readFile(join(fixtures, 'format-1.json'), 'utf8'))
    settings = z.object({ channels: z.unknown() }).parse(all['settings'])
    cases = Object.entries(all).flatMap(([name, one]) => (name === 'settings' ? [] : [told.parse(one)]))
    assert.ok(cases.length > 20)
  })

  const withOld = (work: (folder: string, store: Store) => Promise<void>): Promise<void> =>
    withFolder(async (outer) => {
      const folder = join(outer, 'cases')
      await cp(join(fixtures, 'format-1'), folder, { recursive: true })
      const store = await openLowdbStore(folder)
      await work(folder, store)
      await store.close()
    })

  it('opens without loss: every event is there, and every card stands where it stood', () =>
    withOld(async (folder, store) => {
      assert.deepEqual(
        (await store.open()).toSorted(),
        cases.flatMap(({ caseId, open }) => (open ? [caseId] : [])).toSorted(),
      )
      for (const { caseId, open, record, askedAt, surfaces } of cases) {
        const stored = await store.read(caseId)
        const text = await readFile(caseFileOf(folder, open ? 'live' : 'settled', caseId), 'utf8')
        const isRecord = ({ type }: { type: string }) => !['posting', 'shown', 'unshown'].includes(type)
        const asWritten = stored.diary.filter(({ type }) => type !== 'manager-unreached')
        assert.deepEqual(asWritten, oldFile.parse(JSON.parse(text)).diary.filter(isRecord))
        assert.equal(asWritten.length, record)
        assert.equal(Object.keys(stored.cards).length, Object.keys(surfaces).length)
        for (const [name, old] of Object.entries(surfaces)) {
          const candidates = Object.entries(stored.cards).filter(
            ([, card]) => card.audience === old.seat && card.since === old.since,
          )
          const [found] = candidates
          assert.ok(found && candidates.length === 1, `${caseId} ${name}`)
          const [newName, card] = found
          assert.equal(card.state, newState[old.state])
          assert.deepEqual(card.posted, old.posted)
          assert.equal(card.detail, old.detail)
          if (old.seat !== 'manager') assert.equal(stored.diary[card.shownLine]?.at ?? null, old.shows)
          if (old.seat !== 'manager') assert.equal(newName, name)
          else assert.equal(card.shownLine, -1)
          if (old.seat === 'manager')
            assert.equal(stored.diary[Number(newName.slice('manager/'.length))]?.type, 'manager-asked')
        }
        const newest = stored.diary.findLastIndex(({ type }) => type === 'manager-asked')
        assert.equal(stored.diary[newest]?.at ?? null, askedAt)
      }
      assert.deepEqual(await store.kept('channels'), { value: settings.channels, version: 1 })
      assert.equal((await store.kept('recent')).version, 1)
      assert.deepEqual(store.damaged(), [])
    }))

  it('is read beside its owner as well, and not written to by being read', () =>
    withOld(async (folder, store) => {
      for (const { caseId } of cases) assert.deepEqual(await readOnlyCase(folder, caseId), await store.read(caseId))
      await store.close()
      const files = await filesIn(folder)
      assert.deepEqual(files, await filesIn(join(fixtures, 'format-1')))
      for (const file of files) {
        assert.equal(
          await readFile(join(folder, file), 'utf8'),
          await readFile(join(fixtures, 'format-1', file), 'utf8'),
        )
      }
    }))

  it('becomes the second format case by case, as each is written to', () =>
    withOld(async (folder, store) => {
      const before = new Map<string, unknown>()
      for (const { caseId, open } of cases) {
        const stored = await store.read(caseId)
        const event = { ...stamp, at: at(9), type: 'noted', text: 'of the next version' } as const
        const change = { events: [event], open }
        assert.equal(await store.write(caseId, stored.version, change), stored.version + 1)
        before.set(caseId, { ...stored, version: stored.version + 1, diary: [...stored.diary, event] })
      }
      assert.equal(await store.keep('channels', settings.channels, 1), 2)
      await store.close()
      const again = await openLowdbStore(folder)
      for (const { caseId, open } of cases) {
        const stored = await again.read(caseId)
        assert.deepEqual(stored, before.get(caseId))
        const text = await readFile(caseFileOf(folder, open ? 'live' : 'settled', caseId), 'utf8')
        assert.deepEqual(JSON.parse(text), { format: 2, caseId, ...stored })
      }
      assert.deepEqual(again.damaged(), [])
      await again.close()
    }))
})
