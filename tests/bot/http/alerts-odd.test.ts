import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { codesIn } from '../../support/actors.js'
import { type World, openWorld } from '../../support/winnow.js'

describe('bot/http/routes: odd but harmless payloads', () => {
  let world: World
  before(async () => {
    world = await openWorld({ store: 'memory' })
  })
  after(() => world.close())

  const taken = async (payload: unknown) => {
    const { status, body, text } = await world.post(payload)
    assert.equal(status, 202, text)
    const [code = ''] = codesIn(body)
    return (await world.app().desk.look(code)).state?.alert
  }

  it('keys like __proto__ change nothing but the answer', async () => {
    const text = '{"id":"p","title":"t","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'
    const { status } = await world.post(text)
    assert.ok([202, 422].includes(status))
    assert.equal(Object({}).admin, undefined)
    assert.equal((await world.post('{"__proto__":{"id":"1","title":"t"}}')).status, 422)
  })

  it('ids with paths or line breaks make an ordinary case; one of 10 kB is refused by name', async () => {
    for (const id of [
      '../../etc/passwd',
      'a\nb\r\nc',
      'C:\\x',
      '\u202e',
      '%2e%2e%2f',
      "'; drop table",
      '.',
      '\u0000',
    ]) {
      const { status, body, text } = await world.post({ id, title: 'odd id' })
      assert.ok(status === 202 || (status === 422 && /\bid\b/.test(text)), text)
      if (status === 202) assert.match(codesIn(body)[0] ?? '', /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/)
    }
    const { status, text } = await world.post({ id: 'x'.repeat(10_240), title: 'long id' })
    assert.equal(status, 422)
    assert.match(text, /\bid\b.*512/)
  })

  it('a description of 40 kB is kept, bounded', async () => {
    const alert = await taken({ id: 'long', title: 'Long', description: 'word '.repeat(8192) })
    assert.match(alert?.description ?? '', /^word word/)
    assert.ok((alert?.description.length ?? 0) <= 40_960)
  })

  it('a date in the year 99999, or none at all, is refused by name', async () => {
    for (const occurredAt of ['99999-01-01T00:00:00Z', '+099999-01-01T00:00:00Z', '2026-13-01T00:00:00Z', 'x', 7]) {
      const { status, text } = await world.post({ id: 'late', title: 'Late', occurredAt })
      assert.equal(status, 422, String(occurredAt))
      assert.match(text, /occurredAt/)
    }
  })

  it('an empty list is taken and said to be empty', async () => {
    for (const list of [{ alerts: [] }, { value: [] }, []]) {
      const { status, body } = await world.post(list)
      assert.equal(status, 202)
      assert.deepEqual(body, { alerts: [], ignored: [{ reason: 'the list is empty' }] })
    }
  })

  it('several alerts in one payload get a case each; one that stands there twice counts once', async () => {
    const one = { id: 's-1', title: 'One' }
    const { body } = await world.post({ alerts: [one, { id: 's-2', title: 'Two' }, one] })
    assert.equal(new Set(codesIn(body)).size, 2)
    assert.deepEqual(
      Object(body).alerts.map(({ sourceAlertId }: { sourceAlertId: string }) => sourceAlertId),
      ['s-1', 's-2'],
    )
    assert.match(Object(body).ignored[0].reason, /more than once/)
  })

  it('alerts of one payload about the same person know of one another, and of what came before', async () => {
    const people = [{ upn: 'kim@contoso.example' }]
    const alert = (id: string, day: number) => ({ id, title: id, people, occurredAt: `2026-03-0${day}T09:00:00Z` })
    const [early = ''] = codesIn((await world.post(alert('k-1', 1))).body)
    const others = [alert('k-2', 3), alert('k-3', 2), { ...alert('k-4', 4), people: [{ upn: 'bo@contoso.example' }] }]
    const [late = '', middle = '', bo = ''] = codesIn((await world.post({ alerts: others })).body)
    const relatedTo = async (code: string) =>
      (await world.app().desk.look(code)).state?.related.map(({ caseId }) => caseId)
    assert.deepEqual(await relatedTo(late), [middle, early])
    assert.deepEqual(await relatedTo(middle), [late, early])
    // What was open before is told of both.
    await world.drawn()
    assert.deepEqual((await relatedTo(early))?.toSorted(), [late, middle].toSorted())
    assert.deepEqual(await relatedTo(bo), [])
  })

  it('the samples of every source are recognized and matched to their guides', async () => {
    for (const type of ['impossible-travel', 'ransomware-activity', 'ARM_OperationFromSuspiciousIP']) {
      const { status, body } = await world.post(readFileSync(`intake/samples/${type}.json`, 'utf8'))
      assert.equal(status, 202)
      assert.equal(Object(body).alerts[0].type, type)
    }
  })

  it('a resolved alert is ignored, and the answer says why', async () => {
    const sample = JSON.parse(readFileSync('intake/samples/impossible-travel.json', 'utf8'))
    const { status, body } = await world.post({ ...sample, id: 'done', providerAlertId: 'done', status: 'resolved' })
    assert.equal(status, 202)
    assert.deepEqual(Object(body).alerts, [])
    assert.match(Object(body).ignored[0].reason, /resolved/)
  })
})

describe('bot/http/routes: the same alert again', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.install()
  })
  afterEach(() => world.close())

  const alert = { id: 'again', title: 'Again and again' }
  const statuses = (body: unknown): readonly string[] =>
    Object(body).alerts.map(({ status }: { status: string }) => status)

  it('fifty times at once opens one case and posts one card', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.post(alert)))
    const all = answers.flatMap(({ body }) => statuses(body))
    assert.equal(all.filter((status) => status === 'new').length, 1)
    assert.equal(all.filter((status) => status === 'known').length, 49)
    assert.equal(new Set(answers.flatMap(({ body }) => codesIn(body))).size, 1)
    await world.drawn()
    assert.equal(world.connector.cards().length, 1)
  })

  it('later, changed or closed meanwhile, or after a restart, meets its own case', async () => {
    const [code = ''] = codesIn((await world.post(alert)).body)
    await world.drawn()
    assert.deepEqual(statuses((await world.post({ ...alert, title: 'Changed', severity: 'high' })).body), ['known'])
    await world.stop()
    await world.start()
    assert.deepEqual(statuses((await world.post(alert)).body), ['known'])
    await world.drawn()
    assert.equal(world.connector.cards().length, 1)
    assert.equal((await world.app().desk.look(code)).state?.alert.title, 'Again and again')
  })
})
