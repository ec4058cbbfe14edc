import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { openWebhook } from '../../../bot/effects/webhook.js'
import { openIntakeSignatures } from '../../../bot/http/intake-signatures.js'
import { ada, caseId } from '../../support/cast.js'
import { effectsWorld } from '../../support/effects-world.js'
import { type Outside, openOutside } from '../../support/fake-outside.js'
import { words as phrases } from '../../support/words.js'

describe('bot/effects/webhook: verdicts for others', () => {
  let siem: Outside
  beforeEach(async () => {
    siem = await openOutside(() => ({ status: 204 }))
  })
  afterEach(() => siem.close())

  const secret = createSecretKey(Buffer.from('a secret of thirty-two characters'))
  const wall = Date.parse('2026-03-02T09:00:00Z')
  const opened = async (store?: Parameters<typeof effectsWorld>[1]) => {
    const webhook = { name: 'siem', url: `${siem.origin}/hook`, secret }
    const rooms = effectsWorld([openWebhook({ webhook, since: '', phrases, wall: () => wall })], store)
    if (!store) await rooms.open({ key: 'ANUBIS_DETECTION_VELOCITY' })
    return rooms
  }
  const bodies = () => siem.asked.map(({ body }): Readonly<Record<string, unknown>> => Object(body))
  const events = () => bodies().map((one) => one['event'])

  it('are sent one by one in their order, each with what a rule tuner needs', async () => {
    const rooms = await opened()
    await rooms.judge()
    await rooms.press(ada, { type: 'close', reason: 'Enough.' }, { type: 'reopen', reason: 'It goes on.' })
    await rooms.press(ada, { type: 'withdraw-verdict' })
    await rooms.settle()
    assert.deepEqual(events(), ['recorded', 'closed', 'reopened', 'withdrawn'])
    const [first] = bodies()
    const { rule_id, class: is, variant, by, because, id } = Object(first)
    assert.deepEqual(
      [rule_id, is, variant, by, id],
      ['ANUBIS_DETECTION_VELOCITY', 'FP', 'fp-vpn', { id: ada.id, name: ada.name }, `${caseId}/3`],
    )
    assert.match(String(because), /VPN of ours/)
  })

  it('are signed as what is sent to Winnow is, with their time', async () => {
    const rooms = await opened()
    await rooms.judge()
    await rooms.settle()
    const [asked] = siem.asked
    const check = openIntakeSignatures(
      { callers: [{ name: 'siem', secret }], seconds: 300 },
      { now: () => wall + 60_000, monotonic: () => 0 },
    )
    const head = check(asked?.headers ?? {})
    assert.ok(head && 'check' in head)
    assert.equal(head.check(asked?.text ?? ''), null)
    const other = check({ ...asked?.headers, 'x-winnow-timestamp': String(wall / 1000 + 1) })
    assert.ok(other && 'check' in other && other.check(asked?.text ?? '') !== null)
  })

  for (const [what, trouble] of [
    ['429', { status: 429, headers: { 'retry-after': '60' } }],
    ['a failing server', { status: 502 }],
    ['a missing right', { status: 403 }],
    ['a redirect', { status: 307, headers: { location: 'https://evil.example/' } }],
    ['a cut connection', 'cut'],
  ] as const)
    it(`keep their order over ${what}`, async () => {
      const rooms = await opened()
      siem.fail(trouble)
      await rooms.judge()
      await rooms.press(ada, { type: 'withdraw-verdict' })
      await rooms.settle()
      // What was not taken comes again before the next; what is refused for good does not.
      const tried = what === 'a redirect' ? ['recorded', 'withdrawn'] : ['recorded', 'recorded', 'withdrawn']
      assert.deepEqual(events(), tried)
    })

  it('come again with the same id after a kill', async () => {
    const first = await opened()
    siem.beforeEach(() => {
      first.desk.settle = () => new Promise(() => {})
    })
    await first.judge()
    while (siem.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    siem.beforeEach(() => {})
    const second = await opened(first.store)
    await second.resume()
    await second.settle()
    assert.deepEqual(
      bodies().map((one) => one['id']),
      [`${caseId}/3`, `${caseId}/3`],
    )
  })
})
