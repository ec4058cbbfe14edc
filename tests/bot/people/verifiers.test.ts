import assert from 'node:assert/strict'
import { type Directory, type ManagerFound, soleManager } from '../../../bot/people/directory.js'
import { openIdentity } from '../../../bot/people/identity.js'
import { openManagerLoad } from '../../../bot/people/manager-load.js'
import { openRelationMemory } from '../../../bot/people/relation-memory.js'
import { openVerifiers } from '../../../bot/people/verifiers.js'
import { memoryStore } from '../../../store/memory.js'
import type { Involved } from '../../../triage/alert.js'
import { replay } from '../../../triage/evolve.js'
import { isRefusal } from '../../../triage/refusal.js'
import { ada, ben, eve, mia, now } from '../../support/cast.js'
import { openedWith } from '../../support/diary.js'

const log = { warn: () => {} }
const kim: Involved = { upn: 'kim@contoso.example', objectId: null, name: 'Kim Karlsen' }
const relation = { source: 'graph', readAt: now, of: 'u-kim' } as const
const days = (count: number) => new Date(Date.parse(now) + count * 86_400_000).toISOString()

describe('bot/people/verifiers: who can be asked', () => {
  const open = async (
    managerOf: (person: Involved) => ManagerFound,
    more: {
      readonly people?: readonly Involved[]
      readonly others?: readonly { readonly caseId: string; readonly people: readonly Involved[] }[]
      readonly ids?: readonly (readonly string[])[]
      readonly newDays?: number
    } = {},
  ) => {
    const { people = [kim], others = [], ids = [], newDays = 14 } = more
    const idsOf: Directory['idsOf'] = async (wanted) =>
      ids.filter((one) => one.some((id) => wanted.includes(id.toLowerCase()))).flat()
    const directory = { managerOf: async () => null, relationOf: async (one: Involved) => managerOf(one), idsOf }
    const identity = openIdentity({ directory, roster: { idsOf: () => [] } })
    const memory = await openRelationMemory({ store: memoryStore(), log })
    const state = replay([openedWith({ people })])
    assert.ok(state)
    const verifiers = openVerifiers({ directory, identity, memory, openPeople: async () => others, newDays })
    return { find: (at = now) => verifiers.find(state, at), warm: (at = now) => verifiers.warm(state, at) }
  }
  const found = (manager = mia): ManagerFound => ({ kind: 'found', manager, relation })
  const refusalOf = async (...given: Parameters<typeof open>) => {
    const one = await (await open(...given)).find()
    return isRefusal(one) ? [one.refusal, one.details['manager']] : one
  }

  it('is the manager of the first person who has one, with how that is known', async () => {
    const ola = { ...kim, upn: 'ola@contoso.example' }
    const { find } = await open(({ upn }) => (upn === ola.upn ? found() : { kind: 'none' }), { people: [kim, ola] })
    assert.deepEqual(await find(), { manager: mia, relation, about: ola, doubts: [] })
    assert.deepEqual(await refusalOf(() => ({ kind: 'none' })), ['no-manager', undefined])
  })

  it('is nobody who is a contact, a guest, switched off, or reports to the person; it says which', async () => {
    for (const why of ['contact', 'guest', 'disabled', 'loop'] as const)
      assert.deepEqual(await refusalOf(() => ({ kind: 'unfit', why, name: 'Mia' })), [`manager-${why}`, 'Mia'])
  })

  it('says when the directory could not be asked, and asks for the next person all the same', async () => {
    assert.deepEqual(await refusalOf(() => ({ kind: 'failed', why: 'throttled' })), ['directory-down', undefined])
    const ola = { ...kim, upn: 'ola@contoso.example' }
    const { find } = await open(({ upn }) => (upn === ola.upn ? found() : { kind: 'failed', why: 'x' }), {
      people: [kim, ola],
    })
    assert.ok(!isRefusal(await find()))
  })

  it('is no one whom the alert names, by any id', async () => {
    const people = [kim, { upn: 'MM@mail.example', objectId: null, name: null }]
    assert.deepEqual(await refusalOf(() => found(), { people, ids: [[mia.id, 'mm@mail.example']] }), [
      'manager-involved',
      mia.name,
    ])
  })

  it('is doubted while another open alert is about them, by any id', async () => {
    const others = [
      { caseId: 'OTHE-R000-0000', people: [{ upn: 'mia@contoso.example', objectId: null, name: null }] },
      { caseId: '7K3F-9QXM-2ABC', people: [{ upn: null, objectId: mia.id, name: null }] },
    ]
    const doubts = async (ids: readonly (readonly string[])[] = []) => {
      const one = await (await open(() => found(), { others, ids })).find()
      return isRefusal(one) ? one : one.doubts
    }
    assert.deepEqual(await doubts(), [], 'the case itself is judged by whom it names')
    assert.deepEqual(await doubts([[mia.id, 'MIA@contoso.example']]), [{ kind: 'subject', caseId: 'OTHE-R000-0000' }])
  })

  it('is doubted for two weeks after somebody else was the manager, and not when first seen', async () => {
    let manager = mia
    const { find, warm } = await open(() => found(manager))
    const doubts = async (at: string) => {
      const one = await find(at)
      return isRefusal(one) ? one : one.doubts
    }
    await warm(days(-3))
    assert.deepEqual(await doubts(days(0)), [])
    manager = eve
    assert.deepEqual(await doubts(days(1)), [{ kind: 'changed', on: days(1).slice(0, 10) }])
    assert.deepEqual(await doubts(days(14)), [{ kind: 'changed', on: days(1).slice(0, 10) }])
    assert.deepEqual(await doubts(days(15)), [])
  })

  it('is never doubted for being new where the setting says so', async () => {
    let manager = mia
    const { find } = await open(() => found(manager), { newDays: 0 })
    await find()
    manager = eve
    const one = await find(days(1))
    assert.ok(!isRefusal(one) && one.doubts.length === 0)
  })

  it('does not learn who is whose manager where one is everyone’s', async () => {
    const memory = await openRelationMemory({ store: memoryStore(), log })
    const one = await soleManager(mia).relationOf?.(kim)
    assert.ok(one?.kind === 'found' && one.relation?.source === 'everyone')
    memory.note(one.relation, ada.id, now)
    memory.note(one.relation, ben.id, now)
    assert.equal(memory.changedAt(one.relation), null)
  })
})

