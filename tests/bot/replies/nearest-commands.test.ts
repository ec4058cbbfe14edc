import assert from 'node:assert/strict'
import { nearestCommands } from '../../../bot/replies/nearest-commands.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'

describe('bot/replies/nearest-commands', () => {
  it('finds what was meant', () => {
    const meant = {
      queu: 'queue',
      'tak over please': 'take over',
      awnser: 'answer 2',
      'anser 3 hosting': 'answer 2',
      'post her': 'post here',
      'oncall please now': 'on call',
      chanels: 'channels',
      'ask manger': 'ask manager',
      'notes: called Kim': 'note text',
      '7K3F-9QXM-2ABC realese': 'release',
    }
    for (const [said, command] of Object.entries(meant)) assert.equal(nearestCommands(said)[0], command, said)
  })

  it('always names three, each once', () => {
    for (const said of ['', '🤷', 'x'.repeat(9000), '7K3F-9QXM-2ABC', '  ']) {
      assert.equal(new Set(nearestCommands(said)).size, 3, said)
    }
  })

  it('names only what is understood', () => {
    const all = new Set(
      ['queue', 'zzz', 'on', 'p', 'done', 'reopen', 'chat', 'verdict', 'back'].flatMap(nearestCommands),
    )
    for (const command of all) assert.notEqual(parseMessage(command).kind, 'unknown', command)
  })
})
