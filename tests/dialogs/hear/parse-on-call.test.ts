import assert from 'node:assert/strict'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'

const named = (...names: readonly string[]) => names.map((name) => ({ id: '29:1', name }))

describe('dialogs/hear/parse-on-call', () => {
  it('reads on call, for medium and up unless a severity is told, among words that do not matter', () => {
    for (const text of ['on call', 'On-Call!', 'ONCALL', '\u200Bon call', 'on  call, please.'])
      assert.deepEqual(parseMessage(text), { kind: 'on-call', atLeast: 'medium', mentioned: [] }, JSON.stringify(text))
    for (const text of [
      'on call high',
      'On call: HIGH.',
      'oncall for high alerts only',
      'on call at least high, please',
    ])
      assert.deepEqual(parseMessage(text), { kind: 'on-call', atLeast: 'high', mentioned: [] }, text)
    assert.deepEqual(parseMessage('on call informational and up'), {
      kind: 'on-call',
      atLeast: 'informational',
      mentioned: [],
    })
    for (const text of ['on call (high)', 'on call - high', 'on call: “high” 👍', 'on call; high!?'])
      assert.deepEqual(parseMessage(text), { kind: 'on-call', atLeast: 'high', mentioned: [] }, text)
    assert.deepEqual(parseMessage('on call from low'), { kind: 'on-call', atLeast: 'low', mentioned: [] })
  })

  it('reads off call', () => {
    for (const text of ['off call', 'Off-call.', 'offcall', 'off call here now please'])
      assert.deepEqual(parseMessage(text), { kind: 'off-call', mentioned: [] }, text)
  })

  it('leaves out who is mentioned, whatever they are called', () => {
    const asked = (...names: readonly string[]) => ({ kind: 'on-call', atLeast: 'low', mentioned: named(...names) })
    assert.deepEqual(parseMessage('on call Bo Analyst low', named('Bo Analyst')), asked('Bo Analyst'))
    assert.deepEqual(parseMessage('on call low Low High', named('Low  HIGH')), asked('Low  HIGH'))
    assert.deepEqual(parseMessage('on call @Bo Jr., low', named('Bo Jr.')), asked('Bo Jr.'))
    assert.deepEqual(
      parseMessage('on call Bo and Bo Analyst low', named('Bo', 'Bo Analyst', '$&', '')),
      asked('Bo', 'Bo Analyst', '$&', ''),
    )
    assert.deepEqual(parseMessage('off call Bo', named('Bo')), { kind: 'off-call', mentioned: named('Bo') })
    assert.deepEqual(parseMessage('on call Bo!? low', named('Bo!?')), asked('Bo!?'))
  })

  it('looks for a name among the words, not within them', () => {
    assert.deepEqual(parseMessage('on call medium Ed', named('Ed')), {
      kind: 'on-call',
      atLeast: 'medium',
      mentioned: named('Ed'),
    })
    assert.deepEqual(parseMessage('on call for high alerts Al', named('Al')), {
      kind: 'on-call',
      atLeast: 'high',
      mentioned: named('Al'),
    })
    assert.deepEqual(parseMessage('on call Bo Bo', named('Bo', 'Bo')), {
      kind: 'on-call',
      atLeast: 'medium',
      mentioned: named('Bo', 'Bo'),
    })
    assert.deepEqual(parseMessage('on call Bo Analyst', named('Bo', 'Analyst')), {
      kind: 'on-call',
      atLeast: 'medium',
      mentioned: named('Bo', 'Analyst'),
    })
  })

  it('puts nobody on call or off it for a question, and answers who it is', () => {
    for (const text of [
      'on call?',
      'Who is on call?',
      'who’s on call',
      'who is on-call here',
      'off call?',
      'on call now ?',
    ])
      assert.equal(parseMessage(text).kind, 'channels', text)
  })

  it('takes nothing it does not know for a severity or a name, nor two severities, nor one to be off call for', () => {
    const word = (text: string) => {
      const intent = parseMessage(text, named('Ann'))
      return intent.kind === 'bad-severity' ? intent.word : intent.kind
    }
    assert.equal(word('on call hgih'), 'hgih')
    assert.equal(word('on call high low'), 'low')
    assert.equal(word('on call Bo Ann'), 'bo')
    assert.equal(word('off call high'), 'high')
    assert.equal(word('off call Bo'), 'bo')
  })

  it('takes other sentences for what they are', () => {
    for (const text of ['on', 'off', 'on calls', 'on call-out', 'callon', 'who is on calls', 'on the call'])
      assert.equal(parseMessage(text).kind, 'unknown', text)
  })
})
