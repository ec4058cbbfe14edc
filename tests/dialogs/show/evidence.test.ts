import assert from 'node:assert/strict'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { evidenceFor, findingFor } from '../../../dialogs/show/evidence.js'
import { showChannel } from '../../../dialogs/show/show.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import type { RegisterHit } from '../../../triage/register.js'
import { aCheck } from '../../support/guides.js'
import { claimed, opened } from '../../support/diary.js'
import { dataOf, seenAfter } from '../../support/seen.js'
import { phrasesFolder } from '../../content/files.js'

/** The sentences are what matters here, so they are the real ones. */
const phrases = await loadPhrases(phrasesFolder, 'en')

const vpn: RegisterHit = {
  register: 'networks',
  entry: 'sao-paulo-vpn',
  kind: 'vpn',
  owner: 'network team',
  matched: '198.51.100.77',
  from: null,
  to: null,
  standing: 'current',
  countries: [],
  asOf: '2026-11-12',
}
const check = aCheck('address', ['ours', 'hostile'], {
  registers: { networks: { vpn: 'ours', hosting: 'hostile' }, travel: { any: null } },
})
const withHits = (...hits: readonly RegisterHit[]): CaseContext => {
  const context = seenAfter(opened, claimed)
  return {
    ...context,
    guide: { ...context.guide, checks: [check] },
    phrases,
    hits: (wanted) => hits.filter(({ register }) => wanted.includes(register)),
  }
}
const texts = (...hits: readonly RegisterHit[]) =>
  evidenceFor(withHits(...hits), check).evidence.map(({ text }) => text)

describe('dialogs/show/evidence', () => {
  it('says what of the alert is in which entry, of whom and as of when, and marks the option', () => {
    const { evidence, suggested } = evidenceFor(withHits(vpn), check)
    assert.deepEqual(
      [evidence.map(({ text }) => text), suggested],
      [['198.51.100.77 is in “sao-paulo-vpn” (VPN, owner network team, network register of 12 Nov).'], 'ours'],
    )
  })

  it('says of an expired entry, one to come and a journey elsewhere why they do not count', () => {
    const trip: RegisterHit = {
      ...vpn,
      register: 'travel',
      kind: null,
      entry: 'Lisbon',
      matched: 'anna@contoso.example',
      standing: 'elsewhere',
      countries: ['PT'],
      from: '2026-11-10',
      to: '2026-11-14',
    }
    assert.deepEqual(texts({ ...vpn, standing: 'expired', to: '2026-11-01' }), [
      '198.51.100.77 was in “sao-paulo-vpn” until 1 Nov. That entry has expired and does not count.',
    ])
    assert.deepEqual(texts({ ...vpn, standing: 'not-yet', from: '2026-12-01' }), [
      '198.51.100.77 is in “sao-paulo-vpn” only from 1 Dec, so it does not count.',
    ])
    assert.deepEqual(texts(trip), ['anna@contoso.example: the trip “Lisbon” (10 Nov to 14 Nov) covers PT only.'])
  })

  it('suggests none when entries point to different answers, and says so', () => {
    const { evidence, suggested } = evidenceFor(withHits(vpn, { ...vpn, kind: 'hosting', entry: 'rented' }), check)
    assert.equal(suggested, '')
    assert.deepEqual(evidence.at(-1), { text: 'The registers point to different answers, so none is suggested.' })
  })

  it('shows at most three entries, those first that speak for an answer, and counts the others', () => {
    const many = [1, 2, 3, 4].map((at) => ({ ...vpn, kind: null, entry: `e${at}` }))
    const shown = texts(...many, vpn)
    assert.equal(shown.length, 4)
    assert.match(shown[0] ?? '', /sao-paulo-vpn/)
    assert.equal(shown[3], 'and 2 more entries')
  })

  it('is the finding of the suggested answer, and of no other', () => {
    assert.match(findingFor(withHits(vpn), 'address', 'ours'), /^198\.51\.100\.77 is in “sao-paulo-vpn”/)
    assert.equal(findingFor(withHits(vpn), 'address', 'hostile'), '')
    assert.equal(findingFor(withHits(), 'address', 'ours'), '')
    const long = findingFor(withHits({ ...vpn, matched: 'x'.repeat(400) }), 'address', 'ours')
    assert.equal(long.length, 200)
  })

  it('stands on the card of the check, with the option marked; without registers nothing does', () => {
    const data = dataOf(showChannel(withHits(vpn)), 'work')
    assert.equal(data.hasEvidence, true)
    assert.deepEqual(
      data.options.map(({ title, suggestion }) => [title, suggestion]),
      [
        ['It is ours', 'evidence.suggested'],
        ['It is hostile', ''],
        ['It is unknown', ''],
      ].map(([title, said = '']) => [title, said === '' ? '' : phrases[said]]),
    )
    const none = dataOf(showChannel({ ...withHits(), guide: { ...withHits().guide, checks: [check] } }), 'work')
    assert.deepEqual([none.hasEvidence, none.options[0]?.isSuggested], [false, false])
  })

  it('keeps what an alert names harmless to read', () => {
    assert.doesNotMatch(texts({ ...vpn, matched: 'a\u202eb' })[0] ?? '', /\u202e/)
  })
})
