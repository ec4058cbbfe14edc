import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readClocks } from '../../../bot/config/clocks-file.js'
import { openRotaFile, readRota } from '../../../bot/config/rota-file.js'
import { usualClocks } from '../../../triage/clocks.js'
import { isFault } from '../../../triage/fault.js'
import { onCallAt } from '../../../triage/rota.js'

const minutes = 60_000
const hours = 60 * minutes

describe('bot/config: the files of clocks and rota', () => {
  let folder: string
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'winnow-clocks-'))))
  after(() => rm(folder, { recursive: true }))
  const write = async (text: string, name = 'one.yaml') => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }
  const clocks = async (text: string) => readClocks(await write(text), 'Europe/Stockholm')
  const problemsOf = (work: Promise<unknown>, code: string): Promise<readonly string[]> =>
    work.then(
      () => assert.fail('it was taken'),
      (error: unknown) => {
        assert.ok(isFault(error, code), String(error))
        return error.message
          .split('\n')
          .slice(1)
          .map((line) => line.replace(/^.*one\.yaml:/, ''))
      },
    )

  it('the example says what is usual', async () => {
    assert.deepEqual(await readClocks('clocks.example.yaml', 'UTC'), usualClocks)
  })

  it('what is left out stays as usual, severity by severity and window by window', async () => {
    const { owner, unassigned, manager } = await clocks(
      'owner:\n  high: { release: 2h }\nmanager:\n  low: { answer: 3d }',
    )
    assert.deepEqual(owner, { ...usualClocks.owner, high: { remind: 30 * minutes, release: 2 * hours } })
    assert.deepEqual(unassigned, usualClocks.unassigned)
    assert.deepEqual(manager.low, { remind: 8 * hours, answer: 72 * hours })
  })

  it('hours are in their own zone, the team’s, or the usual one, and the team’s holidays count for everyone', async () => {
    const day = 'days: [mon, fri], from: "08:30", to: "17:00"'
    const read = await clocks(`
working-hours: { ${day} }
holidays: [2026-12-24]
people:
  - { id: 0AAAAAAA-0000-4000-8000-000000000001, zone: America/New_York, ${day}, off: [2026-11-27] }
  - { id: u-2, ${day}, own-holidays: true }
`)
    const team = { zone: 'Europe/Stockholm', days: [1, 5], from: 510, to: 1020 }
    assert.deepEqual(read.hours, { ...team, off: ['2026-12-24'] })
    assert.deepEqual(
      [...read.hoursOf],
      [
        [
          '0aaaaaaa-0000-4000-8000-000000000001',
          { ...team, zone: 'America/New_York', off: ['2026-12-24', '2026-11-27'] },
        ],
        ['u-2', { ...team, off: [] }],
      ],
    )
  })

  it('everything wrong is told at once, each with its line and what would be right', async () => {
    const text = `owner:
  high: { remind: 90s, release: 1h }
  hihg: { remind: 1h }
night-from: hgih
working-hours: { zone: Europe/Stokholm, days: [mon], from: 8:00, to: "17:00" }`
    const problems = await problemsOf(clocks(text), 'clocks/invalid')
    assert.deepEqual(
      problems.map((one) => /^\d+: (?:unknown key )?'[^']+'/.exec(one)?.[0]),
      [
        "2: 'owner.high.remind'",
        "3: unknown key 'hihg'",
        "4: 'night-from'",
        "5: 'working-hours.zone'",
        "5: 'working-hours.from'",
      ],
    )
    assert.ok(problems[1]?.includes("did you mean 'high'?"))
  })

  it('a window that would end before the one in front of it is refused, also against what is usual', async () => {
    assert.deepEqual(await problemsOf(clocks('owner:\n  high:\n    release: 10m'), 'clocks/invalid'), [
      "3: 'owner.high.release' is shorter than 'remind'; make it as long, or switch remind off",
    ])
    await clocks('owner:\n  high: { remind: "off", release: 10m }')
  })

  it('the example of a rota can be read', async () => {
    const rota = await readRota('rota.example.yaml', 'UTC')
    const names = (at: string) => onCallAt(rota, Date.parse(at)).map(({ name }) => name)
    assert.deepEqual(names('2026-11-02T07:30Z'), ['Ada Analyst', 'Bo Berg'])
    assert.deepEqual(names('2026-12-24T20:00Z'), ['Cleo Chan', 'Bo Berg'])
  })

  it('names that stand for no one are told with their line', async () => {
    const text = `people:
  ada: { id: u-ada, name: Ada }
layers:
  - { name: day, people: [ada, bo], from: 2026-11-02, handover: "08:00", every: 1w }
  - { name: day, people: [ada], from: 2026-11-02, handover: "08:00", every: 1w }
overrides:
  - { person: ada, layer: nihgt, from: 2026-12-24 18:00, to: 2026-12-24 08:00 }`
    assert.deepEqual(
      await problemsOf(
        write(text).then((path) => readRota(path, 'UTC')),
        'rota/invalid',
      ),
      [
        "4: no one is called 'bo'; 'people' has ada",
        "5: there are two layers 'day'; rename one",
        "7: there is no layer 'nihgt'; there is day, day",
        "7: 'to' must be later than 'from'",
      ],
    )
  })

  it('a rota is read again when its file changes, and stays as it was while the file is wrong', async () => {
    const text = (id: string) =>
      `people:\n  one: { id: ${id}, name: One }\nlayers:\n  - { name: day, people: [one], from: 2026-11-02, handover: "08:00", every: 1w }`
    const path = await write(text('u-1'), 'rota.yaml')
    const errors: object[] = []
    const file = await openRotaFile(path, 'UTC', { info: () => {}, error: (details) => errors.push(details) })
    const id = () => onCallAt(file.rota(), Date.parse('2026-11-03T12:00Z'))[0]?.id
    await writeFile(path, 'people: nobody')
    await file.refresh()
    assert.deepEqual([id(), errors.length], ['u-1', 1])
    await new Promise((resolve) => setTimeout(resolve, 10))
    await writeFile(path, text('u-2'))
    await file.refresh()
    assert.equal(id(), 'u-2')
  })
})
