import assert from 'node:assert/strict'
import { toldOutside } from '../../../dialogs/show/told-outside.js'
import { isTold } from '../../../dialogs/show/history.js'
import { describeUntold, isUntold } from '../../../dialogs/tell/told-outside.js'
import type { EffectNote } from '../../../triage/effect.js'
import { winnow } from '../../../triage/person.js'
import { aNote, ada, caseId, now, wrote } from '../../support/cast.js'
import { claimed, opened } from '../../support/diary.js'
import { seenAfter } from '../../support/seen.js'
import { words } from '../../support/words.js'

describe('dialogs/show/told-outside', () => {
  const standing = (but: Partial<EffectNote>) => ({ ...aNote(but), at: now })

  it('tells the newest of each place: what is done and when, and what waits since when and why', () => {
    const all = [
      standing({ does: 'in progress' }),
      standing({}),
      standing({ target: 'sentinel', state: 'waiting', why: 'forbidden', detail: 'A.Role' }),
    ]
    const [first, second, ...more] = toldOutside(all, words).split('; ')
    assert.match(
      first ?? '',
      /^effect\.at\(what=effect\.done\(target=effect\.target\.graph\(name=\), does=closed as false positive/,
    )
    assert.match(
      second ?? '',
      /^effect\.since\(what=effect\.waiting\(.*why=effect\.why\.forbidden\(detail=A\.Role\)\), when=/,
    )
    assert.deepEqual(more, [])
  })

  it('says nothing of what only others were told, until that goes wrong', () => {
    const webhook = { target: 'webhook/siem', effect: 'webhook/siem/3' }
    assert.equal(toldOutside([standing(webhook)], words), '')
    assert.equal(isTold(wrote(winnow, { type: 'effect-noted', ...aNote(webhook) }), words), false)
    assert.match(
      toldOutside([standing({ ...webhook, state: 'refused', why: 'invalid' })], words),
      /target\.webhook\(name=siem\)/,
    )
  })

  it('is said to the owner as well when it has failed for good, or the card does not say that it waits', () => {
    const states = [
      'done',
      'dry-run',
      'kept',
      'begun',
      'waiting',
      'refused',
      'unknown',
      'given-up',
      'not-sent',
    ] as const
    assert.deepEqual(
      states.filter((one) => isUntold(one, false)),
      ['refused', 'unknown', 'given-up'],
    )
    assert.deepEqual(
      states.filter((one) => isUntold(one, true)),
      ['waiting', 'refused', 'unknown', 'given-up'],
    )
    const event = {
      type: 'effect-noted',
      ...aNote({ state: 'refused', why: 'not-found' }),
      at: now,
      by: winnow,
    } as const
    const notice = describeUntold(event, seenAfter(opened, claimed).state, words)
    assert.match(
      notice?.text ?? '',
      new RegExp(`effect\\.untold\\(owner=${ada.name}, code=${caseId}, what=effect\\.refused`),
    )
    assert.equal(describeUntold(event, seenAfter(opened).state, words), null)
  })
})
