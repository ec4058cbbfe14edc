import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseList } from '../../../dialogs/hear/parse-list.js'
import { listWords } from '../../../dialogs/list-filter.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'
import { families, severities } from '../../../triage/alert.js'

const all = { family: null, atLeast: null, person: '' }
const asks = (text: string) => parseMessage(text)
const queue = (filter: object, page = 1) => ({ kind: 'queue', filter: { ...all, ...filter }, page })

describe('dialogs/hear/parse-list', () => {
  it('reads a list of everything, and no other word', () => {
    assert.deepEqual(asks('queue'), queue({}))
    assert.deepEqual(asks('List all open cases, please.'), queue({}))
    assert.deepEqual(asks('mine'), { kind: 'mine', filter: all, page: 1 })
    for (const word of ['queues', 'the queue', '']) assert.equal(parseList(word.split(' ')), null, word)
  })

  it('reads severity, product, person and page in any order', () => {
    assert.deepEqual(asks('queue high'), queue({ atLeast: 'high' }))
    assert.deepEqual(asks('queue medium and above'), queue({ atLeast: 'medium' }))
    assert.deepEqual(asks('queue cloud-apps'), queue({ family: 'cloud-apps' }))
    assert.deepEqual(asks('Queue: Resource Manager'), asks('queue, resource-manager'))
    assert.deepEqual(asks('queue Kim@Contoso.example.'), queue({ person: 'kim@contoso.example' }))
    assert.deepEqual(asks('queue about Kim Karlsen'), queue({ person: 'kim karlsen' }))
    assert.deepEqual(asks('queue 2'), queue({}, 2))
    const everything = queue({ family: 'cloud-apps', atLeast: 'low', person: 'kim' }, 3)
    assert.deepEqual(asks('queue page 3 kim low cloud apps'), everything)
    assert.deepEqual(asks('queue cloud-apps low 3 kim'), everything)
  })

  it('begins with the first page, and takes a second severity for part of a name', () => {
    assert.deepEqual(asks('queue 0'), queue({}))
    assert.deepEqual(asks('queue high low'), queue({ atLeast: 'low', person: 'high' }))
  })

  it('is asked for again by the words it is told in', () => {
    const word = fc.constantFrom('kim@contoso.example', 'karlsen', 'ö', '<b>', '${x}', "o'brien")
    const lists = fc.record({
      kind: fc.constantFrom('queue' as const, 'mine' as const),
      filter: fc.record({
        family: fc.constantFrom(null, ...families),
        atLeast: fc.constantFrom(null, ...severities),
        person: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
      }),
      page: fc.integer({ min: 1, max: 999 }),
    })
    fc.assert(
      fc.property(lists, (list) =>
        assert.deepEqual({ ...parseList(listWords(list).split(' ')) }, { ...list, filter: { ...list.filter } }),
      ),
    )
  })
})
