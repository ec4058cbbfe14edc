import assert from 'node:assert/strict'
import { showHelp } from '../../../dialogs/show/show-help.js'
import { words } from '../../support/words.js'

describe('dialogs/show/show-help', () => {
  it('has a line for each command of a group: what to send, and what that does', () => {
    const lists = 'queue: open cases\nnote text, chat: a note: yours'
    const { heading, intro, groups } = showHelp({ ...words, 'help.lists.commands': lists }).data
    assert.deepEqual([heading, intro], ['help.heading()', 'help.intro()'])
    assert.deepEqual(
      groups.map((group) => group.heading),
      ['help.lists()', 'help.case()', 'help.channel()'],
    )
    assert.deepEqual(groups[0]?.commands, [
      { send: 'queue', does: 'open cases' },
      { send: 'note text, chat', does: 'a note: yours' },
    ])
  })
})