describe('bot/people: what is remembered of managers', () => {
  it('outlives a restart, names nobody, and forgets whom nobody asked about for longest', async () => {
    const store = memoryStore()
    const before = await openRelationMemory({ store, log, most: 2 })
    before.note(relation, mia.id, days(0))
    before.note(relation, eve.id, days(2))
    before.note({ ...relation, of: 'u-ola' }, mia.id, days(2))
    await before.save()
    const text = JSON.stringify((await store.kept('relations')).value)
    for (const id of [mia.id, eve.id, 'u-kim', 'u-ola']) assert.ok(!text.includes(id), text)
    const after = await openRelationMemory({ store, log, most: 2 })
    assert.equal(after.changedAt(relation), days(2))
    after.note({ ...relation, of: 'u-pat' }, mia.id, days(3))
    assert.equal(after.changedAt(relation), null)
  })

  it('counts the questions of the last day, over a restart as well', async () => {
    const store = memoryStore()
    const before = await openManagerLoad(store, 2, log)
    for (const hour of [0, 1, 23]) before.note(mia.id, new Date(Date.parse(now) + hour * 3_600_000).toISOString())
    await before.save()
    assert.ok(!JSON.stringify((await store.kept('manager-questions')).value).includes(mia.id))
    const after = await openManagerLoad(store, 2, log)
    assert.deepEqual(
      [days(0), days(0.99), days(1), days(1.01), days(1.05), days(3)].map((at) => after.isFull(mia.id, at)),
      [false, true, true, true, false, false],
    )
    assert.equal(after.isFull(eve.id, days(0)), false)
    const unlimited = await openManagerLoad(store, 0, log)
    assert.equal(unlimited.isFull(mia.id, days(0.99)), false)
  })
})
