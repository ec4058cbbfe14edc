import assert from 'node:assert/strict'
import { because, fill, longestBecause } from '../../triage/because.js'
import type { Answer, Confirmation } from '../../triage/case.js'
import { englishWords } from '../../triage/because-words.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { ada, anAlert, anAnswer, mia, minute } from '../support/cast.js'
import { aCheck, aGuide, aVerdict, travel } from '../support/guides.js'

const at = 'Alert at 2026-11-12 14:02 UTC'

const composed = (
  guide: Guide,
  verdict: string,
  answers: readonly Answer[],
  more: {
    readonly confirmation?: Confirmation
    readonly words?: string
    readonly alert?: Parameters<typeof anAlert>[0]
  } = {},
): string => {
  const verdictState = evaluateVerdicts(guide, answers).find((one) => one.verdict.id === verdict)
  assert.ok(verdictState)
  const grounds = {
    alert: anAlert({ occurredAt: '2026-11-12T14:02:33.000Z', ...more.alert }),
    answers,
    confirmation: more.confirmation ?? null,
  }
  return because(verdictState, grounds, guide, { by: ada, words: more.words ?? '' })
}

const said: Confirmation = {
  line: 2,
  before: [],
  manager: mia,
  check: 'journey',
  about: 'Kim',
  ask: null,
  askedAt: minute(1),
  askedBy: ada,
  until: minute(60),
  state: 'answered',
  detail: '',
  answer: 'yes',
  from: '2026-11-10',
  to: '2026-11-14',
  note: 'A fair in Brazil',
  answeredAt: minute(5),
}

