import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Command } from '../../triage/command.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { type Role, permissionFor, permissions, mayDo, rights } from '../../triage/rights.js'
import { aNote, aSaid, ada, ben, mia, intent } from '../support/cast.js'
import { answered, claimed, opened, untilClosed } from '../support/diary.js'
import { onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'
import { askToSuspend, terms } from '../support/response.js'

const roles: readonly Role[] = ['lead', 'analyst', 'manager', 'outsider']

describe('triage/rights: the table', () => {
  it('is the one in the docs, row by row', () => {
    const rows = readFileSync('docs/rights.md', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, permission, , ...cells] = line.split('|').map((cell) => cell.trim())
        return permission?.startsWith('`') ? [[permission.replaceAll('`', ''), ...cells.slice(0, 4)]] : []
      })
    const cell = (role: Role, permission: (typeof permissions)[number]) => {
      const [without, withLeads] = [mayDo(role, permission, false), mayDo(role, permission, true)]
      if (role === 'lead') return withLeads ? 'yes' : 'no'
      return without === withLeads ? (without ? 'yes' : 'no') : without ? 'without leads' : 'with leads'
    }
    assert.deepEqual(
      rows,
      permissions.map((permission) => [permission, ...roles.map((role) => cell(role, permission))]),
    )
  })

  it('gives outsiders nothing but the help, and the manager the one question', () => {
    for (const hasLeads of [true, false]) {
      assert.deepEqual(
        permissions.filter((permission) => mayDo('outsider', permission, hasLeads)),
        ['help'],
      )
      assert.deepEqual(
        permissions.filter((permission) => mayDo('manager', permission, hasLeads)),
        ['help', 'confirm'],
      )
    }
    assert.deepEqual(Object.keys(rights), [...permissions])
  })

  it('takes no right from a lead that an analyst has', () => {
    for (const permission of permissions)
      assert.ok(!mayDo('analyst', permission, true) || mayDo('lead', permission, true), permission)
  })
})

describe('triage/rights: what a command is', () => {
  type Wanted = Parameters<typeof intent>[1]
  const permission = (wanted: Wanted, diary: readonly Event[] = [opened], by = ada, isNamed = false) =>
    permissionFor(onNewest(intent(by, wanted), diary), replay(diary), travel, isNamed)

  const expected: readonly (readonly [Wanted, ReturnType<typeof permissionFor>])[] = [
    [{ type: 'record-verdict', verdict: 'undetermined', reason: 'x' }, 'record-verdict'],
    [{ type: 'take' }, 'take'],
    [{ type: 'take-over' }, 'take-over'],
    [{ type: 'release' }, 'work'],
    [{ type: 'answer', check: 'address', option: 'ours' }, 'work'],
    [{ type: 'withdraw-answer', check: null }, 'work'],
    [{ type: 'mark-steps', kind: 'action', steps: [] }, 'work'],
    [{ type: 'skip', step: 'x', reason: 'y' }, 'work'],
    [{ type: 'note', text: 'x' }, 'work'],
    [{ type: 'ask-manager', manager: mia, about: 'x', until: 'y' }, 'work'],
    [{ type: 'withdraw-verdict' }, 'record-verdict'],
    [{ type: 'close', reason: '' }, 'record-verdict'],
    [{ type: 'answer-confirmation', asked: 1, answer: 'yes', from: null, to: null, note: '' }, 'confirm'],
    [{ type: 'revoke-journey', reason: '' }, 'revoke-travel'],
    [{ type: 'allow-verifier', manager: mia, despite: [], reason: '' }, 'allow-verifier'],
    [{ type: 'note-installed', asked: 1 }, null],
    [{ type: 'expire-confirmation' }, null],
    [{ type: 'note-unreached', asked: 1, why: 'refused', detail: '' }, null],
    [{ type: 'note-related', other: { caseId: 'x', type: 'y', occurredAt: 'z' }, title: '' }, null],
    [{ type: 'update-guide' }, null],
    [{ type: 'page', to: [ben], step: 'again', why: 'unassigned' }, null],
    [{ type: 'remind', person: ada, as: 'owner', until: null }, null],
    [{ type: 'release-silent', from: ada }, null],
    [{ type: 'pass-on', asked: 2, to: ben, as: 'deputy', until: 'y' }, null],
    [askToSuspend(), 'ask-action'],
    [{ type: 'undo-action', asked: 4, reason: '', ...terms() }, 'ask-action'],
    [{ type: 'approve-action', asked: 4, target: 'user:u-kim' }, 'approve-action'],
    [{ type: 'decline-action', asked: 4, target: 'user:u-kim', reason: '' }, 'approve-action'],
    [{ type: 'expire-action', asked: 4 }, null],
    [{ type: 'finish-action', asked: 4, outcome: { kind: 'carried-out' } }, null],
    [{ type: 'note-source', said: aSaid() }, null],
    [{ type: 'note-look-ups', found: [], failed: [] }, null],
    [{ type: 'note-effect', note: aNote() }, null],
  ]

  it('a verdict that the answers allow is an ordinary one, a verdict against them an override', () => {
    const recordVerdict = { type: 'record-verdict', verdict: 'fp-vpn', reason: '' } as const
    assert.equal(permission(recordVerdict, [opened, claimed, answered('address', 'ours')]), 'record-verdict')
    assert.equal(permission(recordVerdict, [opened, claimed, answered('address', 'foreign')]), 'override')
    assert.equal(permission(recordVerdict, [opened, claimed]), 'override')
    assert.equal(permission({ ...recordVerdict, verdict: 'nonsense' }, [opened, claimed]), 'record-verdict')
  })

  it('opening again what one has closed oneself is another matter than what someone else has', () => {
    const reopen = { type: 'reopen', reason: '' } as const
    assert.equal(permission(reopen, untilClosed, ada), 'reopen-own')
    assert.equal(permission(reopen, untilClosed, ben), 'reopen-others')
    assert.equal(permission(reopen, [opened], ben), 'reopen-own')
  })

  it('whatever decides a case whose alert names the person needs someone else; everything else is as always', () => {
    for (const [wanted] of expected) {
      const isDecision =
        ['record-verdict', 'withdraw-verdict', 'skip', 'close'].includes(wanted.type) ||
        ['ask-action', 'undo-action', 'approve-action', 'decline-action'].includes(wanted.type)
      const usual = permission(wanted)
      assert.equal(permission(wanted, [opened], ada, true), isDecision ? 'decide-own-alert' : usual, wanted.type)
    }
    const override = { type: 'record-verdict', verdict: 'fp-vpn', reason: 'x' } as const
    assert.equal(permission(override, [opened, claimed], ada, true), 'decide-own-alert')
  })

  it('someone else is needed for one’s own alert whatever one is, with leads and without', () => {
    for (const role of roles)
      for (const hasLeads of [true, false]) assert.equal(mayDo(role, 'decide-own-alert', hasLeads), false, role)
  })

  it('everything else is what its name says, and Winnow’s own bookkeeping is not for people', () => {
    for (const [wanted, is] of expected) assert.equal(permission(wanted), is, wanted.type)
    const open: Command = { ...onNewest(intent(winnow, { type: 'take' }), []), ...openOf(opened) }
    assert.equal(permissionFor(open, null, null, false), null)
  })
})

const openOf = (event: Event) => {
  assert.ok(event.type === 'opened')
  return { type: 'open', alert: event.alert, guide: event.playbook } as const
}
