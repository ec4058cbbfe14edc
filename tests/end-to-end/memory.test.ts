import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/memory: earlier verdicts', () => {
  let world: World
  let teams: Actors
  const codes: string[] = []
  before(async () => {
    world = await openWorld({ groupMinutes: 0 })
    teams = actorsIn(world)
    await world.install()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const card = (code: string) => wordsOf(teams.cardOf(code).card)
  /** An alert about someone new from the same range, taken. */
  const take = async (ip = '198.51.100.7', upn = `p${codes.length}@contoso.example`): Promise<string> => {
    const code = await teams.alert({ people: [{ upn }], addresses: [{ ip, country: 'BR' }] })
    codes.push(code)
    await teams.press(ana, teams.cardOf(code), 'Take case')
    return code
  }
  const close = async (code: string, verdict: string, ...options: readonly string[]): Promise<void> => {
    for (const option of options) await teams.say(ana, `${code} answer ${option}`)
    await teams.say(ana, `${code} verdict ${verdict} Looked it up.`)
    await teams.say(ana, `${code} close Done.`)
  }
  const untagged = ['sanctioned', 'usual', 'known', 'unknown'] as const

  it('stand with the check they bear on, over a restart as well', async () => {
    await close(await take(), 'fp-untagged-vpn', ...untagged)
    await world.stop()
    await world.start()
    await world.drawn()
    const second = await take()
    assert.match(card(second), new RegExp(`FP - Untagged VPN on .*: same IP address \\(case ${codes[0]}\\)`))
    const other = await take('198.51.100.99')
    assert.match(card(other), new RegExp(`FP - Untagged VPN on .*: same range \\(case ${codes[0]}\\)`))
    await close(second, 'fp-untagged-vpn', ...untagged)
    await teams.say(ana, `${other} verdict undetermined`)
  })

  it('propose the register entry after three of a kind, ready to copy', async () => {
    const third = await take()
    assert.match(card(third), /FP - Untagged VPN 2 times, last on .*: same IP address/)
    await close(third, 'fp-untagged-vpn', ...untagged)
    assert.match(card(third), /3 cases about 198\.51\.100\.7 ended with “Untagged VPN”/)
    assert.match(card(third), /- \{ name: "Untagged VPN, 198\.51\.100\.7", kind: vpn, ranges: \["198\.51\.100\.7"\]/)
  })

  it('ask for a sentence when a verdict is against them, once', async () => {
    const fourth = await take()
    for (const option of ['anonymous', 'harmful', 'new']) await teams.say(ana, `${fourth} answer ${option}`)
    const [refused = ''] = await teams.say(ana, `${fourth} verdict tp`)
    assert.match(refused, /about the same IP address ended as FP - Untagged VPN on .*say why in a sentence/)
    await teams.say(ana, `${fourth} verdict tp The provider sold the range.`)
    assert.match(card(fourth), /The provider sold the range\./)
    await teams.say(ana, `${fourth} reconsider`)
    const [again = ''] = await teams.say(ana, `${fourth} verdict tp`)
    assert.doesNotMatch(again, /say why in a sentence/)
  })

  it('ask for a sentence case by case when a verdict for several is against some of them', async () => {
    const [against, fresh] = [await take('198.51.100.20'), await take('198.51.100.21')]
    await close(against, 'fp-untagged-vpn', ...untagged)
    const again = await take('198.51.100.20')
    const words = 'verdict all type:impossible-travel tp address=anonymous afterwards=harmful device=new'
    const [answer = ''] = await teams.say(ana, words)
    assert.match(answer, /^1 recorded, 1 refused\./)
    assert.match(answer, new RegExp(`\n${again}: Case ${against} about the same IP address ended as FP - Untagged VPN`))
    assert.match(card(fresh), /TP - /)
    const { state } = await world.app().desk.look(again)
    assert.deepEqual([state?.recordedVerdict, state?.answers], [null, []])
    const [done = ''] = await teams.say(ana, `${words}: The provider sold this range as well.`)
    assert.match(done, /^1 recorded, 0 refused\./)
    assert.match(card(again), /The provider sold this range as well\./)
  })

  it('propose no entry that would have covered a true positive', async () => {
    const fifth = await take()
    await close(fifth, 'fp-untagged-vpn', ...untagged)
    assert.match(card(fifth), /no network register entry is proposed: it would have covered a true positive/)
    assert.doesNotMatch(card(fifth), /kind: vpn/)
    assert.equal(noticeOn(teams.cardOf(fifth).card), '')
  })
})
