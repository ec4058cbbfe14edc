import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseAction } from '../../../dialogs/hear/parse-action.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'

const code = '7K3F-9QXM-2ABC'
const reads = (action: object | null, ...texts: readonly string[]): void => {
  for (const text of texts) assert.deepEqual(parseAction(text)?.action ?? null, action, JSON.stringify(text))
}

describe('dialogs/hear/parse-action', () => {
  it('knows a word for every button, however it is written', () => {
    reads({ verb: 'take' }, 'take', 'Take it.', ' TAKE! ', 'take please', 'claim', '\u200Btake')
    reads({ verb: 'ack' }, 'ack', 'Ack.', 'acknowledge', 'acknowledged please')
    reads({ verb: 'take-over' }, 'take over', 'Take-over', 'take  over please.')
    reads({ verb: 'release' }, 'release')
    reads({ verb: 'chat' }, 'chat', 'Continue in chat')
    reads({ verb: 'back' }, 'Back')
    reads({ verb: 'reconsider' }, 'reconsider')
    reads({ verb: 'ask-manager' }, 'ask manager', 'Ask  Manager.')
    reads({ verb: 'options' }, 'options', 'options?')
    reads({ verb: 'answer', option: '2', finding: '' }, 'answer 2', 'Answer 2.', 'ANSWER\u00A02')
    reads({ verb: 'answer', option: 'not-ours', finding: '' }, 'answer not-ours')
    reads({ verb: 'done', steps: [1] }, 'done 1')
    reads({ verb: 'undo', steps: [1, 2, 3] }, 'undo 1, 2 3', 'undo 1,2,3.')
  })

  it('reads what was seen behind an answer, or for one that was given', () => {
    reads(
      { verb: 'answer', option: '2', finding: 'old browser, hosting IP address' },
      'answer 2 old browser, hosting IP address',
      'Answer 2: old browser, hosting IP address',
    )
    reads(
      { verb: 'finding', answer: null, finding: 'files of one site' },
      'finding files of one site',
      'Finding: files of one site',
    )
    reads(
      { verb: 'finding', answer: 2, finding: 'Rule made 09:02' },
      'finding 2 Rule made 09:02',
      'finding 2: Rule made 09:02',
    )
    reads({ verb: 'finding', answer: null, finding: '' }, 'finding')
  })

  it('keeps what people write as they write it', () => {
    reads(
      { verb: 'note', reason: 'Called Kim. Says: No!' },
      'note Called Kim. Says: No!',
      'Note: Called Kim. Says: No!',
    )
    reads({ verb: 'verdict', verdict: 'tp', reason: 'I KNOW it.' }, 'verdict tp I KNOW it.', 'Verdict TP: I KNOW it.')
    reads({ verb: 'verdict', verdict: 'fp-vpn', reason: '' }, 'verdict fp-vpn')
    reads({ verb: 'verdict', verdict: '', reason: '' }, 'verdict', 'Verdicts?')
    reads({ verb: 'skip', step: 2, reason: 'Not ours.' }, 'skip 2 Not ours.', 'skip 2, Not ours.')
    reads({ verb: 'close', reason: '' }, 'close')
    reads({ verb: 'reopen', reason: 'It came back.' }, 'reopen It came back.')
    reads(
      { verb: 'act', operation: 'revoke-sessions', said: 'kim@contoso.example Signed in from Brazil.' },
      'revoke sessions kim@contoso.example Signed in from Brazil.',
      'Revoke-sessions: kim@contoso.example Signed in from Brazil.',
    )
    reads({ verb: 'act', operation: 'suspend-user', said: '' }, 'suspend user')
    reads({ verb: 'approve', asked: 12, reason: '' }, 'approve 12', 'Approve 12.')
    reads({ verb: 'decline', asked: 12, reason: 'Not Kim.' }, 'decline 12 Not Kim.')
    reads({ verb: 'undo-action', asked: 9, reason: 'It was Kim.' }, 'undo action 9: It was Kim.')
    reads({ verb: 'approve', asked: null, reason: '' }, 'approve')
    const long = 'x'.repeat(20_000)
    assert.ok(JSON.stringify(parseAction(`note ${long}`)).length < 5000)
  })

  it('takes what says nothing for no reason, so that nothing is closed or left out for it', () => {
    for (const text of [
      'close.',
      'Close!',
      'close case',
      'Close the case.',
      'close it now, please',
      'Close: …',
      'close 👍',
    ])
      reads({ verb: 'close', reason: '' }, text)
    reads({ verb: 'reopen', reason: '' }, 'Reopen.', 'reopen this case')
    reads({ verb: 'skip', step: 1, reason: '' }, 'skip 1.', 'skip 1 3', 'skip 1, 2')
    reads({ verb: 'skip', step: 1, reason: '3 of them are ours' }, 'skip 1 3 of them are ours')
    reads({ verb: 'verdict', verdict: 'tp', reason: '' }, 'Verdict TP.', 'verdict tp please')
    reads({ verb: 'close', reason: 'It is ours' }, 'close It is ours')
    reads({ verb: 'close', reason: 'see 4711' }, 'close: see 4711')
  })

  it('never takes the code of a case for a reason, which would be another case to close', () => {
    const other = (text: string) => parseAction(text)
    assert.deepEqual(other(`close ${code}`), { code, action: { verb: 'close', reason: '' } })
    assert.deepEqual(other(`Close case ${code.toLowerCase()}.`), { code, action: { verb: 'close', reason: '' } })
    assert.deepEqual(other(`close ${code}: not ours`), { code, action: { verb: 'close', reason: 'not ours' } })
    assert.deepEqual(other(`reopen ${code}, again`), { code, action: { verb: 'reopen', reason: 'again' } })
    assert.deepEqual(other(`verdict tp ${code}`), { code, action: { verb: 'verdict', verdict: 'tp', reason: '' } })
    assert.deepEqual(other(`skip 2 case ${code}`), { code, action: { verb: 'skip', step: 2, reason: '' } })
    assert.deepEqual(other(`close same as ${code}`), {
      code: null,
      action: { verb: 'close', reason: `same as ${code}` },
    })
    const copy = '7K3F-9QXM-2ABD'
    assert.deepEqual(other(`${code} close, same as ${copy}`)?.code, code)
  })

  it('finds the code in front of anything, and behind what leaves nothing to write', () => {
    for (const text of [`${code} take`, `case ${code.toLowerCase()}: take`, `take ${code}`, `take case ${code}.`])
      assert.deepEqual(parseAction(text), { code, action: { verb: 'take' } }, text)
    assert.deepEqual(parseAction(`${code} answer 2`), { code, action: { verb: 'answer', option: '2', finding: '' } })
    assert.deepEqual(parseAction(`answer 2 ${code}`), { code, action: { verb: 'answer', option: '2', finding: '' } })
    assert.deepEqual(parseAction(`${code} note Done.`), { code, action: { verb: 'note', reason: 'Done.' } })
    assert.deepEqual(parseAction(`note as in ${code}`), {
      code: null,
      action: { verb: 'note', reason: `as in ${code}` },
    })
    assert.deepEqual(parseMessage(`case ${code}`), { kind: 'show-card', code })
    assert.deepEqual(parseMessage(`${code} take`), { kind: 'action', code, action: { verb: 'take' } })
  })

  it('takes nothing else for an action', () => {
    reads(null, '', 'take that', 'answer', 'answer 2 3', 'done', 'done one', 'done 1000', 'skip', 'skip it')
    reads(null, 'undo all', 'please close everything', 'constructor', '__proto__', 'closed', 'notes', `take ${code}x`)
    reads(null, 'close-up', 'note-taking', 'closet', 'close\u0301')
  })

  it('never throws, and takes no longer for a text that is endless', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseAction(text)))
    const before = process.cpuUsage().user
    for (const unit of ['.', ' ', ' please', 'case ', 'the ', '1 ', 'a ', '7K3F-', `${code} `, 'take ', '\u202E'])
      for (const verb of ['', 'note ', 'done ', 'verdict ', 'verdict tp ', 'skip 1', 'close ', `${code} `])
        parseAction(`${verb}${unit.repeat(100_000)}x`)
    assert.ok(process.cpuUsage().user - before < 1_000_000, 'more than a second of work')
  })
})
