import assert from 'node:assert/strict'
import type { Guide, Verdict } from '../../triage/guide.js'
import { loadGuide } from './guides.js'

const [anonymous, travel, failed, terminated, forwarding, manipulation] = await Promise.all(
  [
    'activity-from-anonymous-ip',
    'impossible-travel',
    'multiple-failed-logins',
    'terminated-user-activity',
    'suspicious-inbox-forwarding',
    'suspicious-inbox-manipulation',
  ].map(loadGuide),
)

const verdictOf = (guide: Guide | undefined, id: string): Verdict => {
  const verdict = guide?.verdicts.find((one) => one.id === id)
  assert.ok(verdict, `there is a verdict ${id}`)
  return verdict
}

describe('content/alerts, sign-ins and mailboxes: what scenarios cannot say', () => {
  it('asks about duty before the anonymous IP address, which the alert only restates, and the manager can confirm it', () => {
    assert.equal(anonymous?.checks[0]?.id, 'duty')
    assert.ok(anonymous.checks[0].manager)
  })

  it('lets the manager confirm travel and the end of an employment', () => {
    const asked = (guide: Guide | undefined) =>
      guide?.checks.filter(({ manager }) => manager !== null).map(({ id }) => id)
    assert.deepEqual(asked(travel), ['journey'])
    assert.deepEqual(asked(terminated), ['employment'])
  })

  it('disables, and does not merely suspend, the account of a leaver', () => {
    const actions = verdictOf(terminated, 'tp').actions.map(({ id }) => id)
    assert.equal(actions[0], 'disable-user')
    assert.ok(!actions.includes('suspend-user'))
  })

  it('does not suspend a person whom someone merely tried to be', () => {
    for (const guide of [anonymous, travel, failed]) {
      assert.ok(!verdictOf(guide, 'tp-repelled').actions.some(({ id }) => id === 'suspend-user'), guide?.type)
    }
  })

  it('suspends the owner of a mailbox only if a sign-in made the rule, and bans the app if an app did', () => {
    for (const guide of [forwarding, manipulation]) {
      const { actions } = verdictOf(guide, 'tp')
      assert.match(actions.find(({ id }) => id === 'suspend-user')?.when ?? '', /not an app$/)
      assert.equal(actions.find(({ id }) => id === 'ban-oauth-app')?.when, 'if an app made it')
    }
  })

  it('says that no second alert of failed sign-ins does not mean that they stopped', () => {
    assert.match(failed?.about ?? '', /raised once only/)
  })

  it('is read with what came before for the same person', () => {
    const before = (guide: Guide | undefined) => guide?.follows.map(({ after }) => after)
    assert.deepEqual(before(anonymous), ['multiple-failed-logins', 'multiple-vm-deletions'])
    assert.ok(before(travel)?.includes('suspicious-inbox-forwarding'))
  })
})
