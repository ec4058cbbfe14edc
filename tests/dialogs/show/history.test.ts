import assert from 'node:assert/strict'
import { historyLine, stepText, history, verdictAt, verdictName } from '../../../dialogs/show/history.js'
import { showChannel } from '../../../dialogs/show/show.js'
import { describeEvents } from '../../../dialogs/tell/describe.js'
import type { Event } from '../../../triage/event.js'
import { winnow } from '../../../triage/person.js'
import type { Relation } from '../../../triage/verifier.js'
import { aNote, ada, ben, mia, now, wrote } from '../../support/cast.js'
import {
  answered,
  asked,
  claimed,
  closed,
  done,
  judgedAs,
  managerSaid,
  ofUnknownType,
  opened,
  undone,
  unreached,
  untilJudged,
  withoutWords,
} from '../../support/diary.js'
import { travel } from '../../support/guides.js'
import { dataOf, seenAfter } from '../../support/seen.js'
import { words } from '../../support/words.js'

const askedBy = (relation: Relation): Event => (asked.type === 'manager-asked' ? { ...asked, relation } : asked)

const says: readonly (readonly [Event, string])[] = [
  [opened, 'history.opened(by=Winnow, title=Impossible travel activity, source=source.winnow())'],
  [claimed, `history.claimed(by=${ada.name})`],
  [wrote(ada, { type: 'released' }), `history.released(by=${ada.name})`],
  [
    wrote(winnow, { type: 'released', why: 'silence', from: ada }),
    `history.released-silence(by=Winnow, from=${ada.name})`,
  ],
  [
    wrote(winnow, { type: 'paged', to: [ada, ben], step: 'leads', why: 'unassigned' }),
    `history.paged.unassigned(by=Winnow, names=${ada.name}, ${ben.name})`,
  ],
  [
    wrote(winnow, { type: 'paged', to: [ada], step: 'again', why: 'unanswered' }),
    `history.paged.unanswered(by=Winnow, names=${ada.name})`,
  ],
  [wrote(ada, { type: 'page-acknowledged' }), `history.page-acknowledged(by=${ada.name})`],
  [
    wrote(winnow, { type: 'reminded', person: ada, as: 'owner', until: null }),
    `history.reminded.owner(by=Winnow, person=${ada.name})`,
  ],
  [
    wrote(winnow, { type: 'reminded', person: mia, as: 'manager', until: now }),
    `history.reminded.manager(by=Winnow, person=${mia.name})`,
  ],
  [
    wrote(winnow, { type: 'confirmation-passed-on', from: mia, to: ben, as: 'deputy', until: now }),
    `history.confirmation-passed-on.deputy(by=Winnow, from=${mia.name}, to=${ben.name})`,
  ],
  [
    wrote(winnow, { type: 'confirmation-passed-on', from: mia, to: ben, as: 'managers-manager', until: now }),
    `history.confirmation-passed-on.managers-manager(by=Winnow, from=${mia.name}, to=${ben.name})`,
  ],
  [wrote(ben, { type: 'handed-over', to: ben }), `history.handed-over(by=${ben.name}, to=${ben.name})`],
  [answered('address', 'ours'), `history.answered(by=${ada.name}, ask=What of address?, answer=It is ours, finding=)`],
  [
    withoutWords(answered('address', 'ours')),
    `history.answered(by=${ada.name}, ask=What of address?, answer=It is ours, finding=)`,
  ],
  [withoutWords(answered('gone', 'gone-too')), `history.answered(by=${ada.name}, ask=gone, answer=gone-too, finding=)`],
  [
    answered('address', 'ours', ada, 'In our list'),
    `history.answered(by=${ada.name}, ask=What of address?, answer=It is ours, finding= history.with-finding(finding=In our list))`,
  ],
  [
    wrote(ada, { type: 'finding-noted', check: 'address', finding: 'In our list', ask: 'What of address?' }),
    `history.finding-noted(by=${ada.name}, ask=What of address?, finding=In our list)`,
  ],
  [
    wrote(ada, { type: 'finding-noted', check: 'address', finding: '' }),
    `history.finding-removed(by=${ada.name}, ask=What of address?, finding=)`,
  ],
  [
    wrote(ada, { type: 'answer-withdrawn', check: 'address' }),
    `history.answer-withdrawn(by=${ada.name}, ask=What of address?)`,
  ],
  [judgedAs({ because: 'Ours.' }), `history.judged(by=${ada.name}, verdict=FP - Untagged VPN, because=Ours.)`],
  [
    judgedAs({ because: 'A backup.', against: 'A backup.' }),
    `history.judged-against(by=${ada.name}, verdict=FP - Untagged VPN, because=A backup.)`,
  ],
  [
    wrote(winnow, { type: 'effect-noted', ...aNote() }),
    'history.effect-noted.done(target=effect.target.graph(name=), does=closed as false positive, why=)',
  ],
  [
    wrote(winnow, { type: 'effect-noted', ...aNote({ state: 'waiting', why: 'forbidden', detail: 'A.Permission' }) }),
    'history.effect-noted.waiting(target=effect.target.graph(name=), does=closed as false positive, why=effect.why.forbidden(detail=A.Permission))',
  ],
  [wrote(ada, { type: 'judgement-withdrawn' }), `history.judgement-withdrawn(by=${ada.name})`],
  [
    wrote(winnow, {
      type: 'related-opened',
      other: { caseId: '1111-2222-3333', type: 'x', occurredAt: '2026-03-02T09:00:00.000Z' },
      title: 'Spam',
    }),
    'history.related-opened(title=Spam, code=1111-2222-3333)',
  ],
  [done('action/tag-range'), `history.done(by=${ada.name}, step=Do tag-range)`],
  [done('scope/same-place'), `history.done(by=${ada.name}, step=Do same-place)`],
  [done('tuning/tag-ranges'), `history.done(by=${ada.name}, step=Do tag-ranges)`],
  [withoutWords(undone('action/gone')), `history.undone(by=${ada.name}, step=action/gone)`],
  [
    wrote(ada, { type: 'skipped', step: 'action/tag-range', reason: 'No.' }),
    `history.skipped(by=${ada.name}, step=Do tag-range, reason=No.)`,
  ],
  [wrote(ben, { type: 'noted', text: 'Seen.' }), `history.noted(by=${ben.name}, text=Seen.)`],
  [asked, `history.manager-asked(by=${ada.name}, manager=${mia.name}, about=Kim Karlsen, known=)`],
  [
    askedBy({ source: 'graph', readAt: now, of: 'u-kim' }),
    `history.manager-asked(by=${ada.name}, manager=${mia.name}, about=Kim Karlsen, known= history.relation.graph(at=2 Mar 09:00 UTC))`,
  ],
  [
    askedBy({ source: 'file', readAt: now, of: 'u-kim', because: 'throttled' }),
    `history.manager-asked(by=${ada.name}, manager=${mia.name}, about=Kim Karlsen, known= history.relation.instead(at=2 Mar 09:00 UTC))`,
  ],
  [
    wrote(ada, { type: 'manager-doubted', manager: mia, doubts: [{ kind: 'changed', on: '2026-03-01' }] }),
    `history.manager-doubted(by=${ada.name}, manager=${mia.name}, doubts=doubt.changed(day=2026-03-01))`,
  ],
  [
    wrote(ben, {
      type: 'verifier-allowed',
      manager: mia,
      despite: [
        { kind: 'subject', caseId: '1111-2222-3333' },
        { kind: 'changed', on: '2026-03-01' },
      ],
      reason: 'Called her.',
    }),
    `history.verifier-allowed(by=${ben.name}, manager=${mia.name}, doubts=doubt.subject(code=1111-2222-3333), doubt.changed(day=2026-03-01), reason=Called her.)`,
  ],
  [wrote(winnow, { type: 'app-installed', person: mia }), `history.app-installed(person=${mia.name})`],
  [
    managerSaid('not-sure'),
    `history.manager-answered(by=${mia.name}, answer=manager.not-sure(), dates=, note=, doubts=)`,
  ],
  [
    managerSaid('yes', '2026-02-27', '2026-03-06', 'Fair.'),
    `history.manager-answered(by=${mia.name}, answer=manager.yes(), dates= manager.dates(from=2026-02-27, to=2026-03-06), note= “Fair.”, doubts=)`,
  ],
  [wrote(winnow, { type: 'manager-expired' }), 'history.manager-expired(by=Winnow)'],
  [closed, `history.closed(by=${ada.name})`],
  [wrote(ben, { type: 'reopened', reason: '' }), `history.reopened(by=${ben.name}, reason=)`],
  [wrote(ben, { type: 'reopened', reason: 'More.' }), `history.reopened(by=${ben.name}, reason=: More.)`],
  [unreached(), 'history.manager-unreached(detail=Blocked)'],
  [
    wrote(winnow, { type: 'manager-unreached', why: 'refused', detail: 'BotNotInConversationRoster' }),
    'history.manager-unreached(detail=unreached.BotNotInConversationRoster())',
  ],
  [wrote(winnow, { type: 'guide-changed', version: 'v2', dropped: [] }), 'history.guide-changed()'],
]

