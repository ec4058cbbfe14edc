import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Case, parts } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { isRefusal, refusalCodes } from '../../triage/refusal.js'
import { type CommandResult, commands, guideChanges, settle } from '../support/arbitrary.js'
import { runs } from '../support/runs.js'

/** Whatever people want, in whatever order, and whatever guide leads meanwhile, this holds for each step. A seed always has the same cases. */
const always = (law: (step: CommandResult, steps: readonly CommandResult[]) => void, seed?: number): void =>
  fc.assert(
    fc.property(commands, guideChanges, (list, changes) => {
      const steps = settle(list, changes)
      for (const step of steps) law(step, steps)
    }),
    seed === undefined ? { numRuns: runs(100) } : { numRuns: 300, seed },
  )

/** The commands that rely on what they themselves change: they can never be late for themselves alone. */
const clicks: readonly Command['type'][] = [
  'take',
  'release',
  'take-over',
  'answer',
  'withdraw-answer',
  'record-verdict',
  'withdraw-verdict',
  'mark-steps',
  'ask-manager',
  'close',
  'reopen',
]

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
    always(({ command, guide, before }) => {
      const decision = decide(command, before, guide)
      if (!isRefusal(decision)) return
      assert.ok(refusalCodes.includes(decision.refusal))
      for (const detail of Object.values(decision.details)) assert.equal(typeof detail, 'string')
    })
  })

  it('the same command in the same case is decided the same way', () => {
    always(({ command, guide, before }) =>
      assert.deepEqual(decide(command, before, guide), decide(command, before, guide)),
    )
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

  it('what clocks do answers, judges and closes nothing', () => {
    const clocks: readonly Command['type'][] = ['page', 'remind', 'release-silent', 'pass-on']
    always(({ before, after, command, written }) => {
      if (!before || !after || !clocks.includes(command.type)) return
      // A changed guide drops what no longer fits, whoever is the first to write after it.
      const fitting = written.filter(({ type }) => type === 'guide-changed').reduce<Case | null>(evolve, before)
      assert.deepEqual(
        [after.closed, after.recordedVerdict, after.confirmation?.answer, after.answers],
        [fitting?.closed, fitting?.recordedVerdict, fitting?.confirmation?.answer, fitting?.answers],
      )
    })
  })

  it('no answer is lost: it goes only by being taken back, answered otherwise, or not fitting a guide that changed', () => {
    always(({ before, after, written }) => {
      for (const answer of before?.answers ?? []) {
        const kept = after?.answers.some((one) => one.check === answer.check && one.option === answer.option)
        const said = written.some(
          (event) =>
            ((event.type === 'answer-withdrawn' || event.type === 'answered') && event.check === answer.check) ||
            (event.type === 'guide-changed' && event.dropped.includes(answer.check)),
        )
        assert.ok(kept || said, `${answer.check} is lost`)
      }
    })
  })

  it('a guide that changed is told before anything is done by it, once, and never in a closed case', () => {
    always(({ command, guide, before, after, written }) => {
      const told = written.filter(({ type }) => type === 'guide-changed')
      assert.ok(told.length <= 1 && (told.length === 0 || after?.guideChanged))
      if (!before || before.closed) return assert.ok(told.length === 0 || command.type === 'reopen')
      if (written.length > 0) assert.equal(after?.version, guide.version)
      assert.equal(told.length, written.length > 0 && before.version !== guide.version ? 1 : 0)
      if (told.length > 0) assert.equal(written[0]?.type, 'guide-changed')
    })
  })

  it('an answer that counts is one the guide has, as soon as its change is told', () => {
    always(({ guide, after }) => {
      if (!after || after.closed || after.version !== guide.version) return
      for (const { check, option } of after.answers) {
        const asked = guide.checks.find(({ id }) => id === check)
        assert.ok(asked?.options.some(({ id }) => id === option))
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

  it('every line survives being written as JSON and read again', () => {
    always(({ after }, steps) => {
      if (after !== steps.at(-1)?.after) return
      const diary = steps.flatMap(({ written }) => written)
      const read: readonly Event[] = JSON.parse(JSON.stringify(diary))
      assert.deepEqual(read, diary)
      assert.deepEqual(replay(read), after)
    })
  })

  it('what has changed last is a line of the diary, and never goes back', () => {
    always(({ before, after }) => {
      if (!after) return
      for (const part of parts) {
        assert.ok(after.changed[part] < after.line && after.changed[part] >= (before?.changed[part] ?? 0), part)
      }
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

  it('the same click a second time has no effect', () => {
    always(({ command, guide, before, after, refused }) => {
      const { line } = command
      if (!after || refused || line === null || Number.isNaN(line) || line >= (before?.line ?? 0)) return
      const again = decide(command, after, guide)
      assert.ok(isRefusal(again) || again.length === 0, command.type)
    })
  })

  it('a click that had an effect has none ever after, whatever was in between', () => {
    always(({ command, after, written }, steps) => {
      const last = steps.at(-1)
      if (command.line === null || !after || written.length === 0 || !clicks.includes(command.type) || !last) return
      const again = decide(command, last.after, last.guide)
      assert.equal(isRefusal(again) && again.refusal, 'old-card', command.type)
    })
  })

  it('every event bears the time and the person of the command', () => {
    always(({ command, written }) => {
      for (const { at, by } of written) assert.deepEqual({ at, by }, { at: command.at, by: command.by })
    })
  })

  it('the commands of these tests get somewhere: cases are judged, closed, opened again, and managers answer', () => {
    const context = new Set<string>()
    always(({ written }) => written.forEach(({ type }) => context.add(type)), 2)
    const everything =
      'opened claimed released handed-over answered finding-noted answer-withdrawn judged judgement-withdrawn done skipped undone noted related-opened ' +
      'manager-asked manager-answered manager-unreached manager-expired closed reopened guide-changed source-updated effect-noted manager-doubted verifier-allowed app-installed ' +
      'looked-up look-up-failed paged page-acknowledged reminded confirmation-passed-on'
    assert.deepEqual([...context].toSorted(), everything.split(' ').toSorted())
  })
})
