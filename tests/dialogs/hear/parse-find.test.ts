import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type FindFilter, findSince, findWords, findsAll } from '../../../dialogs/find-filter.js'
import { clickToIntent } from '../../../dialogs/hear/click-to-intent.js'
import { parseFind } from '../../../dialogs/hear/parse-find.js'
import { parseMessage } from '../../../dialogs/hear/parse-message.js'
import { families, severities } from '../../../triage/alert.js'
import { verdictClasses } from '../../../triage/guide.js'
import { ada, minute, now } from '../../support/cast.js'

const all: FindFilter = { terms: [], state: null, family: null, atLeast: null, verdict: null, since: null }
const finds = (filter: Partial<FindFilter>, page = 1) => ({ kind: 'find', filter: { ...all, ...filter }, page })

describe('dialogs/hear/parse-find', () => {
  it('looks for each word, in lower case, and for what stands in quotes as a whole', () => {
    assert.deepEqual(parseMessage('Find Anna@Contoso.example.'), finds({ terms: ['anna@contoso.example'] }))
    assert.deepEqual(parseMessage('search anna karlsen'), finds({ terms: ['anna', 'karlsen'] }))
    assert.deepEqual(
      parseMessage('find “Impossible travel” open'),
      finds({ terms: ['impossible travel'], state: 'open' }),
    )
    assert.deepEqual(parseMessage('find "open"'), finds({ terms: ['open'] }))
    assert.deepEqual(parseMessage('find all cases about kim please'), finds({ terms: ['kim'] }))
  })

  it('reads state, severity, product, verdict, time and page in any order', () => {
    assert.deepEqual(parseMessage('find anna open'), finds({ terms: ['anna'], state: 'open' }))
    assert.deepEqual(
      parseMessage('find high cloud apps closed'),
      finds({ atLeast: 'high', family: 'cloud-apps', state: 'closed' }),
    )
    assert.deepEqual(parseMessage('find FP'), finds({ verdict: 'FP' }))
    assert.deepEqual(parseMessage('find btp kim'), finds({ verdict: 'B-TP', terms: ['kim'] }))
    assert.deepEqual(parseMessage('find undetermined'), finds({ verdict: 'undetermined' }))
    assert.deepEqual(
      parseMessage('find since 2026-03-01 vpn page 3'),
      finds({ since: '2026-03-01', terms: ['vpn'] }, 3),
    )
    assert.deepEqual(parseMessage('find since 7 days'), finds({ since: '7d' }))
    assert.deepEqual(parseMessage('find since 024h'), finds({ since: '24h' }))
    assert.deepEqual(parseMessage('find since 2026-13-45 x'), finds({ terms: ['since', '2026-13-45', 'x'] }))
    assert.deepEqual(parseMessage('find 203.0.113.7'), finds({ terms: ['203.0.113.7'] }))
  })

  it('takes a code with or without its hyphens', () => {
    for (const code of ['7k3f-9qxm-2abc', '7K3F9QXM2ABC'])
      assert.deepEqual(parseFind(`find ${code}`), finds({ terms: ['7k3f-9qxm-2abc'] }))
    assert.deepEqual(parseFind('find exfiltration'), finds({ terms: ['exfiltration'] }))
  })

  it('tells what names nothing, and what is no search', () => {
    assert.ok([parseFind('find'), parseFind('find "" ?!')].every((one) => one && findsAll(one.filter)))
    for (const text of ['finding 1 x', 'finder', 'please find', '']) assert.equal(parseFind(text), null, text)
    assert.equal(parseMessage('finding 1 new device').kind, 'action')
  })

  it('is harmless whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 900 }), fc.string({ unit: 'binary', maxLength: 900 })), (text) => {
        const intent = parseFind(`find ${text}`)
        assert.ok(intent)
        assert.ok(intent.filter.terms.length <= 8 && intent.filter.terms.every((term) => term.length <= 200))
        assert.deepEqual(parseFind(findWords(intent)), intent)
      }),
    )
    assert.deepEqual(parseFind('find (a+)+$ [x'), finds({ terms: ['(a+)+$', '[x'] }))
    assert.deepEqual(parseFind('find pay\u200Bload\u202E'), finds({ terms: ['payload'] }))
  })

  it('is asked for again by the words it is told in, as a button carries them', () => {
    const word = fc.constantFrom(
      'kim@contoso.example',
      'high',
      'open',
      'since 7d',
      'page 2',
      'ö',
      '${x}',
      "o'brien",
      '.*',
    )
    const searches = fc.record({
      kind: fc.constant('find' as const),
      filter: fc.record({
        terms: fc.uniqueArray(word, { maxLength: 4 }),
        state: fc.constantFrom(null, 'open' as const, 'closed' as const),
        family: fc.constantFrom(null, ...families),
        atLeast: fc.constantFrom(null, ...severities),
        verdict: fc.constantFrom(null, ...verdictClasses),
        since: fc.constantFrom(null, '2026-03-01', '7d', '24h', '2w', '3m'),
      }),
      page: fc.integer({ min: 1, max: 999 }),
    })
    fc.assert(
      fc.property(searches, (search) => {
        const words = findWords(search)
        assert.deepEqual(clickToIntent('list', { words }, { at: now, by: ada }), {
          ...search,
          filter: { ...search.filter },
        })
      }),
    )
  })

  it('reckons back from now', () => {
    assert.equal(findSince('24h', minute(0)), '2026-03-01T09:00:00.000Z')
    assert.equal(findSince('2w', minute(0)), '2026-02-16T09:00:00.000Z')
    assert.deepEqual([findSince('2026-03-01', now), findSince(null, now)], ['2026-03-01', null])
  })
})
