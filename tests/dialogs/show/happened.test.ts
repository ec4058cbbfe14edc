import assert from 'node:assert/strict'
import { happened } from '../../../dialogs/show/happened.js'
import type { Alert } from '../../../triage/alert.js'
import { anAlert } from '../../support/cast.js'
import { words } from '../../support/words.js'

const phrases = { ...words, 'happened.in': '{from} → {to} in {gap}', 'happened.within': '{from}, {to} within {gap}' }
const lineOf = (alert: Partial<Alert>, longest?: number) =>
  happened(anAlert({ description: '', apps: [], ...alert }), phrases, longest)

describe('dialogs/show/happened: what happened in one line', () => {
  it('names whom it is about and the places, without claiming an order that the alert does not tell', () => {
    assert.equal(lineOf({}), 'Kim Karlsen · NO, BR')
    assert.equal(
      lineOf({
        description: 'Kim signed in from 192.0.2.10 in Norway and from 198.51.100.7 in Brazil within 51 minutes.',
      }),
      'Kim Karlsen · NO, BR within 51 min',
    )
  })

  it('tells a journey where the alert says which address came first, in whatever order it lists them', () => {
    const later = (one: string, other: string) => `Kim signed in from ${one} and, 38 minutes later, from ${other}.`
    assert.equal(lineOf({ description: later('192.0.2.10', '198.51.100.7') }), 'Kim Karlsen · NO → BR in 38 min')
    assert.equal(lineOf({ description: later('198.51.100.7', '192.0.2.10') }), 'Kim Karlsen · BR → NO in 38 min')
    assert.equal(lineOf({ description: later('192.0.2.100', '198.51.100.7') }), 'Kim Karlsen · NO, BR within 38 min')
    assert.equal(lineOf({ description: 'Then, 2 hours later, somewhere else.' }), 'Kim Karlsen · NO, BR within 2 h')
  })

  it('falls back on the address, the resource by its name, or the app, and counts the others', () => {
    const address = { ip: '192.0.2.10', country: 'NO' }
    assert.equal(lineOf({ addresses: [address] }), 'Kim Karlsen · 192.0.2.10 (NO)')
    assert.equal(lineOf({ addresses: [], apps: ['Exchange Online', 'Teams'] }), 'Kim Karlsen · Exchange Online +1')
    const resources = ['/subscriptions/x/providers/Microsoft.KeyVault/vaults/payments-kv', '/subscriptions/y/']
    assert.equal(lineOf({ people: [], addresses: [], resources }), 'payments-kv +1')
    const people = [{ upn: 'kim@contoso.example', objectId: null, name: null }]
    assert.equal(
      lineOf({ people, addresses: [address, { ip: '10.0.0.1', country: null }] }),
      'kim@contoso.example · 192.0.2.10 (NO) +1',
    )
    const identities = [{ kind: 'service-principal', name: 'build-agent', id: null }] as const
    assert.equal(lineOf({ people: [], identities, addresses: [] }), 'build-agent')
  })

  it('names the first of three countries', () => {
    const addresses = ['NO', 'BR', 'JP'].map((country, at) => ({ ip: `192.0.2.${at}`, country }))
    assert.equal(lineOf({ addresses }), 'Kim Karlsen · NO +2')
  })

  it('counts what the description counts', () => {
    assert.equal(
      lineOf({ addresses: [], description: 'Kim uploaded 1,312 files with the extension .lockt.' }),
      'Kim Karlsen · 1,312 files',
    )
    assert.equal(lineOf({ addresses: [], description: 'Kim uploaded 99 balloons.' }), 'Kim Karlsen')
  })

  it('leaves out the app rather than the count where there is no room for both', () => {
    const alert = {
      apps: ['Microsoft OneDrive for Business', 'Microsoft SharePoint Online'],
      addresses: [{ ip: '192.0.2.181', country: 'DE' }],
      description: 'Kim changed 312 files.',
    }
    const app = 'Microsoft OneDrive for Business +1'
    assert.equal(lineOf(alert), `Kim Karlsen · 192.0.2.181 (DE) · ${app} · 312 files`)
    assert.equal(lineOf(alert, 68), 'Kim Karlsen · 192.0.2.181 (DE) · 312 files')
    assert.equal(lineOf({ ...alert, description: '' }, 68), `Kim Karlsen · 192.0.2.181 (DE) · ${app}`)
  })

  it('says nothing where nothing is known, and is short and harmless whatever is', () => {
    assert.equal(lineOf({ people: [], addresses: [] }), '')
    const people = [{ upn: null, objectId: null, name: `\u202E${'x'.repeat(500)}` }]
    const line = lineOf({ people, apps: ['y'.repeat(500)] }, 80)
    assert.ok(line.length <= 80 && line.startsWith('[U+202E]x'), line)
  })
})
