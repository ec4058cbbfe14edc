import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Reading } from '../../triage/alert.js'
import { match, plainKey, plainTitle } from '../../triage/match.js'
import { aReading } from '../support/cast.js'
import { aGuide, other, travel } from '../support/guides.js'

const arm = aGuide({
  type: 'ARM_OperationFromSuspiciousIP',
  title: 'Suspicious operation from an IP address',
  family: 'resource-manager',
  severity: 'high',
})
const all = [travel, arm, other]

const chosen = (but: Partial<Reading>): string =>
  match(aReading({ key: null, title: 'Nothing known', ...but }), all).alert.type

describe('triage/match: by key', () => {
  it('finds the guide by its type and by every key sources use', () => {
    assert.equal(chosen({ key: 'impossible-travel' }), 'impossible-travel')
    assert.equal(chosen({ key: 'ANUBIS_DETECTION_VELOCITY' }), 'impossible-travel')
    assert.equal(chosen({ key: 'ARM_OperationFromSuspiciousIP' }), 'ARM_OperationFromSuspiciousIP')
  })

  it('does not mind what sources put around a key', () => {
    const ways = [
      'anubis_detection_velocity',
      'MCAS_ALERT_ANUBIS_DETECTION_VELOCITY',
      'ALERT_ANUBIS_DETECTION_VELOCITY',
    ]
    const more = [
      'SIMULATED_MCAS_ALERT_ANUBIS_DETECTION_VELOCITY',
      ' ANUBIS_DETECTION _VELOCITY ',
      'simulated_anubis_detection_velocity',
    ]
    for (const key of [...ways, ...more]) assert.equal(chosen({ key }), 'impossible-travel', key)
    assert.equal(chosen({ key: 'SIMULATED_ARM_OperationFromSuspiciousIP' }), 'ARM_OperationFromSuspiciousIP')
  })

  it('goes before the title, and the family does not matter to it', () => {
    const reading = aReading({ key: 'arm_operationfromsuspiciousip', title: 'Impossible travel', family: 'elsewhere' })
    const { guide, rule } = match(reading, all)
    assert.equal(guide.type, 'ARM_OperationFromSuspiciousIP')
    assert.equal(rule, 'key arm_operationfromsuspiciousip')
  })

  it('is not fooled by what every object has', () => {
    for (const key of ['constructor', '__proto__', 'toString']) assert.equal(chosen({ key }), key)
  })
})

describe('triage/match: by title', () => {
  it('finds the guide by its own title and the others it names, written as people write', () => {
    const titles = [
      'Impossible travel',
      'IMPOSSIBLE TRAVEL ACTIVITY',
      'Impossible  travel activities',
      'Impossible-travel (preview)',
    ]
    for (const title of [
      ...titles,
      'Impossible travel (by user)',
      '[Preview] Impossible travel',
      'Preview: Impossible travel',
    ]) {
      assert.equal(chosen({ title }), 'impossible-travel', title)
    }
  })

  it('tells what rule it went by', () => {
    assert.equal(match(aReading({ key: null }), all).rule, 'title “Impossible travel activity”')
    assert.equal(match(aReading({ key: 'X', title: 'Y' }), all).rule, 'no guide knows it')
  })

  it('looks within the product’s family, and everywhere when the sender does not name one', () => {
    assert.equal(chosen({ title: 'Impossible travel', family: 'resource-manager' }), 'other')
    assert.equal(chosen({ title: 'Impossible travel', family: 'elsewhere' }), 'other')
    assert.equal(chosen({ title: 'Impossible travel', family: null }), 'impossible-travel')
  })

  it('knows a product of neither family by its keys only: its titles mean nothing here', () => {
    const guide = aGuide({ type: 'elsewhere', title: 'Odd sign-in', family: 'elsewhere' })
    const type = (key: string | null) =>
      match(aReading({ key, title: 'Odd sign-in', family: 'elsewhere' }), [guide, other]).alert.type
    assert.deepEqual([type(null), type('elsewhere')], ['other', 'elsewhere'])
  })

  it('does not take a custom policy for the anomaly it is named after', () => {
    for (const key of ['CABINET_EVENT_MATCH', 'SIMULATED_MCAS_ALERT_CABINET_EVENT_MATCH', 'mcas_alert_cabinet_x']) {
      assert.equal(chosen({ key, title: 'Impossible travel' }), key)
    }
  })

  it('leaves a title that two guides share to the one it belongs to', () => {
    const [one, two] = [
      aGuide({ type: 'one', title: 'Odd sign-in' }),
      aGuide({ type: 'two', title: 'Odd sign-in', sharesTitle: 'one' }),
    ]
    const type = (key: string | null) => match(aReading({ key, title: 'Odd sign-in' }), [two, one, other]).alert.type
    assert.deepEqual([type(null), type('two'), type('one')], ['one', 'two', 'one'])
  })

  it('takes the title where the key is new', () => {
    assert.equal(chosen({ key: 'NEW_KEY', title: 'Impossible travel' }), 'impossible-travel')
  })

  it('never finds the generic guide by its title: such an alert keeps its own key', () => {
    assert.equal(chosen({ key: 'SOMETHING', title: other.title, family: null }), 'SOMETHING')
  })
})

