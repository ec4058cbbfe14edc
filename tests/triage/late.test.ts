import assert from 'node:assert/strict'
import { type Part, parts } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import { replay } from '../../triage/evolve.js'
import { isLate } from '../../triage/late.js'
import { winnow } from '../../triage/person.js'
import { isRefusal } from '../../triage/refusal.js'
import { ada, ben, caseId, intent, mia, minute, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  claimed,
  closed,
  done,
  judged,
  managerSaid,
  opened,
  skipped,
  unreached,
  untilJudged,
} from '../support/diary.js'
import { given } from '../support/given.js'
import { travel } from '../support/guides.js'

/** What makes each command late when it has changed since the card that was pressed. */
const table: Readonly<Record<Command['type'], string>> = {
  open: '',
  take: 'owner closed',
  release: 'owner closed',
  'take-over': 'owner closed',
  answer: 'owner answers verdict closed guide',
  'note-finding': 'owner answers findings verdict closed',
  'withdraw-answer': 'owner answers verdict closed guide',
  'record-verdict': 'owner answers verdict closed guide group',
  'withdraw-verdict': 'owner verdict closed',
  'mark-steps': 'owner verdict steps closed guide',
  skip: 'owner verdict closed guide',
  note: '',
  'ask-manager': 'owner confirmation closed',
  'note-doubts': '',
  'allow-verifier': '',
  'note-installed': '',
  'answer-confirmation': '',
  'revoke-journey': '',
  'expire-confirmation': '',
  'note-unreached': '',
  'note-related': '',
  close: 'owner verdict closed guide',
  reopen: 'closed',
  'continue-in-chat': 'owner closed',
  'note-report': '',
  'add-member': '',
  'take-out': 'owner closed',
  follow: '',
  leave: '',
  'note-incident': '',
  'update-guide': '',
  'note-source': '',
  'note-look-ups': '',
  page: '',
  acknowledge: 'acknowledgment closed owner',
  remind: '',
  'release-silent': '',
  'pass-on': '',
  'ask-action': 'owner verdict closed guide',
  'undo-action': 'owner closed',
  'approve-action': '',
  'decline-action': '',
  'expire-action': '',
  'finish-action': '',
  'note-effect': '',
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has exactly the types as its keys
const rows = Object.entries(table) as (readonly [Command['type'], string])[]

const untouched = {
  owner: 0,
  answers: 0,
  findings: 0,
  verdict: 0,
  steps: 0,
  confirmation: 0,
  closed: 0,
  guide: 0,
  group: 0,
  responses: 0,
  acknowledgment: 0,
}
const late = (type: Command['type'], changed: Readonly<Record<Part, number>>, line: number | null, newest = 9) =>
  isLate({ type, line }, { changed }, newest)

describe('triage/late: what makes a click late', () => {
  for (const [type, reliesOn] of rows) {
    it(`${type}: ${reliesOn === '' ? 'nothing' : reliesOn.replaceAll(' ', ', ')}`, () => {
      const makesLate = parts.filter((part) => late(type, { ...untouched, [part]: 5 }, 4))
      assert.deepEqual(makesLate.toSorted(), reliesOn.split(' ').filter(Boolean).toSorted())
    })
  }

  it('is never what the person saw, nor anything when the line does not matter', () => {
    for (const [type] of rows) {
      for (const part of parts) {
        assert.equal(late(type, { ...untouched, [part]: 5 }, 5), false, `${type} ${part}`)
        assert.equal(late(type, { ...untouched, [part]: 5 }, null), false, `${type} ${part}`)
      }
    }
  })

  it('is a line that the diary does not have, or that is none', () => {
    for (const [type, reliesOn] of rows) {
      assert.equal(late(type, untouched, 9), false, type)
      for (const line of [10, 1e9, -1, Number.NaN]) assert.equal(late(type, untouched, line), reliesOn !== '', type)
    }
  })
})

describe('triage/decide: an owner’s press', () => {
  const working = [opened, claimed, answered('address', 'ours')] as const
  const noted = wrote(ben, { type: 'noted', text: 'Seen.' })
  const recordVerdict = intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' }, { line: 2 })

  it('counts although somebody wrote a note, the manager answered or was not reached meanwhile', () => {
    given(...working, noted)
      .when(recordVerdict)
      .then(judged)
    const asking = [opened, claimed, asked, answered('address', 'ours')] as const
    const expired = wrote(winnow, { type: 'manager-expired' }, minute(60))
    for (const meanwhile of [managerSaid('no'), unreached(), expired]) {
      const decision = decide({ ...recordVerdict, caseId, line: 3 }, replay([...asking, meanwhile]), travel)
      assert.ok(!isRefusal(decision) && decision.some(({ type }) => type === 'judged'), meanwhile.type)
    }
  })

  it('counts although steps were marked or skipped meanwhile, unless it marks steps itself', () => {
    const close = intent(ada, { type: 'close', reason: '' }, { line: 4 })
    given(...untilJudged, done('action/close-alert'), done('action/tag-range'))
      .when(close)
      .then(closed)
    const skip = intent(ada, { type: 'skip', step: 'action/tag-range', reason: 'No.' }, { line: 3 })
    given(...untilJudged, done('action/close-alert'))
      .when(skip)
      .then(skipped('action/tag-range', 'No.'))
    given(...untilJudged, done('action/close-alert'))
      .when(intent(ada, { type: 'mark-steps', kind: 'action', steps: [] }, { line: 3 }))
      .thenRefused('old-card')
  })

  it('does not count when the answers it stands on are others now, or the verdict is', () => {
    given(...working, answered('download', 'yes'))
      .when(recordVerdict)
      .thenRefused('old-card')
    const again = [...untilJudged, wrote(ada, { type: 'judgement-withdrawn' }), judged] as const
    given(...again)
      .when(intent(ada, { type: 'close', reason: 'x' }, { line: 3 }))
      .thenRefused('old-card')
    given(...working, judged)
      .when(intent(ada, { type: 'answer', check: 'journey', option: 'no' }, { line: 2 }))
      .thenRefused('old-card')
  })

  it('asks no manager who has answered meanwhile', () => {
    const ask = intent(ada, { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60) }, { line: 3 })
    given(opened, claimed, asked, unreached('unknown'), managerSaid('yes')).when(ask).thenRefused('old-card')
  })
})
