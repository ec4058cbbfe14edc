import assert from 'node:assert/strict'
import fc from 'fast-check'
import { clickToIntent } from '../../../dialogs/hear/click-to-intent.js'
import { isRefusal } from '../../../triage/refusal.js'
import { ada, caseId, now } from '../../support/cast.js'

const stamp = { at: now, by: ada }
const click = (verb: string, more: object = {}) => clickToIntent(verb, { caseId, line: 4, ...more }, stamp)

const refused = (intent: unknown): void =>
  assert.ok(isRefusal(intent) && intent.refusal === 'bad-click', JSON.stringify(intent))

describe('dialogs/hear: bad clicks', () => {
  it('are refused when the verb is unknown, or one that every object has', () => {
    for (const verb of [
      '',
      'open',
      'expire-question',
      'begin-post',
      'Claim',
      'constructor',
      '__proto__',
      'toString',
      'valueOf',
      'hasOwnProperty',
    ]) {
      refused(click(verb))
    }
  })

  it('are refused when the case id is none', () => {
    for (const id of [
      '',
      '7k3f-9qxm-2abc',
      '7K3F-9QXM-2AB',
      '7K3F-9QXM-2ABC\n',
      '../../etc',
      'IIII-LLLL-OOOO',
      'x'.repeat(10_000),
      7,
      null,
      [caseId],
      {},
    ]) {
      refused(clickToIntent('claim', { caseId: id, line: 4 }, stamp))
    }
  })

  it('are refused when the line is none', () => {
    for (const line of [-1, 0.5, 'four', undefined, {}, Number.NaN, Infinity, 1e9, '9'.repeat(400)]) {
      refused(clickToIntent('claim', { caseId, line }, stamp))
    }
    assert.deepEqual(clickToIntent('claim', { caseId, line: '4' }, stamp), click('claim'))
  })

  it('are refused when data is no object at all', () => {
    for (const data of [undefined, null, 7, 'claim', [], [caseId, 4], () => caseId])
      refused(clickToIntent('claim', data, stamp))
  })

  it('are refused when what they must name is missing, too long or of another kind', () => {
    refused(click('answer', { option: 'ours' }))
    refused(click('answer', { check: 'address', option: 7 }))
    refused(click('answer', { check: 'x'.repeat(81), option: 'ours' }))
    refused(click('judge', { verdict: ['tp'] }))
    refused(click('tick', { actions: ['action/a'] }))
    refused(click('tick', { actions: 'x,'.repeat(5000) }))
    refused(click('note', { noteText: { toString: 'x' } }))
    refused(click('note', { noteText: 'x'.repeat(20_001) }))
    refused(click('vouch', { answer: 'maybe' }))
    refused(click('vouch', { answer: 'yes', from: 20_260_227 }))
    refused(click('vouch', { answer: 'yes', from: 'x'.repeat(41) }))
  })

  it('are not who clicked, nor when: that is never taken from the card', () => {
    const intent = click('claim', { by: { id: 'u-eve', name: 'Eve' }, at: '1999-01-01', type: 'close' })
    assert.deepEqual(intent, { kind: 'commands', caseId, commands: [{ type: 'take', ...stamp, caseId, line: 4 }] })
  })

  it('do not reach the prototype', () => {
    const data: unknown = JSON.parse(
      `{"caseId":"${caseId}","line":4,"__proto__":{"noteText":"x","polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
    )
    clickToIntent('note', data, stamp)
    assert.equal(Reflect.get({}, 'polluted'), undefined)
  })

  it('cut what was typed endlessly', () => {
    const intent = click('note', { noteText: 'x'.repeat(20_000) })
    assert.ok(!isRefusal(intent) && intent.kind === 'commands' && intent.commands[0]?.type === 'note')
    assert.equal(intent.commands[0].text.length, 4000)
  })

  it('never throw, whatever comes', () => {
    const verbs = fc.oneof(
      fc.string(),
      fc.constantFrom('claim', 'answer', 'judge', 'tick', 'skip', 'note', 'vouch', 'close', 'look'),
    )
    const fields = [
      'check',
      'option',
      'verdict',
      'judgeReason',
      'actions',
      'scope',
      'skipStep',
      'noteText',
      'answer',
      'from',
      'to',
      'note',
    ]
    const wild = fc.dictionary(fc.constantFrom('caseId', 'line', ...fields), fc.anything())
    fc.assert(
      fc.property(
        verbs,
        fc.oneof(
          fc.anything(),
          wild,
          wild.map((more) => ({ ...more, caseId, line: 4 })),
        ),
        (verb, data) => {
          const intent = clickToIntent(verb, data, stamp)
          if (isRefusal(intent) || intent.kind !== 'commands') return
          for (const command of intent.commands)
            assert.deepEqual([command.by, command.at, command.caseId], [ada, now, caseId])
        },
      ),
      { numRuns: 1000 },
    )
  })
})
