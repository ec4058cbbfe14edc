import assert from 'node:assert/strict'
import { read } from '../../intake/read.js'
import { arm, camelCase, graph, now, only, pascal, plain, refusal } from './alerts.js'

describe('intake/read', () => {
  it('recognizes every source by the payload alone', () => {
    assert.equal(only(pascal()).source, 'defender-for-cloud')
    assert.equal(only(camelCase()).source, 'defender-for-cloud')
    assert.equal(only(arm()).source, 'defender-for-cloud')
    assert.equal(only(graph()).source, 'graph')
    assert.equal(only(plain()).source, 'winnow')
  })

  it('makes the same of a Defender for Cloud alert in every shape it travels in', () => {
    const expected = only(pascal())
    const list = { value: [arm()], nextLink: 'https://management.azure.com/more' }
    const shapes = [camelCase(), arm(), { body: pascal() }, { Body: arm() }, { Properties: pascal() }, list, [arm()]]
    for (const shape of shapes) assert.deepEqual(only(shape), expected, JSON.stringify(shape))
  })

  it('reads a Graph list, a plain list and a list under body, in their order', () => {
    const alerts = [graph({ id: 'a' }), graph({ id: 'b' })]
    for (const payload of [{ '@odata.context': 'x', value: alerts }, alerts, { body: { value: alerts } }]) {
      assert.deepEqual(
        read(payload, now).readings.map(({ sourceAlertId }) => sourceAlertId),
        ['a', 'b'],
      )
    }
  })

  it('reads alerts of several sources in one list', () => {
    const { readings } = read([graph(), pascal(), plain()], now)
    assert.deepEqual(
      readings.map(({ source }) => source),
      ['graph', 'defender-for-cloud', 'winnow'],
    )
  })

  it('ignores an empty list and says so', () => {
    for (const payload of [[], { value: [] }, { alerts: [] }, { body: [] }]) {
      assert.deepEqual(read(payload, now), {
        readings: [],
        ignored: [{ reason: 'the list is empty' }],
        said: [],
        notifies: false,
      })
    }
  })

  it('ignores an alert that is there twice, and says where', () => {
    const { readings, ignored } = read([graph(), graph({ title: 'Again' }), pascal()], now)
    assert.equal(readings.length, 2)
    assert.equal(readings[0]?.title, 'Mass download')
    assert.deepEqual(ignored, [
      { reason: '[1]: the alert "ca1" is in this payload more than once; the first counts', position: '[1]' },
    ])
  })

  it('ignores what is already resolved, and takes the others', () => {
    const { readings, ignored } = read({ value: [graph({ id: 'a' }), graph({ id: 'b', status: 'resolved' })] }, now)
    assert.deepEqual(
      readings.map(({ sourceAlertId }) => sourceAlertId),
      ['a'],
    )
    assert.deepEqual(ignored, [
      { reason: 'value[1]: the alert "b" is already resolved in Microsoft Defender', position: 'value[1]' },
    ])
  })

  it('takes the good alerts of a page with bad ones, and names each bad one with its position, field and reason', () => {
    const page = { value: [graph({ id: 'a' }), graph({ title: null, severity: 3 }), graph({ id: 'b' }), { a: 1 }] }
    const { readings, ignored } = read(page, now)
    assert.deepEqual(
      readings.map(({ sourceAlertId }) => sourceAlertId),
      ['a', 'b'],
    )
    assert.deepEqual(ignored, [
      {
        reason: 'value[1]: title: expected text, not nothing (and 1 more)',
        position: 'value[1]',
        field: 'title',
      },
      {
        reason: 'value[3]: this is an object Winnow does not know, with the fields "a"',
        position: 'value[3]',
      },
    ])
  })

  it('takes a page on which all good alerts are resolved already', () => {
    const { readings, ignored } = read({ value: [graph({ id: '' }), graph({ status: 'resolved' })] }, now)
    assert.deepEqual([readings.length, ignored.length], [0, 2])
  })

  it('refuses a page on which no alert can be read', () => {
    assert.match(refusal({ value: [graph({ id: '' })] }, 'intake/malformed'), /value\[0\]\.id: expected/)
  })

  it('names all problems of a payload at once, with their paths', () => {
    const message = refusal(
      {
        value: [
          graph({ id: null }),
          graph({ id: 7, title: ' ', severity: 3, createdDateTime: 'soon', firstActivityDateTime: null }),
          { a: 1 },
        ],
      },
      'intake/malformed',
    )
    assert.match(message, /6 problems/)
    assert.match(message, /value\[1\]\.id: expected text, not a number/)
    assert.match(message, /value\[1\]\.title: expected a title that is not empty/)
    assert.match(message, /value\[1\]\.severity: expected text, not a number/)
    assert.match(message, /value\[1\]\.createdDateTime: expected an ISO 8601 time .* not "soon"/)
    assert.match(message, /value\[2\]: this is an object Winnow does not know, with the fields "a"/)
  })

  it('names the first twenty problems and counts the rest', () => {
    const message = refusal(
      Array.from({ length: 30 }, () => graph({ id: null })),
      'intake/malformed',
    )
    assert.equal(message.match(/\[\d+\]\.id: /g)?.length, 20)
    assert.match(message, /and 10 more$/)
  })

  it('calls it its own fault when it fails in a way nobody thought of, so that nobody sends the same again and again', () => {
    const odd = Object.defineProperty(graph(), 'title', {
      enumerable: true,
      get: () => {
        throw new RangeError('Maximum call stack size exceeded')
      },
    })
    assert.match(refusal(odd, 'intake/unreadable'), /sending it again won't help/)
  })

  it('takes the other alerts of a page although it fails at one in a way nobody thought of', () => {
    const odd = Object.defineProperty(graph({ id: 'odd' }), 'title', {
      enumerable: true,
      get: () => {
        throw new RangeError('Maximum call stack size exceeded')
      },
    })
    const { readings, ignored } = read([odd, graph()], now)
    assert.equal(readings.length, 1)
    assert.deepEqual(ignored, [
      { reason: '[0]: this alert could not be read, and the reason is unknown', position: '[0]' },
    ])
  })

  it('looks at the first 200 entries of a list in our own JSON', () => {
    const apps = (bad: number) =>
      plain({ apps: Array.from({ length: 300 }, (_, at) => (at === bad ? 0 : `app ${at}`)) })
    assert.equal(read(apps(200), now).readings[0]?.apps.length, 20)
    assert.match(
      refusal(apps(199), 'intake/malformed'),
      /^.*one problem.*\n  apps\[199\]: expected text, not a number$/,
    )
  })

  it('looks at every alert of a page, however many are bad, for the last may be good', () => {
    const bad = Array.from({ length: 900 }, () => graph({ id: null }))
    assert.match(refusal(bad, 'intake/malformed'), /900 problems[^]*and 880 more$/)
    const { readings, ignored } = read([...bad, graph()], now)
    assert.deepEqual([readings.length, ignored.length], [1, 900])
  })

  it('takes a thousand alerts at once and not one more', () => {
    const alerts = (count: number) => Array.from({ length: count }, (_, at) => plain({ id: `w-${at}` }))
    assert.equal(read(alerts(1_000), now).readings.length, 1_000)
    assert.match(refusal({ alerts: alerts(1_001) }, 'intake/malformed'), /more than 1000 alerts/)
  })

  it('spells the path of a field as the sender spelled it', () => {
    assert.match(refusal(pascal({ StartTimeUtc: 'x' }), 'intake/malformed'), /\n {2}StartTimeUtc: /)
    assert.match(refusal(pascal({ SystemAlertId: undefined }), 'intake/malformed'), /\n {2}SystemAlertId: /)
    assert.match(refusal(camelCase({ alertDisplayName: 1 }), 'intake/malformed'), /\n {2}alertDisplayName: /)
    assert.match(
      refusal([arm({ entities: 'x' })], 'intake/malformed'),
      /\n {2}\[0\]\.properties\.entities: expected a list/,
    )
    assert.match(refusal({ body: pascal({ AlertType: ' ' }) }, 'intake/malformed'), /\n {2}body\.AlertType: /)
  })

  it('uses the time of arrival for an alert that tells no time', () => {
    assert.equal(only(plain()).occurredAt, now)
    assert.equal(only(graph({ createdDateTime: null, firstActivityDateTime: '' })).occurredAt, now)
  })
})
