import assert from 'node:assert/strict'
import { messageToIntent } from '../../../dialogs/hear/message-to-intent.js'

describe('dialogs/hear/message-to-intent', () => {
  const code = '7K3F-9QXM-2ABC'
  const kind = (text: string, personal: boolean) => messageToIntent(text, [], personal).kind

  it('takes a manager’s answer for one in a personal chat before anything else', () => {
    assert.equal(kind('yes', true), 'answer-confirmation')
    assert.equal(kind(`${code} no`, true), 'answer-confirmation')
    for (const [text, is] of [
      ['queue', 'queue'],
      [`${code} take`, 'action'],
      [`case ${code}`, 'show-card'],
      ['hm', 'unknown'],
    ] as const)
      assert.equal(kind(text, true), is, text)
  })

  it('takes it for one in a channel only when it says nothing else', () => {
    assert.equal(kind('yes', false), 'answer-confirmation')
    assert.equal(kind('note yes', false), 'action')
    assert.equal(kind('hm', false), 'unknown')
  })

  it('has who is mentioned in a channel', () => {
    const mentions = [{ id: '29:1', name: 'Bo' }]
    assert.deepEqual(messageToIntent('off call Bo', mentions, false), { kind: 'off-call', mentioned: mentions })
  })
})
