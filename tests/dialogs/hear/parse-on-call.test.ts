import assert from 'node:assert/strict'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'

const named = (...names: readonly string[]) => names.map((name) => ({ id: '29:1', name }))

describe('dialogs/read-on-call', () => {
  it('reads on call, for medium and up unless a severity is told, among words that do not matter', () => {
    for (const text of ['on call', 'On-Call!', 'ONCALL', '\u200Bon call', 'on  call, please.'])
      assert.deepEqual(parseMessage(text), { want: 'on-call', atLeast: 'medium' }, JSON.stringify(text))
    for (const text of [
      'on call high',
      'On call: HIGH.',
      'oncall for high alerts only',
      'on call at least high, please',
    ])
      assert.deepEqual(parseMessage(text), { want: 'on-call', atLeast: 'high' }, text)
    assert.deepEqual(parseMessage('on call informational and up'), { want: 'on-call', atLeast: 'informational' })
    for (const text of ['on call (high)', 'on call - high', 'on call: “high” 👍', 'on call; high!?'])
      assert.deepEqual(parseMessage(text), { want: 'on-call', atLeast: 'high' }, text)
    assert.deepEqual(parseMessage('on call from low'), { want: 'on-call', atLeast: 'low' })
  })

  it('reads off call', () => {
    for (const text of ['off call', 'Off-call.', 'offcall', 'off call here now please'])
      assert.deepEqual(parseMessage(text), { want: 'off-call' }, text)
  })

  it('leaves out who is mentioned, whatever they are called', () => {
    const asked = { want: 'on-call', atLeast: 'low' }
    assert.deepEqual(parseMessage('on call Bo Analyst low', named('Bo Analyst')), asked)
    assert.deepEqual(parseMessage('on call low Low High', named('Low  HIGH')), asked)
    assert.deepEqual(parseMessage('on call @Bo Jr., low', named('Bo Jr.')), asked)
    assert.deepEqual(parseMessage('on call Bo and Bo Analyst low', named('Bo', 'Bo Analyst', '$&', '')), asked)
    assert.deepEqual(parseMessage('off call Bo', named('Bo')), { want: 'off-call' })
    assert.deepEqual(parseMessage('on call Bo!? low', named('Bo!?')), asked)
  })

  it('looks for a name among the words, not within them', () => {
    assert.deepEqual(parseMessage('on call medium Ed', named('Ed')), { want: 'on-call', atLeast: 'medium' })
    assert.deepEqual(parseMessage('on call for high alerts Al', named('Al')), { want: 'on-call', atLeast: 'high' })
    assert.deepEqual(parseMessage('on call Bo Bo', named('Bo', 'Bo')), { want: 'on-call', atLeast: 'medium' })
    assert.deepEqual(parseMessage('on call Bo Analyst', named('Bo', 'Analyst')), { want: 'on-call', atLeast: 'medium' })
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
      assert.equal(parseMessage(text).want, 'channels', text)
  })

  it('takes nothing it does not know for a severity or a name, nor two severities, nor one to be off call for', () => {
    const word = (text: string) => {
      const asked = parseMessage(text, named('Ann'))
      return asked.want === 'bad-severity' ? asked.word : asked.want
    }
    assert.equal(word('on call hgih'), 'hgih')
    assert.equal(word('on call high low'), 'low')
    assert.equal(word('on call Bo Ann'), 'bo')
    assert.equal(word('off call high'), 'high')
    assert.equal(word('off call Bo'), 'bo')
  })

  it('takes other sentences for what they are', () => {
    for (const text of ['on', 'off', 'on calls', 'on call-out', 'callon', 'who is on calls', 'on the call'])
      assert.equal(parseMessage(text).want, 'help', text)
  })
})
