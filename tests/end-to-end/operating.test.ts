import assert from 'node:assert/strict'
import { actorsIn } from '../support/actors.js'
import { people } from '../support/activities.js'
import { type World, keys, openWorld } from '../support/winnow.js'

const withKey = { headers: { authorization: `Bearer ${keys.one}` } }

describe('end-to-end/operating: what whoever operates Winnow sees', () => {
  let world: World
  before(async () => {
    world = await openWorld({ store: 'memory' })
  })
  after(() => world.close())

  const notReady = async (): Promise<readonly string[]> => {
    const answer = await fetch(world.url('/readyz'), withKey)
    const { checks }: { readonly checks: Readonly<Record<string, { readonly ok: boolean }>> } = Object(
      await answer.json(),
    )
    const names = Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]))
    assert.equal(answer.status, names.length === 0 ? 200 : 503)
    return names
  }

  it('is not ready before a channel is set and Teams was reached, and is afterwards', async () => {
    assert.deepEqual(await notReady(), ['token', 'teams', 'channel'])
    await world.install()
    await actorsIn(world).alert()
    assert.deepEqual(await notReady(), [])
  })

  it('counts alerts, cards, requests to Teams, refusals and what the store does', async () => {
    assert.equal((await world.post({ id: 'bad' })).status, 422)
    const text = await (await fetch(world.url('/metrics'), withKey)).text()
    for (const line of [
      /^winnow_alerts_total\{source="winnow",outcome="new"\} 1$/m,
      /^winnow_alerts_total\{source="any",outcome="refused"\} 1$/m,
      /^winnow_delivery_lag_seconds_count\{audience="channel"\} [1-9]/m,
      /^winnow_teams_request_seconds_count\{what="post",outcome="ok"\} [1-9]/m,
      /^winnow_store_seconds_count\{what="write",outcome="ok"\} [1-9]/m,
      /^winnow_events_total\{type="opened"\} 1$/m,
      /^winnow_refused_total\{door="\/api\/alerts",status="422"\} 1$/m,
      /^winnow_open_cases 1$/m,
    ]) {
      assert.match(text, line)
    }
  })

  it('is not ready while Teams doesn’t answer', async () => {
    world.connector.failNext({ on: 'post', status: 503 })
    await actorsIn(world).alert({ id: 'unanswered' })
    assert.ok((await notReady()).includes('cards'))
  })

  it('writes nothing into the log that an alert or a person says, also when things fail', async () => {
    const secret = 'zanzibar'
    const said = {
      title: secret,
      description: secret,
      people: [{ upn: `${secret}@contoso.example`, name: secret }],
      apps: [secret],
    }
    world.connector.failNext({ on: 'post', status: 400, code: 'BadSyntax' })
    await actorsIn(world).alert({ id: 'quiet', ...said })
    await world.post({ id: 'odd', ...said, severity: secret })
    await world.post(`{ "title": "${secret}`)
    await world.send(world.activities.message(`case ${secret}`, { by: people.ana, conversation: 'a:personal' }))
    await world.drawn()
    assert.ok(world.logged.length > 3)
    assert.deepEqual(
      world.logged.filter((line) => line.includes(secret)),
      [],
    )
  })
})
