import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'

const wants = (kind: string, ...texts: readonly string[]): void => {
  for (const text of texts) assert.equal(parseMessage(text).kind, kind, JSON.stringify(text))
}

describe('dialogs/hear/parse-message', () => {
  it('knows its few words, however they are written', () => {
    wants(
      'queue',
      'queue',
      'Queue',
      ' QUEUE. ',
      'queue!',
      'queue please',
      'list',
      'queue\r\n',
      '\u200Bqueue',
      'ｑｕｅｕｅ',
    )
    wants('mine', 'mine', 'Mine?', 'mine\u00A0')
    wants('post-here', 'post here', 'Post  Here.', 'post\u00A0here')
    wants('help', 'help', 'HELP!', 'help me', 'Hello', 'hi', '', ' ', '?')
  })

  it('reads a case code as people write it', () => {
    for (const text of [
      'case 7K3F-9QXM-2ABC',
      'Case 7k3f9qxm2abc',
      'case 7k3f 9qxm 2abc.',
      '7k3f-9qxm-2abc',
      '7K3F9QXM2ABC',
    ]) {
      assert.deepEqual(parseMessage(text), { kind: 'show-card', code: '7K3F-9QXM-2ABC' }, text)
    }
  })

  it('passes on what is no code in a harmless form, for the answer that there is no such case', () => {
    assert.deepEqual(parseMessage('case ../../etc/passwd'), { kind: 'show-card', code: 'ETCPASSWD' })
    assert.deepEqual(parseMessage('case <at>x</at>'), { kind: 'show-card', code: 'ATXAT' })
    assert.deepEqual(parseMessage('case 12'), { kind: 'show-card', code: '12' })
  })

  it('says of all it does not know that it does not, and keeps what was written', () => {
    assert.deepEqual(parseMessage(` Hm ${'x'.repeat(500)}`), { kind: 'unknown', said: `Hm ${'x'.repeat(197)}` })
    wants('unknown', 'case', 'post', 'post there', 'constructor', '__proto__', 'the queue', '¿', '\u202Eeueuq', '😀')
  })

  it('takes no longer for a text that is endless', () => {
    const before = process.cpuUsage().user
    for (const unit of ['.', ' ', '!?', '\u202E', 'ﷺ', 'case ', '\n', '.a']) parseMessage(`${unit.repeat(200_000)}x`)
    wants('queue', `queue ${'.'.repeat(200_000)}x`)
    assert.ok(process.cpuUsage().user - before < 500_000, 'more than half a second of work')
  })

  it('never throws, and a code holds digits and letters only', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((tail) => `case ${tail}`),
    )
    fc.assert(
      fc.property(text, (said) => {
        const intent = parseMessage(said)
        if (intent.kind === 'show-card') assert.match(intent.code, /^[0-9A-Z-]{0,250}$/)
      }),
      { numRuns: 1000 },
    )
  })
})
