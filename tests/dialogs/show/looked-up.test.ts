import assert from 'node:assert/strict'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { evidenceFor } from '../../../dialogs/show/evidence.js'
import { historyLine } from '../../../dialogs/show/history.js'
import { describeLookedUp } from '../../../dialogs/tell/looked-up.js'
import type { Event } from '../../../triage/event.js'
import type { FailedLookUp, LookUpFinding } from '../../../triage/look-up.js'
import { winnow } from '../../../triage/person.js'
import { phrasesFolder } from '../../content/files.js'
import { ada, wrote } from '../../support/cast.js'
import { claimed, opened, untilClosed } from '../../support/diary.js'
import { aCheck } from '../../support/guides.js'
import { aFailure, aFinding } from '../../support/looked-up.js'
import { seenAfter } from '../../support/seen.js'

const phrases = await loadPhrases(phrasesFolder, 'en')
const check = aCheck('address', ['ours', 'hostile'], { look: ['sign-ins-query', 'devices-of-user', 'user-risk'] })
const other = aCheck('device', ['known', 'new'])

const found = (but: Partial<LookUpFinding> = {}): Event => wrote(winnow, { type: 'looked-up', ...aFinding(but) })
const failed = (but: Partial<FailedLookUp> = {}): Event => {
  const { lookUp, checks, what, why, permission } = { ...aFailure(), ...but }
  return wrote(winnow, {
    type: 'look-up-failed',
    lookUps: [{ lookUp, checks, what }],
    why,
    ...(permission !== undefined && { permission }),
  })
}
const after = (...diary: readonly Event[]) => {
  const context = seenAfter(...diary)
  return { ...context, phrases, guide: { ...context.guide, checks: [check, other] } }
}
const texts = (one: typeof check, ...diary: readonly Event[]) =>
  evidenceFor(after(opened, claimed, ...diary), one).evidence.map(({ text }) => text)

describe('dialogs/show/looked-up', () => {
  it('tells what was looked up, in which time, how much there was, and the first row', () => {
    assert.deepEqual(texts(check, found()), [
      'Sign-ins, 31 Jan to 2 Mar: 2 rows. First: 2026-03-02 08:41Z, Office, 192.0.2.10, NO.',
    ])
    assert.deepEqual(texts(check, found({ count: 200, isMore: true })), [
      'Sign-ins, 31 Jan to 2 Mar: more than 200 rows. First: 2026-03-02 08:41Z, Office, 192.0.2.10, NO.',
    ])
    const at = '2026-03-02T09:00:00.000Z'
    assert.deepEqual(
      texts(check, found({ what: 'User risk', from: at, to: at, count: 1, rows: ['risk level high'] })),
      ['User risk, 2 Mar: risk level high.'],
    )
    assert.deepEqual(texts(check, found({ count: 0, rows: [] })), ['Sign-ins, 31 Jan to 2 Mar: nothing found.'])
  })

  it('is told in the language of the guide, days as well; what the guide has no words for as it was recorded', async () => {
    const swedish = await loadPhrases(phrasesFolder, 'sv')
    const { guide, ...context } = after(
      opened,
      claimed,
      found(),
      failed(),
      failed({ lookUp: 'user-risk', what: 'User risk' }),
    )
    const lookUpWords = {
      'sign-ins-query': { say: 'Sök inloggningar', what: 'Inloggningar' },
      'devices-of-user': { say: 'Sök enheter', what: 'Enheter' },
    }
    const { evidence } = evidenceFor({ ...context, phrases: swedish, guide: { ...guide, lookUpWords } }, check)
    assert.deepEqual(
      evidence.map(({ text }) => text.replace(/ Första: .*/, '').replace(/ Winnow .*/, '')),
      ['Inloggningar, 31 jan till 2 mars: 2 rader.', 'Enheter, User risk: inte uppslaget.'],
    )
  })

  it('stands with the checks that name it and no other', () => {
    assert.deepEqual(texts(other, found(), failed()), [])
  })

  it('suggests no option', () => {
    assert.equal(evidenceFor(after(opened, claimed, found()), check).suggested, '')
  })

  it('says in one line what could not be looked up, and why', () => {
    assert.deepEqual(texts(check, failed(), failed({ lookUp: 'user-risk', what: 'User risk' })), [
      'Devices, User risk: not looked up. Winnow lacks the permission ThreatHunting.Read.All.',
    ])
    for (const why of ['signed-out', 'throttled', 'unreachable', 'refused'] as const)
      assert.match(texts(check, failed({ why })).join(), /^Devices: not looked up\. /)
  })

  it('makes visible what hides in a row, and gives no text of it another place', () => {
    const [text = ''] = texts(check, found({ rows: ['a\u202eb [x](https://evil.example)'] }))
    assert.doesNotMatch(text, /\u202e/)
  })

  it('is a line of the history with all rows that are kept', () => {
    const { guide } = after(opened)
    assert.equal(
      historyLine(found(), guide, phrases),
      'Winnow looked up Sign-ins in advanced hunting, 31 Jan to 2 Mar: 2 rows: 2026-03-02 08:41Z, Office, 192.0.2.10, NO | 2026-03-01 07:02Z, Office, 192.0.2.10, NO',
    )
    assert.equal(
      historyLine(failed(), guide, phrases),
      'Winnow could not look up Devices. Winnow lacks the permission ThreatHunting.Read.All.',
    )
  })
})

describe('dialogs/tell/looked-up', () => {
  it('tells the owner in the thread what bears on the check they are at, without a row', () => {
    const written = [found(), found({ lookUp: 'user-risk', what: 'User risk', checks: ['device'] })]
    const notice = describeLookedUp(written, after(opened, claimed, ...written))
    assert.match(notice?.text ?? '', /Winnow looked this up for case .*\. Sign-ins: 2 rows\. The card shows it/)
    assert.doesNotMatch(notice?.text ?? '', /192\.0\.2\.10|User risk/)
    assert.deepEqual(
      notice?.mentions.map(({ id }) => id),
      [ada.id],
    )
  })

  it('tells nothing that bears on another check, to nobody, or once the case is closed', () => {
    const elsewhere = [found({ checks: ['device'] })]
    assert.equal(describeLookedUp(elsewhere, after(opened, claimed, ...elsewhere)), null)
    assert.equal(describeLookedUp([found()], after(opened, found())), null)
    assert.equal(describeLookedUp([found()], after(...untilClosed)), null)
  })
})
