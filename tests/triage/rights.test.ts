import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Command } from '../../triage/command.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { type Role, deedOf, deeds, mayDo, rights } from '../../triage/rights.js'
import { ada, ben, mia, posted, wish } from '../support/cast.js'
import { answered, claimed, opened, untilClosed } from '../support/diary.js'
import { onNewest } from '../support/given.js'
import { travel } from '../support/guides.js'

const roles: readonly Role[] = ['lead', 'analyst', 'manager', 'outsider']

describe('triage/rights: the table', () => {
  it('is the one in the docs, row by row', () => {
    const rows = readFileSync('docs/rights.md', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, deed, , ...cells] = line.split('|').map((cell) => cell.trim())
        return deed?.startsWith('`') ? [[deed.replaceAll('`', ''), ...cells.slice(0, 4)]] : []
      })
    const cell = (role: Role, deed: (typeof deeds)[number]) => {
      const [without, withLeads] = [mayDo(role, deed, false), mayDo(role, deed, true)]
      if (role === 'lead') return withLeads ? 'yes' : 'no'
      return without === withLeads ? (without ? 'yes' : 'no') : without ? 'without leads' : 'with leads'
    }
    assert.deepEqual(
      rows,
      deeds.map((deed) => [deed, ...roles.map((role) => cell(role, deed))]),
    )
  })

  it('gives outsiders nothing but the help, and the manager the one question', () => {
    for (const hasLeads of [true, false]) {
      assert.deepEqual(
        deeds.filter((deed) => mayDo('outsider', deed, hasLeads)),
        ['help'],
      )
      assert.deepEqual(
        deeds.filter((deed) => mayDo('manager', deed, hasLeads)),
        ['help', 'vouch'],
      )
    }
    assert.deepEqual(Object.keys(rights), [...deeds])
  })

  it('takes no right from a lead that an analyst has', () => {
    for (const deed of deeds) assert.ok(!mayDo('analyst', deed, true) || mayDo('lead', deed, true), deed)
  })
})

describe('triage/rights: what a command is', () => {
  type Wanted = Parameters<typeof wish>[1]
  const deed = (wanted: Wanted, diary: readonly Event[] = [opened], by = ada) =>
    deedOf(onNewest(wish(by, wanted), diary), replay(diary), travel)

  it('a verdict that the answers allow is a judgement, one against them an override', () => {
    const judge = { type: 'judge', verdict: 'fp-vpn', reason: '' } as const
    assert.equal(deed(judge, [opened, claimed, answered('address', 'ours')]), 'judge')
    assert.equal(deed(judge, [opened, claimed, answered('address', 'foreign')]), 'override')
    assert.equal(deed(judge, [opened, claimed]), 'override')
    assert.equal(deed({ ...judge, verdict: 'nonsense' }, [opened, claimed]), 'judge')
  })

  it('opening again what one has closed oneself is another deed than what somebody else has', () => {
    const reopen = { type: 'reopen', reason: '' } as const
    assert.equal(deed(reopen, untilClosed, ada), 'reopen-own')
    assert.equal(deed(reopen, untilClosed, ben), 'reopen-others')
    assert.equal(deed(reopen, [opened], ben), 'reopen-own')
  })

  it('everything else is what its name says, and Winnow’s own bookkeeping is no deed', () => {
    const expected: readonly (readonly [Wanted, ReturnType<typeof deedOf>])[] = [
      [{ type: 'claim' }, 'take'],
      [{ type: 'take-over' }, 'take-over'],
      [{ type: 'release' }, 'work'],
      [{ type: 'answer', check: 'address', option: 'ours' }, 'work'],
      [{ type: 'withdraw-answer', check: null }, 'work'],
      [{ type: 'tick', kind: 'action', steps: [] }, 'work'],
      [{ type: 'skip', step: 'x', reason: 'y' }, 'work'],
      [{ type: 'note', text: 'x' }, 'work'],
      [{ type: 'ask-manager', manager: mia, about: 'x', until: 'y' }, 'work'],
      [{ type: 'withdraw-judgement' }, 'judge'],
      [{ type: 'close', reason: '' }, 'judge'],
      [{ type: 'answer-as-manager', asked: 1, answer: 'yes', from: null, to: null, note: '' }, 'vouch'],
      [{ type: 'expire-question' }, null],
      [{ type: 'begin-post', surface: 'channel', seat: 'channel' }, null],
      [{ type: 'show', surface: 'channel', seat: 'channel', posted: posted(), drawn: 0 }, null],
      [{ type: 'unshow', surface: 'channel', seat: 'channel', why: 'gone', detail: '' }, null],
    ]
    for (const [wanted, is] of expected) assert.equal(deed(wanted), is, wanted.type)
    const open: Command = { ...onNewest(wish(winnow, { type: 'claim' }), []), ...openOf(opened) }
    assert.equal(deedOf(open, null, null), null)
  })
})

const openOf = (event: Event) => {
  assert.ok(event.type === 'opened')
  return { type: 'open', alert: event.alert, playbook: event.playbook } as const
}
