import assert from 'node:assert/strict'
import { openAboutPerson, relatedPart } from '../../../dialogs/show/related.js'
import { showChannel } from '../../../dialogs/show/show.js'
import type { RelatedCase } from '../../../triage/related.js'
import { opened, openedWith } from '../../support/diary.js'
import { dataOf, seenAfter } from '../../support/seen.js'

const one = (but: Partial<RelatedCase> = {}): RelatedCase => ({
  caseId: '1111-2222-3333',
  title: 'Spam',
  occurredAt: '2026-03-01T08:00:00.000Z',
  shares: ['person'],
  isOpen: false,
  verdict: '',
  ...but,
})
const beside = (...related: readonly RelatedCase[]) => ({ ...seenAfter(opened), related })
const past = (verdict: string, day: number) => one({ verdict, occurredAt: `2026-02-0${day}T08:00:00.000Z` })

describe('dialogs/show/related', () => {
  it('says nothing where there is nothing', () => {
    const nothing = { related: [], relatedSummary: '', hasRelated: false }
    assert.deepEqual([relatedPart(seenAfter(opened)), relatedPart(beside())], [nothing, nothing])
  })

  it('lists the cases with what opening them needs, what they share and how they ended', () => {
    const { related, hasRelated } = relatedPart(
      beside(
        one({ isOpen: true, title: 'Sp\u202Eam', shares: ['person', 'address'] }),
        one({ isOpen: true, verdict: 'TP - Stolen' }),
        one({ verdict: 'FP - Untagged VPN', shares: ['app'] }),
        one({ shares: ['resource'] }),
      ),
    )
    assert.ok(hasRelated)
    assert.deepEqual(related[0], {
      caseId: '1111-2222-3333',
      line: 0,
      title: 'Sp[U+202E]am',
      when: '1 Mar',
      shares: 'related.person(), related.address()',
      outcome: 'related.is-open()',
      isOpen: true,
    })
    assert.deepEqual(
      related.slice(1).map(({ outcome, shares }) => [outcome, shares]),
      [
        ['TP - Stolen', 'related.person()'],
        ['FP - Untagged VPN', 'related.app()'],
        ['related.is-closed()', 'related.resource()'],
      ],
    )
  })

  it('sums up how many are open and past, and how the newest past ones ended', () => {
    const summary = (...related: readonly RelatedCase[]) => relatedPart(beside(...related)).relatedSummary
    const open = one({ isOpen: true, verdict: 'TP' })
    assert.equal(summary(open, open), 'related.open(count=2)')
    assert.equal(summary(one(), one()), 'related.past(count=2)')
    assert.equal(
      summary(open, past('FP - A', 4), one(), past('TP - B', 3), past('FP - C', 2)),
      'related.open(count=1), related.past(count=4): related.ended(verdict=FP - A, day=4 Feb), related.ended(verdict=TP - B, day=3 Feb)',
    )
  })

  it('warns of an open case of the same person, unless a combination has named it already', () => {
    const other = one({ isOpen: true })
    const hintsOf = (context: Parameters<typeof showChannel>[0]) =>
      dataOf(showChannel(context), 'new').hints.filter(({ text }) => text.includes(other.caseId))
    assert.deepEqual(hintsOf(beside(one({ ...other, shares: ['address'] }), other)), [
      { text: `related.hint(code=${other.caseId})` },
    ])
    for (const none of [one(), one({ isOpen: true, shares: ['app'] })])
      assert.equal(openAboutPerson(beside(none)), undefined)
    const before = { caseId: other.caseId, type: 'mail-forwarding', occurredAt: '2026-03-01T08:00:00.000Z' }
    const [named, ...more] = hintsOf({ ...seenAfter(openedWith({}, [before])), related: [other] })
    assert.match(named?.text ?? '', /^follows/)
    assert.equal(more.length, 0)
  })
})
