import assert from 'node:assert/strict'
import { join } from 'node:path'
import { nearestCommands as nearest } from '../../../bot/replies/nearest-commands.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'
import { commandsOf } from '../../../dialogs/show/show-help.js'
import type { Phrases } from '../../../triage/phrases.js'

describe('bot/replies/nearest-commands', () => {
  let phrases: Phrases = {}
  before(async () => {
    phrases = await loadPhrases(join('content', 'phrases'), 'en')
  })
  const nearestCommands = (said: string) => nearest(said, phrases)

  it('finds what was meant', () => {
    const meant = {
      queu: 'queue',
      'fnd kim': 'find TEXT',
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

  it('names three, each once, where one is near, and else none', () => {
    for (const said of ['qeue', '7K3F-9QXM-2ABC tkae']) assert.equal(new Set(nearestCommands(said)).size, 3, said)
    for (const said of ['', '🤷', 'x'.repeat(9000), '7K3F-9QXM-2ABC', '  ', 'blah blah', 'yes?', 'ok'])
      assert.deepEqual(nearestCommands(said), [], said)
  })

  it('knows every command of the help, each once, and all of them are understood', () => {
    const all = commandsOf(phrases)
    for (const command of ['find TEXT', 'queue high', 'verdict ID reason', 'skip 2 reason'])
      assert.ok(all.includes(command))
    for (const command of [...all, 'help']) {
      const [written = ''] = command.split(' and ')
      assert.notEqual(parseMessage(written.replace('CODE', '7K3F-9QXM-2ABC')).kind, 'unknown', command)
      const name = written.split(' ').filter((word) => /^[a-z]+$/.test(word))
      assert.equal(nearestCommands(written)[0]?.split(' ')[0], name[0], command)
    }
  })
})
