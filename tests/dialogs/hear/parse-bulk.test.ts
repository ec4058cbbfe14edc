import assert from 'node:assert/strict'
import fc from 'fast-check'
import { answersText, parseAnswers } from '../../../dialogs/given-answers.js'
import { clickToIntent } from '../../../dialogs/hear/click-to-intent.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'
import { everyWaiting, parseSelection, selectionWords } from '../../../dialogs/selection.js'
import { ada, now } from '../../support/cast.js'

const asks = (text: string) => parseMessage(text)
const click = (verb: string, data: object = {}) => clickToIntent(verb, data, { at: now, by: ada })
const type = 'impossible-travel'
const nothing = { answers: [], verdict: '', reason: '' }

describe('dialogs/hear/parse-bulk', () => {
  it('reads whom to take: by type, person and address, in any order, or all without a card', () => {
    const takes = (selection: object) => ({ kind: 'take-all', selection: { ...everyWaiting, ...selection } })
    assert.deepEqual(asks('take all type:impossible-travel'), takes({ type }))
    assert.deepEqual(asks('Take all  Type: impossible-travel, please.'), asks('take all type:impossible-travel,'))
    assert.deepEqual(
      asks('take all address:2001:DB8::1 person:Kim Karlsen'),
      takes({ address: '2001:db8::1', person: 'kim karlsen' }),
    )
    assert.deepEqual([asks('take all'), asks('take all of them')], [takes({}), takes({})])
    assert.equal(asks('take all day').kind, 'unknown')
    assert.equal(asks('take').kind, 'action')
  })

  it('reads one verdict for several: a type, what was answered, the verdict, and behind a colon the reason', () => {
    const selection = { ...everyWaiting, type }
    assert.deepEqual(asks(`verdict all type:${type}`), { kind: 'verdict-all', selection, ...nothing })
    assert.deepEqual(asks(`verdict all type:${type} FP-Untagged-VPN vpn=yes download=no: Ours, see the register`), {
      kind: 'verdict-all',
      selection,
      answers: [
        { check: 'vpn', option: 'yes' },
        { check: 'download', option: 'no' },
      ],
      verdict: 'fp-untagged-vpn',
      reason: 'Ours, see the register',
    })
    assert.deepEqual(asks(`verdict all type:${type} undetermined person:kim`), {
      kind: 'verdict-all',
      selection: { ...selection, person: 'kim' },
      answers: [],
      verdict: 'undetermined',
      reason: '',
    })
    assert.equal(asks('verdict undetermined nothing is known').kind, 'action')
  })

  it('reads the digest alone', () => {
    assert.deepEqual([asks('Digest.').kind, asks('digest of the week').kind], ['digest', 'unknown'])
  })

  it('reads selections and answers back from what a button carries', () => {
    const word = fc.stringMatching(/^[a-z0-9][a-z0-9.@-]{0,20}$/)
    fc.assert(
      fc.property(fc.record({ type: word, person: word, address: word }), (selection) =>
        assert.deepEqual(parseSelection(selectionWords(selection)).selection, { ...selection }),
      ),
    )
    const id = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
    fc.assert(
      fc.property(fc.array(fc.record({ check: id, option: id })), (answers) =>
        assert.deepEqual(
          parseAnswers(answersText(answers)),
          answers.map((one) => ({ ...one })),
        ),
      ),
    )
  })

  it('reads what is pressed on the cards for several cases, one check after the other', () => {
    assert.deepEqual(click('digest-list'), {
      kind: 'queue',
      filter: { family: null, atLeast: null, person: '', noCard: true },
      page: 1,
    })
    assert.deepEqual(click('take-all'), { kind: 'take-all', selection: null })
    assert.deepEqual(click('take-all', { selection: 'all' }), { kind: 'take-all', selection: everyWaiting })
    const selection = { ...everyWaiting, type }
    const at = { selection: `type:${type}`, given: 'vpn=yes' }
    const says = (answers: readonly object[]) => ({ kind: 'verdict-all', selection, ...nothing, answers })
    const [vpn, download] = [
      { check: 'vpn', option: 'yes' },
      { check: 'download', option: 'no' },
    ]
    assert.deepEqual(click('verdict-all-type', { chosen: `type:${type}` }), says([]))
    assert.deepEqual(click('verdict-all-answer', { ...at, ...download }), says([vpn, download]))
    assert.deepEqual(click('verdict-all-answer', { ...at, check: 'download', option: '' }), says([vpn]))
    assert.deepEqual(click('verdict-all-back', at), says([]))
    assert.deepEqual(click('verdict-all', { ...at, verdict: 'fp', bulkReason: 'seen' }), {
      ...says([vpn]),
      verdict: 'fp',
      reason: 'seen',
    })
  })

  it('takes what has no such shape for a click that cannot be read', () => {
    assert.deepEqual(click('verdict-all', { selection: 7 }), { refusal: 'bad-click', details: {} })
    assert.deepEqual(click('take-all', { selection: 'x'.repeat(500) }), { refusal: 'bad-click', details: {} })
  })
})
