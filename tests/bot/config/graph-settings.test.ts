import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../../bot/config/config.js'
import { isFault } from '../../../triage/fault.js'

const bot = '22222222-2222-4222-8222-222222222222'
const other = '33333333-3333-4333-8333-333333333333'
const tenant = '11111111-1111-4111-8111-111111111111'
const whole = { MICROSOFT_APP_ID: bot, MICROSOFT_APP_PASSWORD: 'botpw', MICROSOFT_APP_TENANT_ID: tenant }

describe('bot/config/graph-settings', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-graph-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const read = (env: NodeJS.ProcessEnv) =>
    readConfig({ DATA_FOLDER: join(folder, 'data'), PULL_ALERTS: 'graph', ...env })
  const says = (env: NodeJS.ProcessEnv, pattern: RegExp): void =>
    assert.throws(
      () => read(env),
      (error) => isFault(error, 'config/invalid') && pattern.test(error.message),
    )

  it('pulls nothing unless it is switched on', () => {
    assert.equal(read({ ...whole, PULL_ALERTS: '', INTAKE_KEYS: `a:${'0'.repeat(64)}` }).pull, null)
    assert.equal(read({ PULL_ALERTS: undefined }).pull, null)
  })

  it('signs in as the bot, with its password, and needs no key of a sender then', () => {
    assert.deepEqual(read(whole).pull, {
      everyMs: 60_000,
      graph: { tenantId: tenant, clientId: bot, cloud: 'global', proof: { kind: 'secret', secret: 'botpw' } },
    })
  })

  it('signs in as the bot’s managed identity where it has one', () => {
    const { MICROSOFT_APP_PASSWORD: _, ...rest } = whole
    const proof = read({ ...rest, MICROSOFT_APP_TYPE: 'UserAssignedMSI' }).pull?.graph.proof
    assert.deepEqual(proof, { kind: 'managed-identity' })
  })

  it('signs in as another application, by secret, certificate, or managed identity, and never with the bot’s password', () => {
    const named = { ...whole, GRAPH_CLIENT_ID: other, GRAPH_CLOUD: 'us-government', PULL_SECONDS: '300' }
    assert.deepEqual(read({ ...named, GRAPH_CLIENT_SECRET: 's' }).pull, {
      everyMs: 300_000,
      graph: { tenantId: tenant, clientId: other, cloud: 'us-government', proof: { kind: 'secret', secret: 's' } },
    })
    const file = join(folder, 'graph.pem')
    writeFileSync(file, '')
    assert.deepEqual(read({ ...named, GRAPH_CERTIFICATE_FILE: file }).pull?.graph.proof, { kind: 'certificate', file })
    assert.deepEqual(read(named).pull?.graph.proof, { kind: 'managed-identity' })
  })

  it('says what is missing, or too much', () => {
    says({}, /GRAPH_CLIENT_ID: [^]*GRAPH_TENANT_ID: /)
    says({ ...whole, GRAPH_CERTIFICATE_FILE: join(folder, 'none.pem') }, /GRAPH_CERTIFICATE_FILE: .* can't be read/)
    says({ ...whole, GRAPH_CLIENT_SECRET: 's', GRAPH_CERTIFICATE_FILE: 'x' }, /GRAPH_CLIENT_SECRET: must be left out/)
    says({ ...whole, GRAPH_CLOUD: 'moon' }, /GRAPH_CLOUD: must be global/)
    says({ ...whole, PULL_ALERTS: 'sentinel' }, /PULL_ALERTS: must be graph/)
    for (const PULL_SECONDS of ['1', '9999', 'often']) says({ ...whole, PULL_SECONDS }, /PULL_SECONDS: must be /)
  })

  it('looks nothing up unless it is switched on; then for severe alerts at once, and well within the quota', () => {
    assert.equal(read(whole).lookUps, undefined)
    const graph = { tenantId: tenant, clientId: bot, cloud: 'global', proof: { kind: 'secret', secret: 'botpw' } }
    const on = { ...whole, PULL_ALERTS: '', INTAKE_KEYS: `a:${'0'.repeat(64)}`, LOOK_UPS: 'graph' }
    assert.deepEqual(read(on).lookUps, { graph, atOnce: 'high', perMinute: 30, timeoutMs: 30_000 })
    assert.equal(read({ ...on, LOOK_UPS_AT_ONCE: 'never' }).lookUps?.atOnce, null)
    const other = { LOOK_UPS_AT_ONCE: 'low', LOOK_UPS_PER_MINUTE: '45', LOOK_UP_SECONDS: '5' }
    assert.deepEqual(read({ ...on, ...other }).lookUps, { graph, atOnce: 'low', perMinute: 45, timeoutMs: 5000 })
    says({ PULL_ALERTS: '', LOOK_UPS: 'graph' }, /GRAPH_CLIENT_ID: /)
    says({ ...on, LOOK_UPS: 'sentinel' }, /LOOK_UPS: must be graph/)
    says({ ...on, LOOK_UPS_AT_ONCE: 'severe' }, /LOOK_UPS_AT_ONCE: must be /)
    for (const LOOK_UPS_PER_MINUTE of ['0', '46', 'many'])
      says({ ...on, LOOK_UPS_PER_MINUTE }, /LOOK_UPS_PER_MINUTE: must/)
    for (const LOOK_UP_SECONDS of ['0', '999', 'few']) says({ ...on, LOOK_UP_SECONDS }, /LOOK_UP_SECONDS: must be /)
  })

  it('passes no secret on to other processes', () => {
    assert.doesNotMatch(JSON.stringify(read({ ...whole, GRAPH_CLIENT_SECRET: 'hush' }).surroundings), /hush|botpw/)
  })
})
