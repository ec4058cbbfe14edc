import assert from 'node:assert/strict'
import { openAnswerClick } from '../../../bot/replies/answer-click.js'
import type { Result } from '../../../bot/replies/result.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { replay } from '../../../triage/evolve.js'
import { refuse } from '../../../triage/refusal.js'
import { ben, caseId, eve, mia, minute } from '../../support/cast.js'
import { asked, claimed, opened } from '../../support/diary.js'
import { travel } from '../../support/guides.js'
import { words } from '../../support/words.js'
import { cardFrom } from '../../../cards/render.js'

describe('bot/replies/answer-click', () => {
  const diary = [opened, claimed, asked]
  const state = replay(diary)
  assert.ok(state)
  const context: CaseContext = { state, diary, cards: {}, guide: travel, phrases: words, titleOf: (type) => type }
  /** Cards that tell what they were drawn for. */
  const drawn = (summary: string) => ({ card: cardFrom({}), summary })
  const answer = openAnswerClick({
    phrases: words,
    now: () => minute(0),
    renderer: {
      channel: (_, personId, notice = '') => drawn(`channel ${personId} ${notice}`),
      chat: (_, personId, notice = '') => drawn(`chat ${personId} ${notice}`),
      manager: (_, notice = '') => drawn(`manager ${notice}`),
      listed: (rows) => rows,
      view: (_, summary, personId) => drawn(`${summary} for ${personId}`),
    },
  })
  const to = (result: Result, via: 'execute' | 'submit', personal = false, by = ben, data = {}): string => {
    const message = answer(result, { by, personal, via, data })
    return 'card' in message ? message.summary.trim() : message.text
  }
  const intent = { kind: 'read', caseId } as const
  const settled = (code?: 'old-card' | 'bad-dates'): Result => ({
    kind: 'case',
    intent,
    action: null,
    context,
    refusal: code ? refuse(code) : null,
    written: [],
    owed: [],
  })

  it('is the card as the clicker sees it there, in a channel or in their personal chat', () => {
    assert.equal(to(settled(), 'execute'), `channel ${ben.id}`)
    assert.equal(to(settled(), 'execute', true), `chat ${ben.id}`)
    assert.equal(to(settled('bad-dates'), 'execute'), `channel ${ben.id} refusal.bad-dates()`)
  })

  it('is everyone’s card where it would be drawn for everyone, and a refusal there a sentence', () => {
    assert.equal(to(settled(), 'submit'), 'channel null')
    assert.equal(to(settled(), 'submit', true), `chat ${ben.id}`)
    assert.equal(to(settled('bad-dates'), 'submit'), 'refusal.bad-dates()')
    assert.equal(to(settled('old-card'), 'submit'), 'channel null')
  })

  it('shows a refusal with the card to those who may see the case, and alone to others', () => {
    const refusal = refuse('leads-only', { leads: 'Lea' })
    assert.match(to({ kind: 'refused', refusal, context }, 'execute'), /^channel u-ben refusal\.leads-only/)
    assert.match(to({ kind: 'refused', refusal, context: null }, 'execute'), /^refusal\.leads-only/)
  })

  it('says where the card is when someone wanted it in their personal chat', () => {
    const stamp = { caseId, line: null, at: '', by: ben }
    const chat = { kind: 'commands', caseId, commands: [{ type: 'continue-in-chat', ...stamp }] } as const
    const result: Result = { kind: 'case', intent: chat, action: null, context, refusal: null, written: [], owed: [] }
    assert.equal(to(result, 'execute'), 'channel u-ben chat.there()')
    assert.equal(to({ ...result, owed: ['analyst/u-ben'] }, 'submit'), 'chat.sent()')
  })

  it('is the page of a list, as the clicker’s client can work it', () => {
    const asked = { kind: 'queue', filter: { family: null, atLeast: null, person: '' }, page: 2 } as const
    const list: Result = { kind: 'list', asked, rows: [], isComplete: true, damaged: [] }
    assert.equal(to(list, 'execute'), `list.queue(count=0) for ${ben.id}`)
  })

  it('is the manager’s card for the manager alone', () => {
    const result: Result = { kind: 'confirmation', context, refusal: null }
    assert.equal(to(result, 'execute', true, mia), 'manager')
    assert.equal(to({ ...result, refusal: refuse('bad-dates') }, 'execute', true, mia), 'manager refusal.bad-dates()')
    assert.equal(to(result, 'execute', true, eve), 'refusal.not-the-manager()')
  })
})
