import assert from 'node:assert/strict'
import { type Permission, type Role, permissions, mayDo } from '../../triage/rights.js'
import { general, incidents, people, type Somebody } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { now, intent } from '../support/cast.js'
import { clientOf } from '../support/fake-graph.js'
import { type FakeResponseGraph, openFakeResponseGraph } from '../support/fake-response-graph.js'
import { askToSuspend } from '../support/response.js'
import { closeAll } from '../support/close-all.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const named = (short: string, n: number, but: Partial<Somebody> = {}): Somebody => ({
  id: `29:1${short}`,
  aadObjectId: `bbbbbbbb-0000-4000-8000-00000000000${n}`,
  name: `${short} somebody`,
  userPrincipalName: `${short}@example.com`,
  ...but,
})
const lea = named('lea', 1)
const strangers = {
  'in no roster': named('eve', 2),
  'a guest by role': named('gus', 3, { userRole: 'guest' }),
  'a guest by name': named('ext', 4, { userPrincipalName: 'ext_fabrikam#EXT#@example.com' }),
  'of another tenant': named('far', 5, { tenantId: '99999999-9999-4999-8999-999999999999' }),
  'the manager who was asked': mia,
}
const cast: readonly (readonly [string, Role, Somebody])[] = [
  ['an analyst', 'analyst', ana],
  ...Object.entries(strangers).map(([what, who]) => [what, 'outsider', who] as const),
]

/** Sentences that say no to a person as such. */
const no =
  /^(Only members of the team|Only a lead can|This alert is about you|This question went to someone else|No one is waiting)/m

type Wanted = Parameters<typeof intent>[1]

const kimId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const tp = [{ type: 'take' }, { type: 'record-verdict', verdict: 'tp', reason: 'x' }] as const

