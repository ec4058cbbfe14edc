import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Somebody, people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { type Json, formButtonsOf, noticeOn, wordsOf } from '../support/card-walk.js'
import { clientOf } from '../support/fake-graph.js'
import { type FakeResponseGraph, openFakeResponseGraph } from '../support/fake-response-graph.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const somebody = (name: string, n: number): Somebody => ({
  id: `29:1${name}`,
  aadObjectId: `aaaaaaaa-0000-4000-8000-00000000000${n}`,
  name,
  userPrincipalName: `${name}@example.com`,
})
/** Another analyst, and somebody from elsewhere. */
const [cat, eve] = [somebody('cat', 7), somebody('eve', 8)]
const kimId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const patId = '0a1b2c3d-2222-4aaa-8bbb-0123456789ab'
const suspendKim = `action/suspend-user suspend-user user:${kimId}`

describe('end-to-end/response-actions', () => {
  let graph: FakeResponseGraph
  let world: World
  let they: Actors
  let code: string

  const open = async (mode: 'dry-run' | 'on' | null = 'on', approvalMinutes = 30) => {
    world = await openWorld(mode === null ? {} : { responses: { mode, graph: clientOf(graph), approvalMinutes } })
    world.connector.members.push(cat)
    they = actorsIn(world)
    await world.install()
  }
  const types = async (of = code) => (await world.app().desk.look(of)).diary.map(({ type }) => type)
  const state = async (of = code) => {
    const { state: is } = await world.app().desk.look(of)
    assert.ok(is)
    return is
  }
  /** Ana holds an alert for a TP; it is about Kim unless told. */
  const judged = async (alert: Json = {}): Promise<string> => {
    const of = await they.alert({ people: [{ objectId: kimId, upn: 'kim@contoso.example', name: 'Kim' }], ...alert })
    const base = {
      caseId: of,
      line: null,
      at: new Date().toISOString(),
      by: { id: ana.aadObjectId, name: ana.name },
    }
    await world.app().desk.settle(of, [
      { type: 'take', ...base },
      { type: 'record-verdict', verdict: 'tp', reason: 'Seen.', ...base },
    ])
    await world.drawn()
    return of
  }
  const ask = async (
    choice = suspendKim,
    { of = code, by = ana, reason = 'Someone else is signed in.' } = {},
  ): Promise<CaseContext> => {
    const { card } = await they.openForm(by, they.cardOf(of), 'Do it with Winnow')
    assert.ok(card)
    return they.sendForm(by, they.cardOf(of), card, 'Ask Winnow', { actChoice: choice, actReason: reason })
  }
  const review = async (by: Somebody, of = code) => they.openForm(by, they.cardOf(of), 'Approve or decline')
  const approve = async (by: Somebody, of = code): Promise<CaseContext> => {
    const { card, text } = await review(by, of)
    assert.ok(card, text)
    return they.sendForm(by, they.cardOf(of), card, 'Approve')
  }
  /** A press that no card would send. */
  const forge = async (by: Somebody, data: object, of = code) => {
    const seen = await they.forge(by, they.cardOf(of), 'approve-action', { caseId: of, line: 0, ...data })
    await world.drawn()
    return seen.text
  }

  before(async () => {
    graph = await openFakeResponseGraph()
  })
  after(() => graph.close())
  beforeEach(() => {
    graph.users.clear()
    graph.apps.clear()
    graph.writes.length = 0
    graph.user(kimId)
    graph.user(patId, { displayName: 'Pat Okafor', userPrincipalName: 'pat@contoso.example' })
  })
  afterEach(async () => {
    await world.close()
    assert.deepEqual(graph.wrong, [])
  })

  describe('switched on', () => {
    beforeEach(async () => {
      await open()
      code = await judged()
    })

    it('does the same for who only types: asked for with the exact target, and approved by its number', async () => {
      const say = async (by: Somebody, words: string) => (await they.say(by, `${code} ${words}`)).join()
      assert.match(await say(bo, 'suspend user Seen.'), /assigned to Ana Analyst/)
      assert.match(
        await say(ana, 'suspend user'),
        /kim@contoso\.example: Suspend Kim Karlsen .* A second person has to approve/,
      )
      assert.deepEqual((await types()).includes('action-asked'), false)
      await say(ana, 'blokkeer gebruiker KIM@contoso.example Someone else is signed in.')
      const [asked] = (await state()).responses
      assert.deepEqual(
        [asked?.state, asked?.operation, asked?.reason],
        ['asked', 'suspend-user', 'Someone else is signed in.'],
      )
      const number = asked?.line ?? 0
      assert.match(
        await say(bo, 'approve'),
        new RegExp(`\\n${number}: Suspend Kim Karlsen .*${kimId}.* Ana Analyst: Someone`),
      )
      await say(ana, `approve ${number}`)
      await say(bo, `approve ${number + 1}`)
      assert.deepEqual(graph.writes, [])
      await say(bo, `godkänn ${number}`)
      await world.drawn()
      assert.equal(graph.writes.length, 2)
      assert.equal((await state()).responses[0]?.state, 'carried-out')
      assert.match(await say(ana, 'undo action'), new RegExp(`\\n${number}: Suspend Kim Karlsen`))
      await say(ana, `undo action ${number} It was Kim after all.`)
      await world.drawn()
      assert.equal(graph.writes.at(-1), `PATCH /users/${kimId} {"accountEnabled":true}`)
      assert.match((await they.say(ana, 'help')).join(), /revoke sessions reason/)
    })

    it('asks typing people which of several targets they mean', async () => {
      code = await judged({ people: [{ objectId: kimId }, { objectId: patId }] })
      const say = async (words: string) => (await they.say(ana, `${code} ${words}`)).join()
      assert.match(
        await say('suspend user Signed in from Brazil.'),
        /kim@contoso\.example: .*\n.*pat@contoso\.example: /,
      )
      assert.deepEqual(graph.writes, [])
      await say('suspend user pat@contoso.example Signed in from Brazil.')
      assert.deepEqual(
        (await state()).responses.map(({ target, reason }) => [target.id, reason]),
        [[patId, 'Signed in from Brazil.']],
      )
    })

    it('says what it will do to which exact target, waits for a second person, and does it', async () => {
      const { card } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
      assert.ok(card)
      assert.match(wordsOf(card), /Suspend Kim Karlsen \(kim@contoso\.example\)\. A second person has to approve\./)
      assert.match(wordsOf(card), /disables the account in Entra ID and revokes its sessions/)
      assert.equal((await ask()).card, null)
      assert.match(wordsOf(they.cardOf(code).card), /Ana Analyst asked for it\. A second person can approve it until/)
      assert.deepEqual(graph.writes, [])
      const shown = await review(bo)
      assert.match(shown.text, new RegExp(`Someone else is signed in\\.[\\s\\S]*${kimId}`))
      assert.equal((await approve(bo)).card, null)
      await world.drawn()
      assert.deepEqual(graph.writes, [
        `PATCH /users/${kimId} {"accountEnabled":false}`,
        `POST /users/${kimId}/revokeSignInSessions`,
      ])
      assert.deepEqual((await types()).slice(-4), ['action-asked', 'action-approved', 'action-carried-out', 'done'])
      assert.equal((await state()).stepStates['action/suspend-user']?.by.name, 'Winnow')
      assert.match(wordsOf(they.cardOf(code).card), /Suspend Kim Karlsen[\s\S]*done at/)
      assert.match(wordsOf(they.cardOf(code).card), /Bo Analyst approved: Suspend Kim Karlsen/)
    })

    it('takes it back for a reason, and the step is open again', async () => {
      await ask()
      await approve(bo)
      await world.drawn()
      const { line } = (await state()).responses[0] ?? { line: 0 }
      await ask(`undo ${line}`, { reason: 'It was a test.' })
      await world.drawn()
      assert.equal(graph.users.get(kimId)?.accountEnabled, true)
      assert.deepEqual((await types()).slice(-3), ['action-asked', 'action-undone', 'undone'])
      assert.equal((await state()).stepStates['action/suspend-user'], undefined)
    })

    it('does at once what stops nobody’s work: an inbox rule is removed, and told by what it did', async () => {
      const rule = {
        id: 'AQAAAJ5dZp8=',
        displayName: '.',
        actions: { forwardTo: [{ emailAddress: { address: 'x@mail.example' } }], delete: true },
      }
      graph.users.get(kimId)?.rules.set(rule.id, rule)
      const forwarding = await judged({
        type: 'suspicious-inbox-manipulation',
        title: 'Suspicious inbox manipulation rule',
      })
      await ask(`action/remove-inbox-rule remove-inbox-rule inbox-rule:${kimId}/${rule.id}`, { of: forwarding })
      await world.drawn()
      assert.deepEqual(graph.writes, [`DELETE /users/${kimId}/mailFolders/inbox/messageRules/AQAAAJ5dZp8%3D`])
      assert.match(
        wordsOf(they.cardOf(forwarding).card),
        /“\.” of Kim Karlsen \(forwardTo x@mail\.example, delete\): done/,
      )
    })

    describe('the approval attacked: no effect', () => {
      let about: { asked: number; target: string }
      beforeEach(async () => {
        await ask()
        about = { asked: (await state()).responses[0]?.line ?? 0, target: `user:${kimId}` }
      })
      const nothing = async () => {
        await world.drawn()
        assert.deepEqual(graph.writes, [])
        assert.ok(!(await types()).includes('action-approved'))
      }

      it('by who asked', async () => {
        assert.match(await forge(ana, about), /You asked for this action, so someone else must approve it/)
        await nothing()
      })

      it('by who asked, after someone else has taken the case over', async () => {
        await they.say(bo, `${code} take over`)
        assert.match(await forge(ana, about), /someone else must approve it/)
        await nothing()
      })

      it('by somebody without rights: a stranger, and the manager who was asked', async () => {
        assert.match(await forge(mia, about), /Only members of the team/)
        assert.match(await forge(eve, about), /Only members of the team|can't check/)
        await nothing()
      })

      it('with another target than the one that was shown, or none', async () => {
        for (const target of [`user:${patId}`, `app:${kimId}`, kimId, ''])
          assert.match(await forge(bo, { ...about, target }), /Nothing of that kind waits/)
        await nothing()
      })

      it('with another line, or what is no line', async () => {
        for (const asked of [about.asked - 1, about.asked + 1, 0])
          assert.match(await forge(bo, { ...about, asked: String(asked) }), /Nothing of that kind waits/)
        assert.match(await forge(bo, { ...about, asked: 'x' }), /couldn't be read/)
        await nothing()
      })

      it('in another case, where nothing was asked for', async () => {
        const other = await judged()
        assert.match(await forge(bo, about, other), /Nothing of that kind waits/)
        await nothing()
        assert.ok(!(await types(other)).includes('action-approved'))
      })

      it('for a target that is not on offer: the form is believed in nothing', async () => {
        const { card } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
        assert.ok(card)
        for (const choice of [
          `action/suspend-user suspend-user user:${patId}`,
          `action/suspend-user disable-app user:${kimId}`,
          `action/close-alert suspend-user user:${kimId}`,
          `urgent/suspend-user suspend-user user:${kimId}`,
          'undo 3',
          'nonsense',
        ]) {
          const seen = await they.forge(ana, they.cardOf(code), 'act', {
            caseId: code,
            line: (await state()).line - 1,
            actChoice: choice,
            actReason: 'x',
          })
          assert.match(seen.text, /nothing here that Winnow can do|nothing that Winnow can take back/i, choice)
        }
        await nothing()
      })

      it('once it was declined, and again by the same press', async () => {
        const { card } = await review(bo)
        assert.ok(card)
        await they.sendForm(bo, they.cardOf(code), card, 'Decline', { declineReason: 'The user called.' })
        assert.match(await forge(bo, about), /already approved, declined, or finished/)
        await nothing()
      })

      it('after the case was closed, or the verdict withdrawn', async () => {
        await they.say(ana, `${code} reconsider`)
        assert.match(await forge(bo, about), /no such step/)
        await nothing()
      })
    })

    it('counts once, however often it is pressed and by how many at once', async () => {
      await ask()
      const about = { asked: (await state()).responses[0]?.line ?? 0, target: `user:${kimId}` }
      await Promise.all([forge(bo, about), forge(cat, about), forge(bo, about), forge(cat, about)])
      await world.drawn()
      await forge(bo, about)
      assert.equal((await types()).filter((type) => type === 'action-approved').length, 1)
      assert.equal((await types()).filter((type) => type === 'action-carried-out').length, 1)
      assert.equal(graph.writes.length, 2)
    })

    it('tells in the thread that a second person is needed, and the owner what came of it', async () => {
      await ask()
      await approve(bo)
      await world.drawn()
      const told = they.texts().filter((text) => text.includes(code))
      assert.match(told.join('\n'), /Ana Analyst.* asks for a response action in case .* A second person can approve/)
      assert.match(told.at(-1) ?? '', /Ana Analyst.*, a response action in case .* has ended: done/)
      assert.doesNotMatch(told.join('\n'), /Kim/)
    })

    it('is nobody’s business whom it is about, by any id', async () => {
      graph.user(bo.aadObjectId, { displayName: 'Bo', userPrincipalName: 'someone.else@contoso.example' })
      const alias = await judged({ people: [{ upn: 'someone.else@contoso.example' }] })
      await ask(`action/suspend-user suspend-user user:${bo.aadObjectId}`, { of: alias })
      const about = { asked: (await state(alias)).responses[0]?.line ?? 0, target: `user:${bo.aadObjectId}` }
      assert.match(await forge(bo, about, alias), /about you|your own account/)
      const { card } = await they.openForm(cat, they.cardOf(alias), 'Approve or decline')
      assert.ok(card)
      const declined = await they.forge(bo, they.cardOf(alias), 'decline-action', {
        caseId: alias,
        line: 0,
        ...about,
        declineReason: '',
      })
      assert.match(declined.text, /about you|your own account/)
      assert.equal((await state(alias)).responses[0]?.state, 'asked')
    })

    it('says in one line which permission is missing, and that the first part was done', async () => {
      graph.granted.delete('User.RevokeSessions.All')
      await ask()
      await approve(bo)
      await world.drawn()
      graph.granted.add('User.RevokeSessions.All')
      assert.equal((await types()).at(-1), 'action-failed')
      const words = wordsOf(they.cardOf(code).card)
      assert.match(words, /lacks the permission User\.RevokeSessions\.All/)
      assert.match(words, /The account is already disabled/)
    })

    it('refuses to guess where Graph can’t be asked', async () => {
      graph.outage(true)
      const { card, text } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
      graph.outage(false)
      assert.equal(card, null)
      assert.match(text, /couldn't look up the exact target/)
    })
  })

  it('never touches a break-glass account, by any of its ids, and none while the register can’t be read whole', async () => {
    await open()
    const folder = join(world.folder, 'registers')
    await mkdir(folder, { recursive: true })
    graph.user(patId, {
      displayName: 'Pat Okafor',
      userPrincipalName: 'pat@contoso.example',
      proxyAddresses: ['SMTP:Emergency.One@contoso.example'],
    })
    await writeFile(
      join(folder, 'people.csv'),
      'name,kind,people,owner,from,to\nEmergency,break-glass,emergency.one@contoso.example,CISO,2020-01-01,2020-02-01\n',
    )
    await world.stop()
    await world.start()
    await world.install()
    code = await judged({ people: [{ objectId: kimId }, { objectId: patId }] })
    const { card } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
    assert.match(wordsOf(card), /Protected, never touched: Pat Okafor/)
    const refused = await they.forge(ana, they.cardOf(code), 'act', {
      caseId: code,
      line: (await state()).line - 1,
      actChoice: `action/suspend-user suspend-user user:${patId}`,
      actReason: 'x',
    })
    assert.match(refused.text, /Pat Okafor is protected/)
    await ask()
    await writeFile(join(folder, 'people.csv'), 'name,kind,people\nKim,break-glass,kim@contoso.example\n,broken,\n')
    await world.stop()
    await world.start()
    await approve(bo)
    await world.drawn()
    assert.deepEqual(graph.writes, [])
    const [action] = (await state()).responses
    assert.deepEqual([action?.state, action?.why], ['failed', 'protected'])
    const { text } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
    assert.match(text, /register of people can't be read whole/)
  })

  it('is not approved when its time is over, by whoever’s clock the button is still on the card', async () => {
    await open('on', 0.002)
    code = await judged()
    await ask()
    const about = { asked: (await state()).responses[0]?.line ?? 0, target: `user:${kimId}` }
    const { until } = (await state()).responses[0] ?? { until: '' }
    while (new Date().toISOString() <= until) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.match(await forge(bo, about), /The time to approve this action is over/)
    assert.deepEqual(graph.writes, [])
  })

  it('in a dry run changes nothing, marks nothing, and tells what it would have done', async () => {
    await open('dry-run')
    code = await judged()
    const { card } = await they.openForm(ana, they.cardOf(code), 'Do it with Winnow')
    assert.match(wordsOf(card), /Dry run: nothing is changed/)
    await ask()
    await approve(bo)
    await world.drawn()
    assert.deepEqual(graph.writes, [])
    assert.deepEqual((await types()).slice(-3), ['action-asked', 'action-approved', 'action-rehearsed'])
    assert.equal((await state()).stepStates['action/suspend-user'], undefined)
    assert.match(wordsOf(they.cardOf(code).card), /dry run at .*nothing was changed/)
  })

  it('is not there where it is switched off', async () => {
    await open(null)
    code = await judged()
    assert.ok(!formButtonsOf(they.cardOf(code).card).some(({ title }) => title === 'Do it with Winnow'))
    const seen = await they.forge(ana, they.cardOf(code), 'act', {
      caseId: code,
      line: (await state()).line - 1,
      actChoice: suspendKim,
      actReason: 'x',
    })
    assert.match(seen.text, /switched off/)
    assert.match(await forge(bo, { asked: 3, target: `user:${kimId}` }), /switched off/)
    assert.equal(noticeOn(they.cardOf(code).card), '')
    assert.deepEqual(graph.writes, [])
  })
})
