import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import { replay } from '../../triage/evolve.js'
import { isRefusal, refusalCodes } from '../../triage/refusal.js'
import { behind, isSettled } from '../../triage/settled.js'
import { settle, wishes, type CommandResult } from '../support/arbitrary.js'
import { travel } from '../support/guides.js'

/** Whatever people wish, in whatever order, this holds for each step. */
const always = (law: (step: CommandResult, steps: readonly CommandResult[]) => void, seed?: number): void =>
  fc.assert(
    fc.property(wishes, (list) => {
      const steps = settle(list)
      for (const step of steps) law(step, steps)
    }),
    { numRuns: 300, ...(seed !== undefined && { seed }) },
  )

const owners: readonly Command['type'][] = [
  'release',
  'answer',
  'withdraw-answer',
  'record-verdict',
  'withdraw-verdict',
  'mark-steps',
  'skip',
  'ask-manager',
  'close',
]

describe('triage: whatever people do, in any order', () => {
  it('nothing throws, and every refusal is one of the known ones', () => {
    always(({ command, before }) => {
      const decision = decide(command, before, travel)
      if (!isRefusal(decision)) return
      assert.ok(refusalCodes.includes(decision.refusal))
      for (const detail of Object.values(decision.details)) assert.equal(typeof detail, 'string')
    })
  })

  it('the same wish in the same case is decided the same way', () => {
    always(({ command, before }) => assert.deepEqual(decide(command, before, travel), decide(command, before, travel)))
  })

  it('no case is closed without a verdict', () => {
    always(({ after }) => assert.ok(!after?.closed || after.recordedVerdict))
  })

  it('a case is closed by its owner only, never by silence or a manager', () => {
    always(({ before, after, command }) => {
      if (before?.closed || !after?.closed) return
      assert.deepEqual([command.type, command.by.id], ['close', before?.owner?.id])
    })
  })

  it('no answer is lost: it goes only by being taken back or answered otherwise', () => {
    always(({ before, after, written }) => {
      for (const answer of before?.answers ?? []) {
        const kept = after?.answers.some((one) => one.check === answer.check && one.option === answer.option)
        const said = written.some(
          (event) => (event.type === 'answer-withdrawn' || event.type === 'answered') && event.check === answer.check,
        )
        assert.ok(kept || said, `${answer.check} is lost`)
      }
    })
  })

  it('a verdict goes only by being taken back, and never changes by itself', () => {
    always(({ before, after, written }) => {
      if (!before?.recordedVerdict || written.some(({ type }) => type === 'judgement-withdrawn')) return
      assert.deepEqual(after?.recordedVerdict, before.recordedVerdict)
    })
  })

  it('a verdict against the evidence has its reason', () => {
    always(({ written }) => {
      for (const event of written)
        if (event.type === 'judged') assert.ok(event.against === null || event.against.trim() !== '')
    })
  })

  it('a tick goes only by being undone, and a note never', () => {
    always(({ before, after, written }) => {
      for (const step of Object.keys(before?.stepStates ?? {})) {
        const undone = written.some((event) => event.type === 'undone' && event.step === step)
        assert.ok(undone || (after && Object.hasOwn(after.stepStates, step)), `${step} is lost`)
      }
      if (before) assert.deepEqual(after?.notes.slice(0, before.notes.length), before.notes)
    })
  })

  it('the diary replays to the same case, and its length is the line', () => {
    always(({ after }, steps) => {
      if (after !== steps.at(-1)?.after) return
      const diary = steps.flatMap(({ written }) => written)
      assert.deepEqual(replay(diary), after)
      assert.equal(after?.line ?? 0, diary.length)
    })
  })

  it('news is a line of the diary and never goes back', () => {
    always(({ before, after }) => {
      if (!after) return
      assert.ok(after.news < after.line && after.managerNews <= after.news)
      assert.ok(after.news >= (before?.news ?? 0) && after.managerNews >= (before?.managerNews ?? 0))
    })
  })

  it('what is refused changes nothing', () => {
    always(({ refused, written, before, after }) => {
      if (refused) assert.deepEqual([written, after], [[], before])
    })
  })

  it('what is the owner’s is not done by others, nor in a closed case', () => {
    always(({ command, before, refused, written }) => {
      if (!before || !owners.includes(command.type)) return
      if (before.closed || before.owner?.id !== command.by.id) assert.deepEqual([refused, written], [true, []])
    })
  })

  it('only the one who was asked answers as manager', () => {
    always(({ command, before, written }) => {
      if (!written.some(({ type }) => type === 'manager-answered')) return
      assert.equal(command.by.id, before?.confirmation?.manager.id)
    })
  })

  it('the same click a second time has no effect, whoever was in between', () => {
    always(({ command, after }) => {
      if (command.line === null || !after || command.type === 'open') return
      const again = decide(command, after, travel)
      assert.ok(isRefusal(again) || again.length === 0 || after.news === command.line)
      if (after.news !== command.line) assert.equal(isRefusal(again) && again.refusal, 'old-card')
    })
  })

  it('no two cards are begun for one surface unless the first is surely not there', () => {
    always(({ before, written }) => {
      for (const event of written) {
        if (event.type !== 'posting') continue
        const known =
          before && Object.hasOwn(before.surfaces, event.surface) ? before.surfaces[event.surface] : undefined
        assert.ok(!known || known.state === 'gone')
      }
    })
  })

  it('every event bears the time and the person of the wish', () => {
    always(({ command, written }) => {
      for (const { at, by } of written) assert.deepEqual({ at, by }, { at: command.at, by: command.by })
    })
  })

  it('a case that is settled is closed, owes no card and is not posting one', () => {
    always(({ after }, steps) => {
      if (after !== steps.at(-1)?.after || !isSettled(steps.flatMap(({ written }) => written))) return
      assert.ok(after?.closed)
      assert.deepEqual(behind(after), [])
      assert.ok(Object.values(after.surfaces).every(({ state }) => state !== 'begun'))
    })
  })

  it('the wishes of these tests get somewhere: cases are judged, closed, opened again, and managers answer', () => {
    const context = new Set<string>()
    always(({ written }) => written.forEach(({ type }) => context.add(type)), 1)
    const everything =
      'opened claimed released handed-over answered answer-withdrawn judged judgement-withdrawn done skipped undone noted ' +
      'manager-asked manager-answered manager-expired closed reopened posting shown unshown'
    assert.deepEqual([...context].toSorted(), everything.split(' ').toSorted())
  })
})
