import assert from 'node:assert/strict'
import { findGuide, suggestions } from '../../../content/author/find-guide.js'
import { guideList } from '../../../content/author/guide-list.js'
import { guideText } from '../../../content/author/guide-text.js'
import { wrap } from '../../../content/author/wrap.js'
import { aGuide, other, travel } from '../../support/guides.js'

const twin = aGuide({ type: 'twin', title: travel.title, sharesTitle: travel.type })
const types = (name: string) => findGuide(name, [travel, twin, other]).map(({ type }) => type)

describe('content/author/guide-text', () => {
  it('prints a guide as it is met: checks with how and options, verdicts with what they need, steps in order', () => {
    const lines = guideText(travel).split('\n')
    const order = [
      'Impossible travel (impossible-travel)',
      '  1. What of address? [address]',
      '     Look at address.',
      '     ( ) It is ours [ours]',
      '     The manager can be asked: Was {user} in {country} then?',
      '  TP - Account in other hands [tp]',
      '     needs    journey is no',
      '          or  address is foreign, and download is yes',
      '     against  address is ours',
      '     1. Do suspend-user [suspend-user]',
      '     3. Do tell-user (optional) [tell-user]',
      '     4. Do roll-back, if anything was changed [roll-back]',
      '     1. Do same-place [same-place]',
      '     1. Do tag-ranges (optional) [tag-ranges]',
      '     after mail-forwarding within 7 days: An intruder may be in this mailbox.',
    ]
    const places = order.map((line) => lines.indexOf(line))
    assert.deepEqual(
      order.filter((_, index) => (places[index] ?? -1) < 0),
      [],
    )
    assert.deepEqual(
      places,
      places.toSorted((one, two) => one - two),
    )
  })

  it('tells which answers allow which verdicts', () => {
    const table = guideText(travel).split('ANSWERS AND THE VERDICTS THEY ALLOW')[1] ?? ''
    assert.match(table, /\n {2}fp-vpn\n {5}- address ours; journey unknown; download no\|unknown\n/)
  })

  it('keeps its lines short', () => {
    assert.deepEqual(
      guideText(travel)
        .split('\n')
        .filter((line) => line.length > 100),
      [],
    )
    assert.deepEqual(
      wrap('a '.repeat(60).trim(), '- ', '  ').map((line) => line.length),
      [99, 23],
    )
    assert.deepEqual(wrap('x'.repeat(120)), ['x'.repeat(120)])
  })
})

describe('content/author/find-guide', () => {
  it('finds a guide by type, key or title, however they are spelled', () => {
    assert.deepEqual(types('IMPOSSIBLE-TRAVEL'), ['impossible-travel'])
    assert.deepEqual(types('ALERT_ANUBIS_DETECTION_VELOCITY'), ['impossible-travel'])
    assert.deepEqual(types('impossible travel activity (preview)'), ['impossible-travel', 'twin'])
    assert.deepEqual(types('nothing'), [])
  })

  it('suggests what holds the word, else what is nearest', () => {
    assert.deepEqual(suggestions('TRAVEL', [travel, twin, other]), ['impossible-travel', 'twin'])
    assert.deepEqual(suggestions('imposible-travl', [travel, other]), ['impossible-travel'])
    assert.deepEqual(suggestions('ohter', [travel, other]), ['other'])
    assert.deepEqual(suggestions('zzzzzz', [travel, other]), [])
  })
})

describe('content/author/guide-list', () => {
  it('counts what each guide has, and all of them', () => {
    const [heading, first, second, totals] = guideList([travel, other])
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    assert.deepEqual(heading?.slice(-7), ['checks', 'TP', 'B-TP', 'FP', 'actions', 'scope', 'tuning'])
    assert.deepEqual(first?.slice(-7), ['3', '1', '1', '1', '7', '2', '1'])
    assert.deepEqual(second?.slice(0, 3), ['other', 'any', 'low'])
    assert.deepEqual(totals, ['2 guides', '3', '1', '1', '1', '7', '2', '1'])
  })
})
