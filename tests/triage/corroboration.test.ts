import assert from 'node:assert/strict'
import { nextChecks } from '../../triage/next-checks.js'
import { anAnswer } from '../support/cast.js'
import { aCheck, aGuide, aVerdict } from '../support/guides.js'

const guide = aGuide({
  checks: [
    aCheck('device', ['known', 'new'], { also: 'closing' }),
    aCheck('mailbox', ['clean', 'changed'], { also: 'suspending' }),
    aCheck('record', ['yes', 'no']),
  ],
  verdicts: [
    aVerdict('tp', { class: 'TP', needs: [{ record: ['no'] }] }),
    aVerdict('fp', { needs: [{ record: ['yes'] }] }),
    aVerdict('undetermined', { class: 'undetermined' }),
  ],
})

const ahead = (...answers: readonly (readonly [string, string])[]) =>
  nextChecks(
    guide,
    answers.map(([check, option]) => anAnswer(check, option)),
  ).ahead.map(({ id }) => id)

describe('triage/next-checks: corroboration', () => {
  it('is asked last, for the kind of verdict that it is for', () => {
    assert.deepEqual(ahead(), ['record'])
    assert.deepEqual(ahead(['record', 'yes']), ['device'])
    assert.deepEqual(ahead(['record', 'no']), ['mailbox'])
  })

  it('is not asked when nothing but undetermined is left, nor once it is answered, be it with unknown', () => {
    assert.deepEqual(ahead(['record', 'unknown']), [])
    assert.deepEqual(ahead(['record', 'yes'], ['device', 'unknown']), [])
  })

  it('decides as well where a verdict hangs on it, but still comes after the others', () => {
    const deciding = { ...guide, verdicts: guide.verdicts.map((one) => ({ ...one, against: [{ device: ['new'] }] })) }
    assert.deepEqual(
      nextChecks(deciding, []).ahead.map(({ id }) => id),
      ['record', 'device'],
    )
  })
})
