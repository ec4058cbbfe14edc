import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Person } from '../../../triage/person.js'
import { type Fortnight, openFortnight } from '../../support/fortnight.js'

const ada: Person = { id: 'u-ada', name: 'Ada Analyst' }
const bo: Person = { id: 'u-bo', name: 'Bo Berg' }
const cleo: Person = { id: 'u-cleo', name: 'Cleo Chan' }
const dora: Person = { id: 'u-dora', name: 'Dora Deputy' }

/** The fortnight as it should be told: change it by hand, or have it written anew with FORTNIGHT=write and read what changed. */
const expected = join('tests', 'bot', 'cases', 'fortnight.txt')

describe('bot/cases: a fortnight of alerts, sleeping owners, silent and absent managers, and three restarts', () => {
  const codes = {
    night: '1111-1111-1111',
    manager: '2222-2222-2222',
    silent: '3333-3333-3333',
    weekend: '4444-4444-4444',
    sleep: '8888-8888-8888',
    twice: '5555-5555-5555',
    absent: '6666-6666-6666',
    nobody: '7777-7777-7777',
  } as const

  const close = async (world: Fortnight, code: string, by: Person): Promise<void> => {
    await world.settle(code, by, { type: 'record-verdict', verdict: 'undetermined', reason: 'Looked at.' })
    await world.settle(code, by, { type: 'close', reason: 'Nothing more to do.' })
  }

  const live = async (): Promise<Fortnight> => {
    const world = await openFortnight('2026-10-18T22:00:00.000Z', ['u-max'])
    // Monday night: everyone on call sleeps; Winnow is restarted meanwhile.
    await world.until('2026-10-19T00:10:00.000Z')
    await world.alert(codes.night, 'case NIGHT', 'high')
    await world.until('2026-10-19T00:22:00.000Z')
    await world.restart(2)
    await world.until('2026-10-19T00:43:00.000Z')
    await world.settle(codes.night, cleo, { type: 'acknowledge' })
    await world.until('2026-10-19T00:50:00.000Z')
    await world.settle(codes.night, cleo, { type: 'take' })
    await world.until('2026-10-19T01:15:00.000Z')
    await close(world, codes.night, cleo)
    // Tuesday: the manager, in New York, never answers; the deputy does.
    await world.until('2026-10-20T12:00:00.000Z')
    await world.alert(codes.manager, 'case MANAGER', 'medium')
    await world.until('2026-10-20T12:05:00.000Z')
    await world.settle(codes.manager, ada, { type: 'take' })
    await world.ask(codes.manager, ada, '2026-10-20T19:00:00.000Z')
    await world.until('2026-10-21T07:30:00.000Z')
    const { state } = await world.desk().look(codes.manager)
    assert.equal(state?.confirmation?.manager.id, dora.id)
    await world.settle(codes.manager, dora, {
      type: 'answer-confirmation',
      asked: state?.confirmation?.line ?? 0,
      answer: 'yes',
      from: null,
      to: null,
      note: '',
    })
    await world.until('2026-10-21T08:00:00.000Z')
    await close(world, codes.manager, ada)
    // Wednesday: an owner who takes a case and goes silent.
    await world.alert(codes.silent, 'case SILENT', 'medium')
    await world.until('2026-10-21T08:10:00.000Z')
    await world.settle(codes.silent, bo, { type: 'take' })
    await world.settle(codes.silent, bo, { type: 'answer', check: 'address', option: 'foreign', finding: 'Hosting.' })
    await world.until('2026-10-22T09:00:00.000Z')
    await world.settle(codes.silent, ada, { type: 'take' })
    await close(world, codes.silent, ada)
    // Friday afternoon: no one takes it; the weekend, in which clocks are set back, does not count.
    await world.until('2026-10-23T14:30:00.000Z')
    await world.alert(codes.weekend, 'case WEEKEND', 'medium')
    // Saturday night: a medium alert wakes no one; a phone is mentioned when the week begins.
    await world.until('2026-10-24T01:00:00.000Z')
    await world.alert(codes.sleep, 'case SLEEP', 'medium')
    // Sunday, in the hour that comes twice, with a restart in it.
    await world.until('2026-10-25T00:45:00.000Z')
    await world.alert(codes.twice, 'case TWICE', 'high')
    await world.until('2026-10-25T00:58:00.000Z')
    await world.restart(1)
    await world.until('2026-10-25T01:20:00.000Z')
    await world.settle(codes.twice, bo, { type: 'take' })
    await close(world, codes.twice, bo)
    await world.until('2026-10-26T12:30:00.000Z')
    await world.settle(codes.weekend, bo, { type: 'take' })
    await close(world, codes.weekend, bo)
    await world.settle(codes.sleep, bo, { type: 'take' })
    await close(world, codes.sleep, bo)
    // Tuesday: a manager whose chat takes nothing, and whose own manager is silent as well.
    await world.until('2026-10-27T09:00:00.000Z')
    await world.alert(codes.absent, 'case ABSENT', 'medium', 'lee@contoso.example')
    await world.settle(codes.absent, bo, { type: 'take' })
    await world.ask(codes.absent, bo, '2026-10-27T15:00:00.000Z')
    await world.until('2026-10-28T07:00:00.000Z')
    await world.restart(30)
    await world.until('2026-10-28T10:00:00.000Z')
    await world.settle(codes.absent, bo, { type: 'take' })
    await close(world, codes.absent, bo)
    // Thursday: the owner asks and lets go; no manager answers.
    await world.until('2026-10-29T10:00:00.000Z')
    await world.alert(codes.nobody, 'case NOBODY', 'medium', 'lee@contoso.example')
    await world.settle(codes.nobody, bo, { type: 'take' })
    await world.ask(codes.nobody, bo, '2026-10-29T16:00:00.000Z')
    await world.settle(codes.nobody, bo, { type: 'release' })
    await world.until('2026-11-01T23:00:00.000Z')
    return world
  }

  let world: Fortnight
  before(async () => (world = await live()))

  it('is told line by line as it is written down', async () => {
    const told = `${world.timeline.join('\n')}\n`
    if (process.env['FORTNIGHT'] === 'write') await writeFile(expected, told)
    assert.equal(told, await readFile(expected, 'utf8'))
  })

  it('closes nothing by silence: who closed a case is a person, and what no one closed is open', async () => {
    for (const code of Object.values(codes)) {
      const { state, diary } = await world.desk().look(code)
      for (const event of diary)
        if (event.type === 'closed' || event.type === 'judged') assert.notEqual(event.by.id, 'winnow')
      assert.equal(state?.closed === null, code === codes.nobody, code)
    }
  })

  it('counts no silence as an answer', async () => {
    const { state } = await world.desk().look(codes.absent)
    assert.equal(state?.confirmation?.state, 'expired')
    assert.equal(state?.confirmation?.answer, null)
  })
})