describe('triage/match', () => {
  it('drops nothing: what no guide knows gets the generic one and keeps its own key as its type', () => {
    const { alert, guide } = match(aReading({ key: 'Brand.New', title: 'Never seen' }), all)
    assert.deepEqual([alert.type, alert.key, guide.type], ['Brand.New', 'Brand.New', 'other'])
    assert.equal(chosen({ key: null, title: 'Never seen' }), 'other')
  })

  it('says so when the generic guide is missing', () => {
    assert.throws(() => match(aReading({ key: 'X', title: 'Y' }), [travel]), /the guides lack 'other'/)
  })

  it('keeps the source’s severity and takes the guide’s when there is none', () => {
    const severity = (reading: Partial<Reading>) => match(aReading(reading), all).alert.severity
    assert.equal(severity({ severity: 'low' }), 'low')
    assert.equal(severity({ severity: null }), 'medium')
    assert.equal(severity({ severity: null, key: 'X', title: 'Y' }), 'low')
  })

  it('leaves everything else of the reading as it is', () => {
    const reading = aReading({ severity: 'high' })
    assert.deepEqual(match(reading, all).alert, { ...reading, type: 'impossible-travel' })
  })

  it('finds a guide for any key and title, and never throws', () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: 'binary' })), fc.string({ unit: 'binary' }), (key, title) => {
        const { alert, guide } = match(aReading({ key, title }), all)
        assert.ok(all.includes(guide))
        assert.ok(alert.type === guide.type || alert.type === key)
      }),
      { numRuns: 500 },
    )
  })

  it('compares plain forms, and making them plain twice changes nothing', () => {
    assert.equal(plainKey(' SIMULATED_MCAS_ALERT_Some_Key '), 'some_key')
    assert.equal(plainTitle('Multiple failed logins (Preview)'), plainTitle('multiple failed login'))
    assert.equal(
      plainTitle('Activity from an infrequent country/region'),
      plainTitle('Activity from infrequent country').replace('from', 'from an'),
    )
  })
})

describe('triage/match: what is left out of keys and titles', () => {
  it('is left out at the beginning of a key only', () => {
    assert.equal(plainKey('MY_SIMULATED_X'), 'my_simulated_x')
    assert.equal(plainKey('MY_ALERT_X'), 'my_alert_x')
    assert.equal(plainKey('Cabinet_MCAS_ALERT_X'), 'cabinet_mcas_alert_x')
  })

  it('is “preview” at the beginning of a title or in brackets, however it is set off', () => {
    for (const title of [
      'Preview: odd sign-in',
      'Preview - odd sign-in',
      'preview:odd sign-in',
      'Odd [preview] sign-in',
    ]) {
      assert.equal(plainTitle(title), 'odd sign in', title)
    }
    assert.equal(plainTitle('A preview: odd sign-in'), 'a preview odd sign in')
  })

  it('leaves a blank where it was, and takes an s from the end only', () => {
    assert.equal(plainTitle('Deletions(by user)seen'), 'deletions seen')
    assert.equal(plainTitle('Suspicious logins'), 'suspicious login')
  })
})
