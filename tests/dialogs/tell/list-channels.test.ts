import assert from 'node:assert/strict'
import { filterText } from '../../../dialogs/filter-text.js'
import { listChannels } from '../../../dialogs/tell/list-channels.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'
import { everything } from '../../../triage/routing.js'
import { words } from '../../support/words.js'

describe('dialogs/tell/list-channels', () => {
  const channel = (conversationId: string, filter: Parameters<typeof filterText>[0], boundBy = '') => ({
    place: { conversationId },
    filter,
    boundBy,
    onCall: null,
  })
  const apps = { family: 'cloud-apps', atLeast: 'high' } as const

  it('has a line for each, numbered, with this one as this one and the others by who chose them', () => {
    const list = [channel('c-1', everything), channel('c-2', apps, 'Ada\u202E'), channel('c-3', apps)]
    const phrases = { ...words, 'channels.row': '{number} {where}: {what}', 'filter.at-least': '{what} {severity}' }
    assert.equal(
      listChannels(list, 'c-1', phrases),
      [
        '1 channels.here(): filter.rest(). channels.off-call()',
        '2 channels.bound-by(by=Ada[U+202E]): filter.cloud-apps() severity.high(). channels.off-call()',
        '3 channels.other(): filter.cloud-apps() severity.high(). channels.off-call()',
      ].join('\n'),
    )
  })

  it('says that the one channel gets all alerts, and where the rest goes when no channel is open', () => {
    const phrases = { ...words, 'channels.row': '{what}' }
    assert.equal(listChannels([channel('c-1', everything)], 'c-1', phrases), 'filter.all(). channels.off-call()')
    assert.match(listChannels([channel('c-1', apps)], 'c-1', phrases), /\nchannels\.no-rest\(\)$/)
  })
})

describe('dialogs/tell/list-channels: on call', () => {
  it('says who is on call where, from what severity on, and where nobody is', () => {
    const channel = (conversationId: string, name: string | null) => ({
      place: { conversationId },
      filter: everything,
      boundBy: '',
      onCall: name === null ? null : ({ person: { id: 'u', name }, atLeast: 'high' } as const),
    })
    const phrases = { ...words, 'channels.row': '{number}', 'channels.on-call': '{name} from {severity}' }
    const list = [channel('c-1', 'Ada\u202E'), channel('c-2', null), channel('c-3', 'b'.repeat(70))]
    assert.equal(
      listChannels(list, 'c-1', phrases),
      `1. Ada[U+202E] from severity.high()\n2. channels.off-call()\n3. ${'b'.repeat(59)}… from severity.high()`,
    )
  })
})

describe('dialogs/hear/parse-message: channels', () => {
  it('reads a filter in any order, among words that do not matter', () => {
    const filter = (text: string) => Object(parseMessage(text)).filter
    assert.deepEqual(filter('post here'), everything)
    assert.deepEqual(filter('Post here all alerts, please!'), everything)
    for (const text of ['cloud-apps high', 'high, Cloud Apps.', 'only high from cloud-apps', 'cloud-apps high and up'])
      assert.deepEqual(filter(`post here ${text}`), { family: 'cloud-apps', atLeast: 'high' }, text)
    assert.deepEqual(filter('post here resource manager'), { family: 'resource-manager', atLeast: null })
    assert.deepEqual(filter('post here medium'), { family: null, atLeast: 'medium' })
  })

  it('takes nothing it does not know for a filter, and no two of a kind', () => {
    const word = (text: string) => Object(parseMessage(text)).word
    assert.equal(word('post here clod-apps high'), 'clod-apps')
    assert.equal(word('post here low high'), 'high')
    assert.equal(word('post here cloud-apps elsewhere'), 'elsewhere')
  })

  it('reads which channel is to be let go', () => {
    assert.deepEqual(parseMessage('post nowhere'), { kind: 'post-nowhere', at: null })
    assert.deepEqual(parseMessage('Post nowhere 2.'), { kind: 'post-nowhere', at: 2 })
    assert.deepEqual(parseMessage('post nowhere else'), { kind: 'post-nowhere', at: 0 })
    assert.deepEqual(parseMessage('Channels?'), { kind: 'channels' })
  })
})