/** Each permission as someone uses it; resolves with what they were told, and whether anything came of it. */
const doings = (world: World, teams: Actors) => {
  const settle = (caseId: string, by: Somebody, ...commands: readonly Wanted[]) => {
    const person = { id: by.aadObjectId, name: by.name }
    const full = commands.map((command) => ({ ...intent(person, command), caseId, line: null, at: now }))
    return world.app().desk.settle(caseId, full)
  }
  const diary = async (code: string) =>
    (await world.app().desk.look(code)).diary.filter(({ type }) => !/posting|shown/.test(type)).length
  const judged = [{ type: 'take' }, { type: 'record-verdict', verdict: 'undetermined', reason: 'x' }] as const
  /** A click on a case that is so far. */
  const click = async (by: Somebody, verb: string, more: object, owner: Somebody, ...before: readonly Wanted[]) =>
    clickOn(await teams.alert(), by, verb, more, owner, ...before)
  const clickOn = async (
    code: string,
    by: Somebody,
    verb: string,
    more: object,
    owner: Somebody,
    ...before: readonly Wanted[]
  ) => {
    await settle(code, owner, ...before)
    await world.drawn()
    const [lines, news] = [await diary(code), (await world.app().desk.look(code)).diary.length - 1]
    const { text } = await teams.forge(by, teams.cardOf(code), verb, { caseId: code, line: news, ...more })
    await world.drawn()
    return { text, done: (await diary(code)) > lines }
  }
  const write = async (by: Somebody, text: string, conversation = incidents) => {
    const before = JSON.stringify(world.app().channels.channels())
    const answer = (await teams.say(by, text, conversation)).join('\n')
    return { text: answer, done: JSON.stringify(world.app().channels.channels()) !== before }
  }
  const all: Readonly<
    Record<Exclude<Permission, 'add-first-channel'>, (by: Somebody) => Promise<{ text: string; done: boolean }>>
  > = {
    help: async (by) => ({ ...(await write(by, 'help')), done: true }),
    read: async (by) => {
      const code = await teams.alert()
      const card = teams.cardOf(code)
      const texts = [await write(by, 'queue'), await write(by, `case ${code}`)]
      const looked = await teams.forge(by, card, 'look', { caseId: code, line: 0 })
      const told = [...texts.map(({ text }) => text), looked.text]
      const saw = told.filter(
        (text) => text.includes('Kim Karlsen') || text.includes('Sign-ins') || text.includes(code),
      )
      assert.ok(saw.length === 0 || saw.length === told.length, `${saw.length} of ${told.length}`)
      return { text: told.join('\n'), done: saw.length > 0 }
    },
    take: (by) => click(by, 'claim', {}, by),
    work: async (by) => {
      const asked = await click(by, 'ask-manager', {}, by, { type: 'take' })
      const answered = await click(by, 'answer', { check: 'address', option: 'other' }, by, { type: 'take' })
      assert.equal(asked.done, answered.done)
      return answered
    },
    'record-verdict': (by) =>
      click(by, 'judge', { verdict: 'undetermined', judgeReason: 'x' }, by, ...judged.slice(0, 1)),
    override: (by) => click(by, 'judge', { verdict: 'tp', judgeReason: 'x' }, by, { type: 'take' }),
    'decide-own-alert': async (by) => {
      const { id, aadObjectId, userPrincipalName } = by
      const told: { text: string; done: boolean }[] = []
      for (const person of [
        { upn: userPrincipalName.toUpperCase() },
        { objectId: aadObjectId },
        { name: 'X', upn: id },
      ]) {
        const code = await teams.alert({ people: [{ upn: 'kim@contoso.example' }, person] })
        told.push(await clickOn(code, by, 'judge', { verdict: 'undetermined', judgeReason: 'x' }, by, judged[0]))
        told.push(await clickOn(code, by, 'close', { closeReason: 'x' }, by, judged[1]))
        const [words = ''] = await teams.say(by, `${code} skip 1 not now`)
        told.push({ text: words, done: /skipped/.test(words) })
      }
      assert.equal(new Set(told.map(({ done }) => done)).size, 1)
      const all = told.map(({ text }) => text)
      const refused = all.filter((text) => no.test(text))
      assert.ok(refused.length === 0 || refused.length === all.length, all.join('\n'))
      return { text: all.join('\n'), done: told.some(({ done }) => done) }
    },
    'take-over': (by) => click(by, 'take-over', {}, bo, { type: 'take' }),
    'reopen-own': (by) => click(by, 'reopen', { reopenReason: '' }, by, ...judged, { type: 'close', reason: 'x' }),
    'reopen-others': (by) => click(by, 'reopen', { reopenReason: '' }, bo, ...judged, { type: 'close', reason: 'x' }),
    'set-channels': async (by) => {
      const bound = await write(by, 'post here resource-manager high', general)
      const letGo = bound.done ? await write(by, 'post nowhere', general) : await write(by, 'post nowhere 1')
      assert.equal(letGo.done, bound.done)
      return bound
    },
    'be-on-call': async (by) => {
      const on = await write(by, 'on call low')
      const off = on.done ? await write(by, 'off call') : on
      assert.equal(off.done, on.done)
      return on
    },
    'revoke-travel': async (by) => {
      const code = await teams.alert()
      const manager = { id: mia.aadObjectId, name: mia.name }
      const until = '2999-01-01T00:00:00.000Z'
      await settle(code, bo, { type: 'take' }, { type: 'ask-manager', manager, about: 'Kim', until })
      const trip = { answer: 'yes', from: null, to: '2026-03-09', note: '', asked: null } as const
      await settle(code, mia, { type: 'answer-confirmation', ...trip })
      const lines = await diary(code)
      const text = (await teams.say(by, `${code} revoke travel It was canceled.`)).join('\n')
      return { text, done: (await diary(code)) > lines }
    },
    'ask-action': async (by) => {
      const code = await teams.alert({ people: [{ objectId: kimId }] })
      await settle(code, by, ...tp)
      await world.drawn()
      const [lines, line] = [await diary(code), (await world.app().desk.look(code)).diary.length - 1]
      const data = { caseId: code, line, actChoice: `action/suspend-user suspend-user user:${kimId}`, actReason: 'x' }
      const { text } = await teams.forge(by, teams.cardOf(code), 'act', data)
      return { text, done: (await diary(code)) > lines }
    },
    'approve-action': async (by) => {
      const code = await teams.alert({ people: [{ objectId: kimId }] })
      const target = { kind: 'user', id: kimId, name: 'Kim', also: '' } as const
      await settle(code, bo, ...tp, askToSuspend({ target, until: '2999-01-01T00:00:00.000Z' }))
      await world.drawn()
      const lines = await diary(code)
      const data = { caseId: code, line: 0, asked: lines - 1, target: `user:${kimId}` }
      const { text } = await teams.forge(by, teams.cardOf(code), 'approve-action', data)
      return { text, done: (await diary(code)) > lines }
    },
    'allow-verifier': async (by) => {
      const about = await teams.alert({ people: [{ objectId: mia.aadObjectId }] })
      const code = await teams.alert()
      await settle(code, bo, { type: 'take' })
      const lines = await diary(code)
      const text = (await teams.say(by, `${code} allow manager She was called.`)).join('\n')
      const done = (await diary(code)) > lines
      await settle(about, bo, ...judged, { type: 'close', reason: 'x' })
      return { text, done }
    },
    confirm: async (by) => {
      const code = await teams.alert()
      const manager = { id: mia.aadObjectId, name: mia.name }
      const until = '2999-01-01T00:00:00.000Z'
      await settle(code, bo, { type: 'take' }, { type: 'ask-manager', manager, about: 'Kim', until })
      await world.drawn()
      const lines = await diary(code)
      const asked = (await world.app().desk.look(code)).state?.confirmation?.line
      const data = { caseId: code, line: asked, answer: 'yes', from: '', to: '', note: '' }
      const { text } = await teams.forge(by, teams.cardOf(code), 'vouch', data)
      return { text, done: (await diary(code)) > lines }
    },
  }
  return all
}

