import assert from 'node:assert/strict'
import { because, fill } from '../../triage/because.js'
import { say } from '../../triage/phrases.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { anAlert, anAnswer } from '../support/cast.js'
import { aGuide, aVerdict, travel } from '../support/guides.js'

describe('triage/because', () => {
  it('is the verdict’s sentence with the alert’s facts, and the answers that decided it', () => {
    const answers = [anAnswer('address', 'ours'), anAnswer('journey', 'unknown')]
    const verdictState = evaluateVerdicts(travel, answers).find(({ verdict }) => verdict.id === 'fp-vpn')
    assert.ok(verdictState)
    assert.equal(
      because(verdictState, anAlert(), travel, answers),
      '192.0.2.10 and 198.51.100.7 belongs to a VPN of ours. What of address? It is ours.',
    )
  })

  it('is the sentence alone when nothing was answered', () => {
    const guide = aGuide({ verdicts: [aVerdict('undetermined', { because: 'It is not settled.' })] })
    const [verdictState] = evaluateVerdicts(guide, [])
    assert.ok(verdictState)
    assert.equal(because(verdictState, anAlert(), guide, []), 'It is not settled.')
  })

  it('fills what the alert tells, and says “the user” where it does not', () => {
    const all = '{user}, {address}, {country}, {app}, {resource}'
    assert.equal(
      fill(all, anAlert({ resources: ['vm-1'] })),
      'kim@contoso.example, 192.0.2.10 and 198.51.100.7, Norway and Brazil, Exchange Online, vm-1',
    )
    const silent = anAlert({ people: [], addresses: [{ ip: '', country: null }], apps: [], resources: [] })
    assert.equal(fill(all, silent), 'the user, the IP address, the country, the app, the resource')
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
