import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDesk } from '../../../bot/cases/desk.js'
import { type FindCases, openFindCases } from '../../../bot/cases/find-cases.js'
import { parseFind } from '../../../dialogs/hear/parse-find.js'
import { memoryStore } from '../../../store/memory.js'
import { type SearchPages, filePages, memoryPages, pageNames } from '../../../store/search-pages.js'
import type { Store } from '../../../store/store.js'
import type { Alert } from '../../../triage/alert.js'
import { ada, anAlert, caseId, intent, minute } from '../../support/cast.js'
import { travel } from '../../support/guides.js'

const ids = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333'] as const

type Options = {
  readonly store?: Store
  readonly pages?: SearchPages
  readonly longestMs?: number
  readonly waitMs?: number
}

const rig = (options: Options = {}) => {
  const { store = memoryStore(), pages = memoryPages(), longestMs = 4000, waitMs = 0 } = options
  let clock = 0
  let at = 0
  const now = () => minute(at)
  const warned: string[] = []
  const desk = openDesk(store, () => travel, now)
  const parts = { pages, store, guideOf: () => travel, now, ms: () => (clock += 1), waitMs, pauseMs: 0 }
  const search = openFindCases({ ...parts, longestMs, log: { warn: (_, text) => warned.push(text) } })
  desk.onWritten(({ state, written }) => search.note(state, written))
  return {
    store,
    pages,
    desk,
    search,
    warned,
    open: async (id: string, alert: Partial<Alert> = {}) => {
      at += 1
      await desk.open(id, anAlert({ sourceAlertId: id, ...alert }), 'impossible-travel', [])
    },
    /** Record the verdict that nothing speaks for, and close. */
    close: async (id: string) => {
      const { state } = await desk.look(id)
      const wanted = [
        ...(state?.owner ? [] : [{ type: 'take' } as const]),
        { type: 'record-verdict', verdict: 'undetermined', reason: 'Nobody answers.' },
        { type: 'close', reason: 'Done.' },
      ] satisfies readonly Parameters<typeof intent>[1][]
      for (const one of wanted) {
        const { refusal } = await desk.settle(id, [{ ...intent(ada, one), caseId: id, line: null }])
        assert.equal(refusal, null)
      }
    },
  }
}
const found = async (search: FindCases, said: string, most = 10) => {
  const asked = parseFind(`find ${said}`)
  assert.ok(asked)
  return search.find(asked.filter, most)
}
const codes = async (search: FindCases, said: string, most = 10) =>
  (await found(search, said, most)).cases.map((one) => one.caseId)

