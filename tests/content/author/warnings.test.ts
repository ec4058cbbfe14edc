import assert from 'node:assert/strict'
import { outcomes } from '../../../content/author/outcomes.js'
import { notes, warnings } from '../../../content/author/warnings.js'
import type { Guide, Verdict } from '../../../triage/guide.js'
import { aCheck, aGuide, aVerdict } from '../../support/guides.js'

const checks = [aCheck('first', ['yes', 'no']), aCheck('second', ['yes', 'no'])]
const undetermined = aVerdict('undetermined', { class: 'undetermined' })
const tp = (but: Partial<Verdict>) => aVerdict('tp', { class: 'TP', ...but })
const fp = (but: Partial<Verdict>) => aVerdict('fp', but)
const guide = (...verdicts: readonly Verdict[]): Guide => aGuide({ checks, verdicts: [...verdicts, undetermined] })
const warned = (...verdicts: readonly Verdict[]) => {
  const one = guide(...verdicts)
  return warnings(one, outcomes(one))
}
const good = [
  tp({ needs: [{ first: ['yes'], second: ['yes'] }] }),
  fp({ needs: [{ first: ['no'] }, { first: ['yes'], second: ['no'] }] }),
]

describe('content/author/warnings', () => {
  it('has nothing to say of a good guide', () => {
    assert.deepEqual(warned(...good), [])
  })

  it('warns of a check whose answer never changes what is allowed', () => {
    const verdicts = [
      tp({
        needs: [
          { first: ['yes'], second: ['yes'] },
          { first: ['yes'], second: ['no', 'unknown'] },
        ],
      }),
      fp({ needs: [{ first: ['no'] }] }),
    ]
    assert.deepEqual(warned(...verdicts), [
      "no answer to 'second' ever changes what is allowed: let a verdict depend on it, or take it out",
    ])
  })

  it('warns of a check that is never asked', () => {
    const verdicts = [tp({ needs: [{ first: ['yes'] }] }), fp({ needs: [{ first: ['no'] }] })]
    assert.deepEqual(warned(...verdicts), ["'second' is never asked: move it up, or take it out"])
  })

  it('warns of a verdict that no answers allow', () => {
    const never = fp({ needs: [{ first: ['yes'] }], against: [{ first: ['yes'] }] })
    assert.ok(
      warned(tp({ needs: [{ first: ['no'], second: ['yes'] }] }), never).includes(
        "no answers allow 'fp': loosen its needs or its against",
      ),
    )
  })

  it('warns when a malicious and a harmless verdict are allowed at once, with the answers', () => {
    const found = warned(tp({ needs: [{ first: ['yes'] }] }), fp({ needs: [{ second: ['yes'] }] }))
    assert.ok(found.some((text) => /^tp and fp are allowed at once: .*: first=yes second=yes$/.test(text)))
  })

  it('warns when a false positive and a benign true positive are allowed at once, with the answers', () => {
    const btp = aVerdict('btp', { class: 'B-TP', needs: [{ second: ['yes'] }] })
    const found = warned(...good, fp({ id: 'fp-two', needs: [{ first: ['no'], second: ['yes'] }] }), btp)
    assert.ok(
      found.some((text) =>
        /^fp and fp-two and btp are allowed at once, an FP and a B-TP: .*: first=no second=yes$/.test(text),
      ),
      found.join('\n'),
    )
  })

  it('warns when all is known and nothing is allowed', () => {
    const found = warned(tp({ needs: [{ first: ['yes'], second: ['yes'] }] }), fp({ needs: [{ first: ['no'] }] }))
    assert.ok(
      found.some((text) => /^every check is answered, .*: first=yes second=no\|unknown$/.test(text)),
      found.join('\n'),
    )
  })

  it('warns when nothing is known and something is allowed', () => {
    const found = warned(tp({ needs: [{ first: ['unknown'] }] }), ...good.slice(1))
    assert.ok(
      found.some((text) => text.startsWith('every answer is unknown, but tp is allowed')),
      found.join('\n'),
    )
  })

  it('notes options that lead the same way', () => {
    const one = {
      ...guide(...good),
      checks: [aCheck('first', ['yes', 'no']), aCheck('second', ['yes', 'no', 'never'])],
    }
    assert.deepEqual(notes(one), [])
    const other = { ...one, checks: [aCheck('first', ['yes', 'no', 'so', 'thus']), aCheck('second', ['yes', 'no'])] }
    const verdicts = [tp({ needs: [{ first: ['yes', 'so'], second: ['yes'] }] }), ...other.verdicts.slice(1)]
    assert.deepEqual(notes({ ...other, verdicts: verdicts.map((v) => ({ ...v, needs: v.needs })) }), [])
    const same = [tp({ needs: [{ first: ['yes', 'so'] }] }), fp({ needs: [{ first: ['no'] }] })]
    assert.deepEqual(notes({ ...other, verdicts: same }), ["'first': yes and so lead the same way"])
  })
})