describe('triage/because', () => {
  it('says what the alert says, what was answered and seen, and then what the verdict claims', () => {
    const answers = [anAnswer('address', 'ours', 'Egress of the Oslo office'), anAnswer('journey', 'unknown')]
    assert.equal(
      composed(travel, 'fp-vpn', answers),
      `${at}: kim@contoso.example, from 192.0.2.10 (Norway) and 198.51.100.7 (Brazil), app Exchange Online. ` +
        'What of address? It is ours: Egress of the Oslo office. 192.0.2.10 and 198.51.100.7 belongs to a VPN of ours.',
    )
  })

  it('names the answers of all ways that are met, in the order of the guide', () => {
    const answers = [anAnswer('journey', 'no'), anAnswer('download', 'yes'), anAnswer('address', 'foreign')]
    assert.match(
      composed(travel, 'tp', answers),
      /What of address\? It is foreign\. What of journey\? It is no\. What of download\? It is yes\./,
    )
  })

  it('names the answers that rule the rivals out', () => {
    assert.match(
      composed(travel, 'fp-vpn', [anAnswer('address', 'ours'), anAnswer('download', 'no')]),
      /It is ours\. What of download\? It is no\./,
    )
  })

  it('says a part only when its answers were given', () => {
    const guide = aGuide({
      checks: [aCheck('record', ['yes', 'no']), aCheck('person', ['yes', 'no'])],
      verdicts: [
        aVerdict('tp', {
          class: 'TP',
          needs: [{ record: ['no'] }],
          because: [
            { say: 'No record covers it.', when: { record: ['no'] } },
            { say: '{user} denied it.', when: { person: ['no'] } },
          ],
        }),
      ],
    })
    const noRecord = [anAnswer('record', 'no')]
    assert.match(composed(guide, 'tp', noRecord), /No record covers it\.$/)
    assert.match(
      composed(guide, 'tp', [...noRecord, anAnswer('person', 'no')]),
      /No record covers it\. kim@contoso\.example denied it\.$/,
    )
  })

  it('names corroboration although it is unknown', () => {
    const guide = aGuide({
      checks: [aCheck('record', ['yes', 'no']), aCheck('device', ['old', 'new'], { also: 'closing' })],
      verdicts: [aVerdict('fp', { needs: [{ record: ['yes'] }] })],
    })
    const answers = [anAnswer('record', 'yes'), anAnswer('device', 'unknown')]
    assert.match(composed(guide, 'fp', answers), /What of record\? It is yes\. What of device\? It is unknown\./)
  })

  it('has the manager’s word with when, which dates and what they wrote', () => {
    assert.match(
      composed(travel, 'btp-travel', [anAnswer('journey', 'yes')], { confirmation: said }),
      /Mia Manager \(manager\) answered “yes” at \d{4}-\d\d-\d\d \d\d:\d\d UTC, 2026-11-10 to 2026-11-14: A fair in Brazil\./,
    )
    const silent: Confirmation = { ...said, state: 'expired', answer: null, answeredAt: null }
    assert.match(
      composed(travel, 'undetermined', [], { confirmation: silent }),
      /Mia Manager \(manager\) was asked at \d{4}-\d\d-\d\d \d\d:\d\d UTC and has not answered\./,
    )
  })

  it('says of undetermined what is open, what contradicts what, and who follows up', () => {
    const answers = [
      anAnswer('address', 'ours'),
      anAnswer('download', 'yes', '300 files'),
      anAnswer('journey', 'unknown'),
    ]
    const text = composed(travel, 'undetermined', answers)
    assert.match(text, /What of download\? It is yes: 300 files\./)
    assert.match(text, /Open: What of journey\?/)
    assert.match(text, /Against “Untagged VPN”: It is yes\./)
    assert.match(text, /It is not settled\. Ada Analyst follows up\.$/)
  })

  it('says of undetermined why something is unknown, where somebody said it', () => {
    const answers = [anAnswer('address', 'unknown', 'The log has no address'), anAnswer('journey', 'unknown')]
    const text = composed(travel, 'undetermined', answers)
    assert.match(text, /What of address\? It is unknown: The log has no address\./)
    assert.match(text, /Open: What of journey\?/)
    assert.doesNotMatch(text, /Open: What of address\?/)
  })

  it('says only what was seen after an unknown answer, not why answers can be unknown', () => {
    const text = 'Unknown: no one reached'
    const answers = [anAnswer('address', 'unknown', 'Five people share it'), anAnswer('download', 'unknown')]
    assert.match(
      composed(
        travel,
        'undetermined',
        answers.map((one) => ({ ...one, text })),
      ),
      /What of address\? Unknown: Five people share it\./,
    )
  })

  it('tells an override as one, beside what the answers said, and claims nothing of the verdict', () => {
    const text = composed(travel, 'fp-vpn', [anAnswer('address', 'foreign')], { words: 'A backup, I asked Kim' })
    assert.match(text, /It is foreign\. Override by Ada Analyst: A backup, I asked Kim\.$/)
    assert.doesNotMatch(text, /belongs to a VPN/)
  })

  it('ends with the sentence that the analyst adds', () => {
    assert.match(
      composed(travel, 'fp-vpn', [anAnswer('address', 'ours')], { words: 'Range is new' }),
      /VPN of ours\. Ada Analyst adds: Range is new\.$/,
    )
  })

  it('has 120 words at the most, and leaves out questions before answers', () => {
    const long = 'word '.repeat(60).trim()
    const answers = [
      anAnswer('address', 'foreign', long),
      anAnswer('journey', 'no', long),
      anAnswer('download', 'yes', long),
    ]
    const text = composed(travel, 'tp', answers)
    assert.ok(text.split(' ').length <= longestBecause, text)
    for (const answer of ['It is foreign', 'It is no', 'It is yes']) assert.ok(text.includes(answer), text)
    assert.match(text, /Somebody other than kim@contoso\.example signed in/)
  })

  it('cuts the words of an option before what was seen, and leaves what was seen briefly whole', () => {
    const words = (word: string, count: number) => Array.from({ length: count }, () => word).join(' ')
    const checks = ['caller', 'log', 'record'].map((id) =>
      aCheck(id, [], { options: [{ id: 'one', text: words('option', 30), asks: null }] }),
    )
    const needs = [{ caller: ['one'], log: ['one'], record: ['one'] }]
    const guide = aGuide({ checks, verdicts: [aVerdict('tp', { class: 'TP', needs })] })
    const text = composed(guide, 'tp', [
      anAnswer('caller', 'one', words('seen', 90)),
      anAnswer('log', 'one', '41 accounts in 17 seconds'),
      anAnswer('record', 'one', 'CHG-2291 names another account'),
    ])
    assert.ok(text.split(' ').length <= longestBecause, text)
    assert.match(text, /option…: 41 accounts in 17 seconds\. .*option…: CHG-2291 names another account\. Because of tp/)
    assert.match(text, /option…: (seen ){20,}seen…/)
  })

  it('names an answer that speaks for itself without its question where room is short', () => {
    const options = ['No record was found', 'No: another account'].map((text, index) => ({
      id: `o${index}`,
      text,
      asks: null,
    }))
    const guide = aGuide({
      checks: [aCheck('record', [], { options }), aCheck('log', ['seen'])],
      verdicts: [aVerdict('tp', { class: 'TP', needs: [{ record: ['o0', 'o1'], log: ['seen'] }] })],
    })
    const long = anAnswer('log', 'seen', 'word '.repeat(100).trim())
    assert.match(composed(guide, 'tp', [anAnswer('record', 'o0'), long]), /Online\. No record was found\. /)
    assert.match(composed(guide, 'tp', [anAnswer('record', 'o1'), long]), /What of record\? No: another account\. /)
  })

  it('tells the time alone when the alert names nothing else', () => {
    const nothing = { people: [], addresses: [], apps: [], resources: [] }
    assert.equal(
      composed(travel, 'btp-travel', [anAnswer('journey', 'yes')], { alert: nothing }),
      `${at}. What of journey? It is yes. the user was travelling.`,
    )
  })

  it('fills what the alert tells, and says “the user” where it does not', () => {
    const all = '{user}, {address}, {country}, {app}, {resource}'
    assert.equal(
      fill(all, anAlert({ resources: ['vm-1'] })),
      'kim@contoso.example, 192.0.2.10 and 198.51.100.7, Norway and Brazil, Exchange Online, vm-1',
    )
    const silent = anAlert({ people: [], addresses: [{ ip: '', country: null }], apps: [], resources: [] })
    assert.equal(fill(all, silent), 'the user, the IP address, an unknown country, the app, the resource')
  })

  it('names countries in a sentence as English does', () => {
    const from = (codes: readonly string[], words?: Phrases) =>
      fill('from {country}', anAlert({ addresses: codes.map((country) => ({ ip: '192.0.2.1', country })) }), words)
    assert.equal(from(['NL', 'BR']), 'from the Netherlands and Brazil')
    assert.equal(from(['US']), 'from the United States')
    assert.equal(from(['NL'], { ...englishWords, language: 'sv' }), 'from Nederländerna')
  })

  it('names people as well as it can, each once, three at the most', () => {
    const person = (upn: string | null, name: string | null, objectId: string | null) => ({ upn, name, objectId })
    const people = [
      person(null, 'Kim', 'o-1'),
      person(null, null, 'o-2'),
      person(null, 'Kim', 'o-3'),
      person('x', 'X', 'o-4'),
    ]
    assert.equal(fill('{user}', anAlert({ people })), 'Kim and o-2')
    assert.equal(fill('{app}', anAlert({ apps: ['A', 'B', 'C', 'D'] })), 'A, B and C')
    const agent = { kind: 'service-principal', name: 'build-agent', id: 'x' } as const
    assert.equal(
      fill('{app}', anAlert({ apps: [], identities: [agent, { ...agent, name: null }] })),
      'build-agent and x',
    )
  })

  it('names three of everything at the most, and nothing twice', () => {
    const address = (end: number, country: string) => ({ ip: `192.0.2.${end}`, country })
    const addresses = [address(1, 'NO'), address(2, 'SE'), address(3, 'NO'), address(4, 'DK')]
    const resources = ['vm-1', 'vm-1', 'vm-2', 'vm-3']
    const alert = anAlert({ addresses, resources })
    assert.equal(fill('{address}', alert), '192.0.2.1, 192.0.2.2 and 192.0.2.3')
    assert.equal(fill('{country}', alert), 'Norway and Sweden')
    assert.equal(fill('{resource}', alert), 'vm-1 and vm-2')
    assert.equal(fill('{app}', anAlert({ apps: ['A', 'B', 'C', 'D'] })), 'A, B and C')
  })

  it('takes a name that is empty for none', () => {
    const people = ['', 'kim@contoso.example', ''].map((upn) => ({ upn, name: null, objectId: null }))
    assert.equal(fill('{user}', anAlert({ people })), 'kim@contoso.example')
    assert.equal(fill('{user}', anAlert({ people: [{ upn: null, name: null, objectId: null }] })), 'the user')
  })

  it('leaves what only looks like a country code as the source says it', () => {
    const addresses = ['DEU', 'xDE'].map((country) => ({ ip: '192.0.2.1', country }))
    assert.equal(fill('{country}', anAlert({ addresses })), 'DEU and xDE')
  })

  it('says countries as people do, and leaves what is no code as the source says it', () => {
    const addresses = ['DE', 'Atlantis', 'de', 'QQ'].map((country) => ({ ip: '192.0.2.1', country }))
    assert.equal(fill('{country}', anAlert({ addresses: addresses.slice(0, 3) })), 'Germany, Atlantis and de')
    assert.equal(fill('{country}', anAlert({ addresses: addresses.slice(3) })), 'QQ')
  })

  it('does not fill what a source writes like a placeholder', () => {
    assert.equal(
      fill('By {user}.', anAlert({ people: [{ upn: '{address}$&', name: null, objectId: null }] })),
      'By {address}$&.',
    )
  })
})

describe('triage/phrases', () => {
  it('fills placeholders, and leaves those nobody fills', () => {
    assert.equal(say({ greet: 'Hello {name}, {other}' }, 'greet', { name: 'Ada' }), 'Hello Ada, {other}')
    assert.equal(say({ greet: '{constructor} {toString}' }, 'greet'), '{constructor} {toString}')
  })

  it('shows the key of a phrase that is missing', () => {
    assert.equal(say({}, 'refusal.closed'), 'refusal.closed')
  })
})