describe('bot/cases/find-cases', () => {
  it('keeps nothing of how a case was found before, once that is to be renewed', async () => {
    const { pages, search, open, close } = rig()
    await open(ids[0], { title: 'A first' })
    await open(ids[1], { title: 'A second' })
    await close(ids[0])
    await search.renew(ids[0])
    const lines = (await Promise.all(pageNames.map((page) => pages.read(page)))).join('').split('\n')
    assert.equal(lines.filter((line) => line.startsWith(ids[0])).length, 1)
    assert.deepEqual(await codes(search, 'second'), [ids[1]])
    assert.deepEqual(await codes(search, 'first closed'), [ids[0]])
  })

  it('finds a case by person, address, type, code, app, resource and text, the newest first', async () => {
    const { search, open } = rig()
    const resources = ['/subscriptions/S-1/resourceGroups/Prod']
    await open(ids[0], { people: [{ upn: 'Anna@Contoso.example', objectId: 'AB-1', name: 'Anna Åberg' }], resources })
    await open(ids[1], {
      addresses: [
        { ip: '10.0.0.12', country: null },
        { ip: '2001:db8::1', country: null },
      ],
    })
    await open(ids[2], {
      title: 'Odd “mail” rule',
      apps: ['Teams'],
      description: 'Forwarded to evil.example',
      severity: 'high',
    })
    const expected = {
      'anna@CONTOSO.example': [ids[0]],
      anna: [ids[0]],
      åBERG: [ids[0]],
      'ab-1': [ids[0]],
      'resourcegroups/prod': [ids[0]],
      '10.0.0.12': [ids[1]],
      '10.0.0.12:443': [ids[1]],
      '10.0.0.1': [],
      '10.0.0.': [ids[1]],
      '2001:0db8:0:0::1': [ids[1]],
      teams: [ids[2]],
      'evil.example': [ids[2]],
      'odd "mail rule"': [],
      '222222222222': [ids[1]],
      'impossible-travel': [ids[2], ids[1], ids[0]],
      'kim teams': [ids[2]],
      high: [ids[2]],
      '.*m': [],
      'a|e': [],
      '\\t': [],
      '"openedAt"': [],
    }
    for (const [said, cases] of Object.entries(expected)) assert.deepEqual(await codes(search, said), cases, said)
  })

  it('finds closed cases, says what became of them, and narrows down by state, verdict and time', async () => {
    const { search, open, close } = rig()
    await open(ids[0])
    await open(ids[1])
    await close(ids[0])
    const [one] = (await found(search, 'closed')).cases
    assert.deepEqual(
      [one?.caseId, one?.verdict, one?.closed],
      [ids[0], 'undetermined', { at: minute(0), by: ada.name }],
    )
    assert.deepEqual(await codes(search, 'kim'), [ids[1], ids[0]])
    assert.deepEqual(await codes(search, 'kim open'), [ids[1]])
    assert.deepEqual(await codes(search, 'undetermined'), [ids[0]])
    assert.deepEqual(await codes(search, 'fp'), [])
    assert.deepEqual(await codes(search, `since ${minute(0).slice(0, 10)}`), [ids[1], ids[0]])
    assert.deepEqual(await codes(search, 'since 2027-01-01'), [])
  })

  it('counts all, answers with the newest, and says how many it looked at', async () => {
    const { search, open } = rig()
    for (const id of ids) await open(id)
    const { cases, count, searched, of } = await found(search, 'kim', 2)
    assert.deepEqual([cases.map((one) => one.caseId), count, searched, of], [[ids[2], ids[1]], 3, 3, 3])
  })

  it('stops when its time is up, and says so', async () => {
    const first = rig()
    for (const id of ids) await first.open(id)
    await first.search.stop()
    const { search } = rig({ store: first.store, pages: first.pages, longestMs: -10 })
    await search.catchUp()
    assert.deepEqual(await found(search, 'kim'), { cases: [], count: 0, searched: 0, of: 3 })
  })

  it('takes in what it does not know, corrects what changed behind its back, and forgets what is gone', async () => {
    const store = memoryStore()
    const quiet = openDesk(
      store,
      () => travel,
      () => minute(1),
    )
    for (const id of ids) await quiet.open(id, anAlert({ sourceAlertId: id }), 'impossible-travel', [])
    const first = rig({ store })
    assert.deepEqual(await codes(first.search, 'kim'), [])
    await first.search.catchUp()
    assert.deepEqual((await codes(first.search, 'kim open')).toSorted(), [...ids])
    await first.search.stop()

    const { close } = rig({ store })
    await close(ids[1])
    const others: Store = {
      ...store,
      async *all() {
        yield [ids[0], ids[1]]
      },
    }
    const again = rig({ store: others, pages: first.pages })
    assert.deepEqual(await codes(again.search, 'closed'), [])
    await again.search.catchUp()
    assert.deepEqual(await codes(again.search, 'closed'), [ids[1]])
    assert.deepEqual(await codes(again.search, 'open'), [ids[0]])
    assert.deepEqual((await found(again.search, 'kim')).of, 2)
  })

  it('finds the rest when a case cannot be read or the pages fail', async () => {
    const store = memoryStore()
    const quiet = openDesk(
      store,
      () => travel,
      () => minute(1),
    )
    for (const id of ids) await quiet.open(id, anAlert({ sourceAlertId: id }), 'impossible-travel', [])
    const ill: Store = { ...store, read: (id) => (id === ids[0] ? Promise.reject(new Error('ill')) : store.read(id)) }
    const one = rig({ store: ill })
    await one.search.catchUp()
    assert.deepEqual((await codes(one.search, 'kim')).toSorted(), [ids[1], ids[2]])
    const full = {
      ...memoryPages(),
      append: () => Promise.reject(new Error('full')),
      replace: () => Promise.reject(new Error('full')),
    }
    const other = rig({ store, pages: full })
    await other.search.catchUp()
    await other.open(caseId)
    await other.search.stop()
    assert.deepEqual(await codes(other.search, 'kim'), [caseId])
    assert.equal(other.warned.length, 2)
  })

  it('keeps its lines in files of this user over restarts, and reads nothing into damaged ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-find-'))
    const first = rig({ pages: filePages(join(folder, 'search')) })
    for (const id of ids) await first.open(id)
    await first.close(ids[0])
    await first.search.stop()
    assert.ok((await readdir(join(folder, 'search'))).every((name) => /^[0-9a-f]{2}\.tsv$/.test(name)))
    const again = rig({ store: first.store, pages: filePages(join(folder, 'search')) })
    assert.deepEqual(await codes(again.search, 'closed'), [ids[0]])
    for (const page of pageNames) await writeFile(join(folder, 'search', `${page}.tsv`), '\u0000\tnot a line\n{}\n')
    assert.deepEqual(await codes(again.search, 'kim'), [])
    await again.search.catchUp()
    assert.deepEqual((await codes(again.search, 'kim')).toSorted(), [...ids])
    await rm(folder, { recursive: true })
  })

  it('writes one line for a case that changes often before it is written, and finds it as it stands meanwhile', async () => {
    const { search, desk, open, close, pages } = rig({ waitMs: 60_000 })
    await open(ids[0])
    await close(ids[0])
    assert.deepEqual(await codes(search, 'closed'), [ids[0]])
    await desk.settle(ids[0], [{ ...intent(ada, { type: 'reopen', reason: 'Again.' }), caseId: ids[0], line: null }])
    assert.deepEqual(await codes(search, 'closed'), [])
    await search.stop()
    assert.equal((await Promise.all(pageNames.map(pages.read))).join('').split('\n').length - 1, 1)
    assert.deepEqual(await codes(search, 'open'), [ids[0]])
  })

  it('gives everything else its turn between two pages', async () => {
    const turns: number[] = []
    let turn = 0
    let isOver = false
    const count = () => {
      turn += 1
      if (!isOver) setImmediate(count)
    }
    const pages = memoryPages()
    const append: SearchPages['append'] = (page, text) => {
      turns.push(turn)
      return pages.append(page, text)
    }
    const { search, open } = rig({ pages: { ...pages, append }, waitMs: 60_000 })
    for (const id of ids) await open(id)
    setImmediate(count)
    await search.stop()
    isOver = true
    assert.equal(turns.length, 3)
    assert.equal(new Set(turns).size, 3)
  })

  it('writes a page anew when it has far more lines than cases', async () => {
    const { search, desk, open, close, store, pages } = rig()
    await open(ids[0])
    for (let round = 0; round < 30; round += 1) {
      await close(ids[0])
      await search.stop()
      await desk.settle(ids[0], [{ ...intent(ada, { type: 'reopen', reason: 'Again.' }), caseId: ids[0], line: null }])
      await search.stop()
      await desk.settle(ids[0], [{ ...intent(ada, { type: 'withdraw-verdict' }), caseId: ids[0], line: null }])
      await search.stop()
    }
    const lines = async () => (await Promise.all(pageNames.map(pages.read))).join('').split('\n').length - 1
    assert.ok((await lines()) > 60)
    const again = rig({ store, pages })
    await again.search.catchUp()
    assert.equal(await lines(), 1)
    assert.deepEqual(await codes(again.search, 'open'), [ids[0]])
  })
})
