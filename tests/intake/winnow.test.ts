import assert from 'node:assert/strict'
import { read } from '../../intake/read.js'
import { now, only, plain, refusal } from './alerts.js'

describe('intake/winnow', () => {
  it('reads a whole alert', () => {
    const reading = only(
      plain({
        type: 'MCAS_ALERT_ANUBIS_DETECTION_VELOCITY',
        family: 'cloud-apps',
        description: 'What happened.',
        severity: 'low',
        occurredAt: '2026-03-09T08:00:00Z',
        people: [{ upn: 'alex@contoso.example' }, { name: 'Build agent' }],
        addresses: [{ ip: '203.0.113.7', country: 'nl' }, { ip: '2001:db8::1' }],
        apps: ['Mail', 'mail'],
        resources: ['share'],
        tactics: ['InitialAccess', 'impact'],
        link: 'https://x.example/1',
        sample: true,
      }),
    )
    assert.deepEqual(reading, {
      source: 'winnow',
      sourceAlertId: 'w-1',
      family: 'cloud-apps',
      key: 'ANUBIS_DETECTION_VELOCITY',
      title: 'Something odd',
      description: 'What happened.',
      severity: 'low',
      occurredAt: '2026-03-09T08:00:00.000Z',
      people: [
        { upn: 'alex@contoso.example', objectId: null, name: null },
        { upn: null, objectId: null, name: 'Build agent' },
      ],
      addresses: [
        { ip: '203.0.113.7', country: 'NL' },
        { ip: '2001:db8::1', country: null },
      ],
      apps: ['Mail'],
      resources: ['share'],
      tactics: ['initial-access', 'impact'],
      link: 'https://x.example/1',
      sample: true,
    })
  })

  it('needs an id and a title, and says nothing of what it is not told', () => {
    const reading = only(plain({ people: null }))
    assert.equal(reading.family, null)
    assert.equal(reading.key, null)
    assert.equal(reading.severity, null)
    assert.deepEqual(reading.people, [])
  })

  it('takes several alerts under "alerts"', () => {
    const { readings } = read({ alerts: [plain(), plain({ id: 'w-2' })] }, now)
    assert.equal(readings.length, 2)
  })

  it('names a field it does not know, in the alert, inside it and beside the list', () => {
    assert.match(refusal(plain({ colour: 'red' }), 'intake/malformed'), /the payload: "colour" is not a field/)
    const people = [{ upn: 'a@b.example', mail: 'x' }]
    assert.match(
      refusal({ alerts: [plain({ people })] }, 'intake/malformed'),
      /alerts\[0\]\.people\[0\]: "mail" is not/,
    )
    const says = /"from" is not a field .* beside "alerts"/
    assert.match(refusal({ alerts: [{}], from: 'me' }, 'intake/malformed'), says)
    const { readings, ignored } = read({ alerts: [plain()], from: 'me' }, now)
    assert.equal(readings.length, 1)
    assert.match(ignored[0]?.reason ?? '', says)
  })

  it('takes severities in any case, and critical for high', () => {
    for (const severity of ['critical', 'CRITICAL', ' High ']) {
      assert.equal(read({ alerts: [plain({ severity })] }, now).readings[0]?.severity, 'high', severity)
    }
  })

  it('names every field that is wrong and what was expected there', () => {
    const message = refusal(
      {
        alerts: [
          plain({
            title: '',
            type: 5,
            family: 'identity',
            severity: 'Catastrophic',
            occurredAt: '99999-01-01T00:00:00Z',
            people: [{}],
            addresses: [{ ip: 'here' }, {}],
            link: 'http://x.example',
            sample: 'yes',
          }),
          { title: 'no id' },
        ],
      },
      'intake/malformed',
    )
    for (const line of [
      'alerts[0].title: expected a title that is not empty',
      'alerts[0].type: expected text, not a number',
      'alerts[0].family: expected "cloud-apps" or "resource-manager"',
      'alerts[0].severity: expected "informational", "low", "medium" or "high"',
      'alerts[0].occurredAt: expected an ISO 8601 time between the years 2000 and 2100',
      'alerts[0].people[0]: expected upn, objectId or name',
      'alerts[0].addresses[0].ip: expected an IPv4 or IPv6 address',
      'alerts[0].addresses[1].ip: expected text, but it is missing',
      'alerts[0].link: expected an address that begins with https://',
      'alerts[0].sample: expected true or false, not "yes"',
      'alerts[1].id: expected text, but it is missing',
    ]) {
      assert.ok(message.includes(`\n  ${line}`), `${line}\n---\n${message}`)
    }
    assert.match(message, /: 11 problems/)
  })

  it('refuses ids that could not be told apart or written down', () => {
    for (const id of [
      '',
      ' ',
      'a\nb',
      'a\n',
      'a\u0000',
      'x'.repeat(513),
      'x'.repeat(10_000),
      '\ud800',
      null,
      7,
      ['a'],
    ]) {
      assert.match(refusal(plain({ id }), 'intake/malformed'), /\n {2}id: expected/, JSON.stringify(id))
    }
    for (const id of ['../../etc/passwd', 'x'.repeat(512), 'ключ-🔑'])
      assert.equal(only(plain({ id })).sourceAlertId, id)
  })
})
