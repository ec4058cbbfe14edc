import assert from 'node:assert/strict'
import { incidents, people } from '../../support/activities.js'
import { card, openRig } from './rig.js'

describe('bot/teams/counted', () => {
  it('tells of every message sent or edited for a person, and of its end, but not of answers to clicks', async () => {
    const told: string[] = []
    const rig = await openRig({
      sending: ({ conversationId }) => {
        told.push(`begin ${conversationId}`)
        return () => void told.push('end')
      },
    })
    const from = { by: people.ana, conversation: incidents }
    await rig.send(rig.activities.invoke('claim', {}, '1', from))
    assert.deepEqual(told, [])
    rig.answers.said = () => [{ text: 'one' }, card('two')]
    await rig.send(rig.activities.message('queue', from))
    assert.deepEqual(told, [`begin ${incidents}`, 'end', `begin ${incidents}`, 'end'])
    told.length = 0
    const posted = await rig.messenger.post(rig.place(incidents), card('new'))
    const thread = posted.place.conversationId
    await rig.send(rig.activities.submit({ verb: 'claim' }, posted.messageId, { ...from, conversation: thread }))
    assert.deepEqual(told, [`begin ${thread}`, 'end'])
    await rig.close()
  })
})