describe('dialogs/show/history: every line of a diary is a sentence', () => {
  for (const [event, expected] of says) {
    it(expected.slice(0, expected.indexOf('(')), () => assert.equal(historyLine(event, travel, words), expected))
  }
})

describe('dialogs/show/history', () => {
  it('tells the newest lines, oldest first', () => {
    const lines = history(seenAfter(opened, claimed, answered('address', 'ours')), 2)
    assert.deepEqual(
      lines.map(({ what }) => what.slice(0, 16)),
      ['history.claimed(', 'history.answered'],
    )
    assert.equal(lines[0]?.when, '2 Mar 09:00 UTC')
  })

  it('passes over lines of a type it has no words for, and tells as many others', () => {
    const context = seenAfter(opened, claimed, ...Array.from({ length: 9 }, () => ofUnknownType))
    assert.deepEqual(
      history(context, 8).map(({ what }) => what.slice(0, 16)),
      ['history.opened(b', 'history.claimed('],
    )
    assert.equal(describeEvents([ofUnknownType, claimed], context), `history.claimed(by=${ada.name})`)
    const without = seenAfter(opened, claimed)
    assert.deepEqual(
      { ...dataOf(showChannel(context), 'work'), line: 1 },
      { ...dataOf(showChannel(without), 'work'), line: 1 },
    )
  })

  it('makes people’s words harmless, and short', () => {
    const [line] = history(seenAfter(opened, wrote(ben, { type: 'noted', text: `\u202E${'x'.repeat(2000)}` })), 1)
    assert.ok(line?.what.includes('text=[U+202E]xxx') && line.what.length === 300)
  })

  it('tells that a line was said on a group’s card, set apart from what was said', () => {
    const said = historyLine({ ...claimed, via: { group: '7K3F-9QXM-2ABC', line: 4 } }, travel, words)
    assert.equal(said, `history.claimed(by=${ada.name}) history.via-group(code=7K3F-9QXM-2ABC)`)
  })

  it('names a verdict by its class and label, once', () => {
    assert.deepEqual(
      [verdictName('FP', 'Untagged VPN'), verdictName('TP', 'TP'), verdictName('undetermined', 'Undetermined')],
      ['FP - Untagged VPN', 'TP', 'Undetermined'],
    )
  })

  it('words a step as the verdict does that stood when it was marked', () => {
    const withdrawn = wrote(ada, { type: 'judgement-withdrawn' })
    const again = judgedAs({ verdict: 'btp-travel' })
    const [first, second] = [withoutWords(done('action/close-alert')), withoutWords(done('action/close-alert'))]
    const diary = [...untilJudged, first, withdrawn, again, second]
    assert.deepEqual(
      [verdictAt(diary, first), verdictAt(diary, second), verdictAt(diary, opened)],
      ['fp-vpn', 'btp-travel', ''],
    )
    assert.equal(stepText('action/close-alert', travel, 'btp-travel'), 'Close the alert as benign')
    assert.equal(stepText('action/close-alert', travel), 'Close the alert as a true positive')
    assert.equal(stepText('action/tag-range', travel, 'btp-travel'), 'Do tag-range')
    assert.equal(stepText('nothing', travel), 'nothing')
  })
})
