import assert from 'node:assert/strict'
import { caseId } from '../../intake/case-id.js'
import { read } from '../../intake/read.js'
import { sample, sampleNames } from '../../intake/samples.js'
import { loadGuides } from '../content/guides.js'
import { followed, peopleKeys } from '../../triage/follow.js'
import type { Guide } from '../../triage/guide.js'
import { match } from '../../triage/match.js'
import { now } from './alerts.js'

const folder = 'intake/samples'
const reread = (name: string, fresh = '1') => read(sample(folder, name, now, fresh), now)

describe('intake/samples', () => {
  let guides: readonly Guide[] = []
  before(async () => {
    guides = await loadGuides()
  })

  it('has a sample of each source in each of its forms', () => {
    assert.deepEqual(sampleNames(folder), [
      'ARM_MicroBurst.AzVMBulkCMD',
      'ARM_OperationFromSuspiciousIP',
      'ARM_UnusedAccountPersistence',
      'activity-from-anonymous-ip',
      'azure-monitor',
      'cloud-apps',
      'cloud-apps-siem',
      'common-security-log',
      'defender-endpoint',
      'defender-for-cloud-activity-log',
      'defender-for-cloud-event-grid',
      'defender-for-cloud-export',
      'defender-for-cloud-row',
      'defender-xdr-incident',
      'forwarding-then-travel',
      'graph-legacy',
      'hunting',
      'impossible-travel',
      'misleading-oauth-app-name',
      'multiple-failed-logins',
      'multiple-vm-deletions',
      'office-365',
      'other',
      'ransomware-activity',
      'sentinel-incident',
      'sentinel-row',
      'several',
      'suspicious-inbox-forwarding',
      'terminated-user-activity',
      'unusual-file-download',
    ])
  })

  it('reads every sample, as if it had happened within the last day', () => {
    for (const name of sampleNames(folder)) {
      const { readings } = reread(name)
      assert.ok(readings.length > 0, name)
      for (const { occurredAt } of readings) {
        assert.ok(occurredAt <= now && occurredAt > '2026-03-09T12:00:00.000Z', `${name}: ${occurredAt}`)
      }
    }
  })

  it('opens a new case each time it is sent afresh, and the same when it is sent again', () => {
    const ids = (fresh: string): readonly string[] =>
      sampleNames(folder).flatMap((name) =>
        reread(name, fresh).readings.map(({ source, sourceAlertId }) => caseId(source, sourceAlertId)),
      )
    assert.deepEqual(ids('1'), ids('1'))
    assert.equal(new Set([...ids('1'), ...ids('2')]).size, 2 * ids('1').length)
  })

  it('keeps the distance between the times of a sample', () => {
    const [first, second] = reread('several').readings
    const apart = Date.parse(second?.occurredAt ?? '') - Date.parse(first?.occurredAt ?? '')
    assert.equal(apart, Date.parse('2026-03-05T12:48:12Z') - Date.parse('2026-03-05T12:02:10Z'))
  })

  it('shows an impossible travel between two countries', () => {
    const [travel] = reread('impossible-travel').readings
    assert.equal(travel?.title, 'Impossible travel activity')
    assert.equal(travel?.family, 'cloud-apps')
    assert.equal(travel?.people[0]?.upn, 'alex@contoso.example')
    assert.deepEqual(
      travel?.addresses.map(({ country }) => country),
      ['NL', 'BR'],
    )
  })

  it('has one of at least ten types under the name of its type', () => {
    const types = new Set(guides.map(({ type }) => type))
    const named = sampleNames(folder).filter((name) => types.has(name))
    assert.ok(named.length >= 12, named.join())
    for (const name of named) {
      const found = reread(name).readings.map((reading) => match(reading, guides).guide.type)
      assert.deepEqual(found, [name])
    }
  })

  it('has two that follow on each other, about the same person', () => {
    const [first, then] = reread('forwarding-then-travel').readings
    assert.ok(first && then && first.occurredAt < then.occurredAt)
    const before = match(first, guides)
    const after = match(then, guides)
    const related = [{ caseId: 'A', type: before.alert.type, occurredAt: first.occurredAt }]
    assert.equal(followed({ alert: after.alert, related }, after.guide).length, 1)
    assert.deepEqual(peopleKeys(before.alert), peopleKeys(after.alert))
  })

  it('has one resolved alert among several', () => {
    const { readings, ignored } = reread('several')
    assert.equal(readings.length, 2)
    assert.match(ignored[0]?.reason ?? '', /^value\[1\]: .*already resolved/)
  })

  it('names the samples there are when asked for another', () => {
    for (const name of ['impossible', '../samples/other', '']) {
      assert.throws(() => sample(folder, name, now, '1'), {
        code: 'intake/no-sample',
        message: /impossible-travel, .*office-365, other/,
      })
    }
  })
})
