import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { type ProofSettings, readIntakeProofs } from '../../../bot/http/intake-callers.js'

const tenant = '11111111-1111-4111-8111-111111111111'
const [app, other] = ['AAAAAAAA-1111-4111-8111-111111111111', 'bbbbbbbb-1111-4111-8111-111111111111']
const secret = 'x'.repeat(32)

const read = (settings: Partial<ProofSettings>, taken: readonly string[] = []) =>
  readIntakeProofs({ INTAKE_SIGNATURE_SECONDS: 300, ...settings }, taken)
const entra = { INTAKE_ENTRA_AUDIENCE: 'api://Winnow', INTAKE_ENTRA_TENANT_ID: tenant }

describe('bot/http/intake-callers: the settings', () => {
  it('switch nothing on when nothing is set', () => {
    assert.deepEqual(read({}), { proofs: { entra: null, signing: null }, problems: [] })
    assert.deepEqual(read({ MICROSOFT_APP_TENANT_ID: tenant }).proofs.entra, null)
  })

  it('name the apps whose tokens are taken, each perhaps for one source alone', () => {
    const { proofs, problems } = read({ ...entra, INTAKE_ENTRA_CALLERS: `Playbook@Sentinel:${app}, flow:${other}` })
    assert.deepEqual(problems, [])
    assert.deepEqual(proofs.entra, {
      tenantId: tenant,
      audiences: ['api://winnow'],
      callers: [
        { name: 'playbook', source: 'sentinel', clientId: app.toLowerCase() },
        { name: 'flow', clientId: other },
      ],
    })
  })

  it("take the bot's own tenant where no other is named", () => {
    const settings = { INTAKE_ENTRA_AUDIENCE: 'api://winnow', INTAKE_ENTRA_CALLERS: `a:${app}` }
    assert.equal(read({ ...settings, MICROSOFT_APP_TENANT_ID: tenant }).proofs.entra?.tenantId, tenant)
    const both = { ...settings, MICROSOFT_APP_TENANT_ID: other, INTAKE_ENTRA_TENANT_ID: tenant }
    assert.equal(read(both).proofs.entra?.tenantId, tenant)
  })

  it('name the keys that sign, as they are given', () => {
    const { proofs, problems } = read({ INTAKE_SIGNING_KEYS: `Feed@graph:${secret}Aa=`, INTAKE_SIGNATURE_SECONDS: 60 })
    assert.deepEqual(problems, [])
    const [caller] = proofs.signing?.callers ?? []
    assert.deepEqual([proofs.signing?.seconds, caller?.name, caller?.source], [60, 'feed', 'graph'])
    assert.equal(caller?.secret.export().toString(), `${secret}Aa=`)
  })

  it('tell everything that is wrong at once, with the setting and the remedy, and repeat no secret', () => {
    const { proofs, problems } = read(
      {
        INTAKE_ENTRA_CALLERS: `a:not-a-guid,b@grpah:${app},c:${app}`,
        INTAKE_SIGNING_KEYS: `d:tooshort,nameless,c:${secret},e@here:${secret}`,
      },
      ['b'],
    )
    assert.deepEqual(proofs, { entra: null, signing: null })
    const names = problems.map((problem) => problem.slice(0, problem.indexOf(':')))
    assert.deepEqual(names, [
      'INTAKE_ENTRA_CALLERS',
      'INTAKE_ENTRA_CALLERS',
      'INTAKE_ENTRA_CALLERS',
      'INTAKE_ENTRA_AUDIENCE',
      'INTAKE_ENTRA_TENANT_ID',
      'INTAKE_SIGNING_KEYS',
      'INTAKE_SIGNING_KEYS',
      'INTAKE_SIGNING_KEYS',
      'INTAKE_SIGNING_KEYS',
      'INTAKE_SIGNING_KEYS',
    ])
    const text = problems.join('\n')
    for (const says of [
      /caller 1 must be name:client-id/,
      /caller 2 is for a source that doesn't exist; the sources are .*graph/,
      /the client id aaaaaaaa-\S+ is used twice/,
      /must be set to the application id URI/,
      /must be set to the tenant/,
      /key 1 must be name:secret .*`npm run key -- NAME --signing`/,
      /key 2 must be/,
      /caller 4 is for a source/,
      /the name b is used twice/,
      /the name c is used twice/,
    ])
      assert.match(text, says)
    assert.doesNotMatch(text, /tooshort|nameless|xxxx/)
  })

  it('refuse an audience that nobody uses', () => {
    assert.match(read(entra).problems.join(), /^INTAKE_ENTRA_CALLERS: must name the apps/)
  })

  it('never throw, and what has a problem switches nothing on', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom(`a:${app}`, `b@graph:${other}`, `c:${secret}`, ','))
    const list = fc.array(word).map((words) => words.join(','))
    fc.assert(
      fc.property(list, list, fc.string(), (callers, keys, audience) => {
        const settings = { INTAKE_ENTRA_CALLERS: callers, INTAKE_SIGNING_KEYS: keys, INTAKE_ENTRA_AUDIENCE: audience }
        const { proofs, problems } = read(settings)
        if (problems.length > 0) assert.deepEqual(proofs, { entra: null, signing: null })
      }),
    )
  })
})
