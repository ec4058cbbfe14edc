import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Event } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { decide } from '../../triage/decide.js'
import type { Case } from '../../triage/case.js'
import { isRefusal } from '../../triage/refusal.js'
import { type ResponseAction, targetKey } from '../../triage/response-action.js'
import { winnow } from '../../triage/person.js'
import { type Draft, ada, ben, eve, minute } from '../support/cast.js'
import { onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'
import { askToSuspend, kim, terms, untilTp } from '../support/response.js'

const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values)
const others = [kim, { ...kim, id: 'u-pat', name: 'Pat' }, { ...kim, id: ada.id }, { ...kim, kind: 'app' as const }]
/** -1 and '' stand for the newest one that was asked for, as the button would carry it. */
const asked = fc.oneof(
  { weight: 4, arbitrary: fc.constant(-1) },
  { weight: 1, arbitrary: fc.integer({ min: 3, max: 12 }) },
)
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: oneOf(...others).map(targetKey) },
)

const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: rare })
const ask = fc
  .record({
    target: mostly(oneOf(kim), oneOf(...others)),
    isProtected: mostly(oneOf(false), oneOf(true)),
    reason: mostly(oneOf('Seen.'), oneOf(' ')),
    until: oneOf(minute(30), minute(5)),
  })
  .map((but) => askToSuspend(but))

const usual = fc.oneof(
  ask,
  ask,
  ask,
  fc
    .record({ type: oneOf('undo-action'), asked, reason: oneOf('Back.', ''), isProtected: fc.boolean() })
    .map((one) => ({ ...terms(), ...one })),
  fc.record({ type: oneOf('approve-action'), asked, target }),
  fc.record({ type: oneOf('approve-action'), asked, target }),
  fc.record({ type: oneOf('decline-action'), asked, target, reason: oneOf('', 'No.') }),
  fc.record({ type: oneOf('approve-action'), asked, target }),
  fc.record({ type: oneOf('expire-action'), asked }),
  ...[1, 2].map(() =>
    fc.record({
      type: oneOf('finish-action'),
      asked,
      outcome: oneOf({ kind: 'carried-out' }, { kind: 'rehearsed' }, { kind: 'failed', why: 'forbidden', detail: 'x' }),
    }),
  ),
)
const wanted = fc.oneof(
  { weight: 24, arbitrary: usual },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ type: oneOf('withdraw-verdict', 'take-over', 'release', 'take') }),
      fc.record({ type: oneOf('close'), reason: oneOf('Enough.') }),
      fc.record({ type: oneOf('reopen'), reason: oneOf('') }),
    ),
  },
)

const drafts: fc.Arbitrary<readonly Draft[]> = fc.array(
  fc
    .tuple(wanted, oneOf(ada, ada, ada, ben, ben, eve, winnow), fc.integer({ min: 0, max: 40 }))
    .map(([command, by, at]) => ({ ...command, by, at: minute(at), line: null })),
  { maxLength: 30, size: 'max' },
)

const aboutNewest = (draft: Draft, { line, target: on }: ResponseAction): Draft => {
  switch (draft.type) {
    case 'approve-action':
    case 'decline-action':
      return {
        ...draft,
        asked: draft.asked === -1 ? line : draft.asked,
        target: draft.target === '' ? targetKey(on) : draft.target,
      }
    case 'undo-action':
    case 'expire-action':
    case 'finish-action':
      return { ...draft, asked: draft.asked === -1 ? line : draft.asked }
    default:
      return draft
  }
}

/** A TP that Ada holds, and whatever people want then. */
const diaryOf = (list: readonly Draft[]): readonly Event[] => {
  let state: Case | null = replay(untilTp)
  const diary = [...untilTp]
  for (const draft of list) {
    const newest = state?.responses.at(-1)
    const command = onNewest(newest ? aboutNewest(draft, newest) : draft, diary)
    const decision = decide(command, state, travel)
    if (isRefusal(decision)) continue
    diary.push(...decision)
    state = decision.reduce<Case | null>(evolve, state)
  }
  return diary
}

const always = (law: (diary: readonly Event[]) => void) =>
  fc.assert(
    fc.property(drafts, (list) => law(diaryOf(list))),
    { numRuns: 400 },
  )

const ends = [
  'action-declined',
  'action-expired',
  'action-carried-out',
  'action-rehearsed',
  'action-failed',
  'action-undone',
]

describe('triage: response actions, whatever people do, in any order', () => {
  it('nothing is carried out that somebody else has not approved in time, for that target, where it needs that', () => {
    let carriedOut = 0
    always((diary) => {
      for (const [line, event] of diary.entries()) {
        if (event.type !== 'action-carried-out' && event.type !== 'action-undone') continue
        carriedOut += 1
        const request = diary[event.asked]
        assert.ok(request?.type === 'action-asked' && request.reason.trim() !== '')
        assert.deepEqual([event.operation, event.target], [request.operation, request.target])
        if (request.needs === 'nothing') {
          assert.ok(request.undoes !== undefined && diary[request.undoes]?.type === 'action-asked')
          continue
        }
        const approvals = diary
          .slice(event.asked, line)
          .filter((one) => one.type === 'action-approved' && one.asked === event.asked)
        assert.equal(approvals.length, 1)
        const [approval] = approvals
        assert.ok(approval?.type === 'action-approved')
        assert.notEqual(approval.by.id, request.by.id)
        assert.notEqual(approval.by.id, request.target.id)
        assert.ok(approval.at <= request.until)
        assert.deepEqual(approval.target, request.target)
      }
    })
    assert.ok(carriedOut > 0, 'it happens at all')
  })

  it('each is approved once and ends once, and never before it is approved unless somebody says no', () => {
    always((diary) => {
      for (const [line, request] of diary.entries()) {
        if (request.type !== 'action-asked') continue
        const about = diary.filter((event) => 'asked' in event && event.asked === line).map(({ type }) => type)
        assert.ok(about.filter((type) => type === 'action-approved').length <= 1)
        assert.ok(about.filter((type) => ends.includes(type)).length <= 1)
        const isEarly = about[0] !== 'action-approved' && request.needs === 'approval'
        if (isEarly) assert.ok(about.every((type) => type === 'action-declined' || type === 'action-expired'))
      }
    })
  })

  it('nothing that is protected is asked for, and nobody asks for their own account', () => {
    always((diary) => {
      for (const event of diary) if (event.type === 'action-asked') assert.notEqual(event.target.id, event.by.id)
    })
    const protectedOne = diaryOf([{ ...askToSuspend({ isProtected: true }), by: ada, at: minute(0), line: null }])
    assert.equal(protectedOne.length, untilTp.length)
  })
})