for (const leads of [[], [lea.aadObjectId]]) {
  const hasLeads = leads.length > 0
  describe(`end-to-end/rights: every permission as everyone, ${hasLeads ? 'with a lead' : 'without leads'}`, () => {
    let graph: FakeResponseGraph
    let world: World
    let teams: Actors
    before(async () => {
      graph = await openFakeResponseGraph()
      graph.user(kimId)
      world = await openWorld({ store: 'memory', leads, responses: { mode: 'dry-run', graph: clientOf(graph) } })
      world.connector.members.push(lea, ...Object.values(strangers).slice(1, 4))
      teams = actorsIn(world)
      await world.install()
    })
    // An open case about the manager would keep them from being asked.
    afterEach(() => closeAll(world))
    after(async () => {
      await world.close()
      await graph.close()
    })

    for (const [what, role, who] of [
      ...cast,
      ['somebody named as a lead', hasLeads ? 'lead' : 'analyst', lea] as const,
    ]) {
      it(`${what}: is told no where the table says so, and nothing comes of it`, async () => {
        const doing = doings(world, teams)
        for (const permission of permissions) {
          if (permission === 'add-first-channel') continue
          const may = mayDo(permission === 'confirm' && who === mia ? 'manager' : role, permission, hasLeads)
          const { text, done } = await doing[permission](who)
          assert.equal(done, may, `${permission}: ${text}`)
          assert.equal(no.test(text), !may, `${permission}: ${text}`)
        }
      })
    }

    it('an analyst who lacks a lead’s right is told whom to ask, on the card', async () => {
      if (!hasLeads) return
      const { text } = await doings(world, teams)['reopen-others'](ana)
      assert.match(text, /Only a lead can do this\. Nothing was changed\. Ask lea somebody\./)
    })

    it('the first binding is for every member of that team, and for nobody else', async () => {
      for (const [what, role, who] of [...cast, ['lead', 'lead', lea] as const]) {
        const fresh = await openWorld({ store: 'memory', leads })
        fresh.connector.members.push(lea, ...Object.values(strangers).slice(1, 4))
        try {
          const [answer = ''] = await actorsIn(fresh).say(who, 'post here', incidents)
          const may = mayDo(role, 'add-first-channel', hasLeads)
          assert.equal(fresh.app().channels.channels().length > 0, may, what)
          assert.equal(no.test(answer), !may, answer)
        } finally {
          await fresh.close()
        }
      }
    })
  })
}
