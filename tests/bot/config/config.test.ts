import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../../bot/config/config.js'
import { hashKey } from '../../../bot/http/intake-keys.js'
import { isFault } from '../../../triage/fault.js'

const id = '22222222-2222-4222-8222-222222222222'
const tenant = '11111111-1111-4111-8111-111111111111'
const INTAKE_KEYS = `sentinel:${hashKey('k')}`
const whole = { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: 's3cret', MICROSOFT_APP_TENANT_ID: tenant, INTAKE_KEYS }

describe('bot/config/config', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const read = (env: NodeJS.ProcessEnv = {}) => readConfig({ DATA_FOLDER: join(folder, 'data'), ...env })
  /** The settings that are complained of, in order, and the whole message. */
  const faults = (env: NodeJS.ProcessEnv): { readonly names: readonly string[]; readonly message: string } => {
    try {
      read(env)
    } catch (error) {
      assert.ok(isFault(error, 'config/invalid'), String(error))
      const names = [...error.message.matchAll(/^ {2}- ([A-Z_]+): .{10,}$/gm)].map(([, name]) => name ?? '')
      assert.equal(names.length, error.message.split('\n').length - 1, error.message)
      return { names, message: error.message }
    }
    return { names: [], message: '' }
  }

  it('needs nothing: without credentials it is local mode, on this machine only', () => {
    const config = read()
    assert.deepEqual(
      { ...config, dataFolder: '', surroundings: {} },
      {
        host: '127.0.0.1',
        port: 3978,
        store: 'lowdb',
        dataFolder: '',
        app: null,
        intakeKeys: [],
        leads: [],
        directoryFile: null,
        clocksFile: null,
        rotaFile: null,
        registersFolder: null,
        managers: {
          directory: 'file',
          graph: null,
          keepMinutes: 60,
          newDays: 14,
          dailyQuestions: 5,
          collectMinutes: 10,
          catalogAppId: null,
        },
        confirmationHours: 24,
        travelDays: 30,
        proposeAfter: 3,
        timeZone: 'UTC',
        groupMinutes: 30,
        cardActions: 'execute',
        retentionDays: null,
        playgroundPort: 56_150,
        stormCases: 30,
        stormMinutes: 5,
        logLevel: 'info',
        pull: null,
        surroundings: {},
      },
    )
    assert.equal(read({ HOST: '0.0.0.0' }).host, '127.0.0.1')
  })

  it('does nothing by itself unless it is told to, and then needs to sign in to Graph', () => {
    assert.equal(read({ ...whole, RESPONSE_ACTIONS: 'off' }).responses, undefined)
    const { responses } = read({ ...whole, RESPONSE_ACTIONS: 'dry-run' })
    assert.deepEqual([responses?.mode, responses?.approvalMinutes, responses?.graph.clientId], ['dry-run', 30, id])
    assert.equal(
      read({ ...whole, RESPONSE_ACTIONS: 'on', RESPONSE_APPROVAL_MINUTES: '5' }).responses?.approvalMinutes,
      5,
    )
    assert.deepEqual(faults({ RESPONSE_ACTIONS: 'on' }).names, ['GRAPH_CLIENT_ID', 'GRAPH_TENANT_ID'])
    assert.deepEqual(faults({ ...whole, RESPONSE_ACTIONS: 'yes' }).names, ['RESPONSE_ACTIONS'])
    for (const minutes of ['0', '1441', 'soon'])
      assert.deepEqual(faults({ ...whole, RESPONSE_APPROVAL_MINUTES: minutes }).names, ['RESPONSE_APPROVAL_MINUTES'])
  })

  it('makes the data folder, for this user alone', () => {
    const { dataFolder } = read()
    assert.equal(statSync(dataFolder).mode & 0o777, 0o700)
  })

  it('with credentials listens to everybody, or where it is told', () => {
    const { host, app, intakeKeys } = read(whole)
    assert.equal(host, '0.0.0.0')
    assert.deepEqual(app, { id, password: 's3cret', tenantId: tenant, type: 'SingleTenant' })
    assert.deepEqual(
      intakeKeys.map(({ name }) => name),
      ['sentinel'],
    )
    assert.equal(read({ ...whole, HOST: '10.0.0.1' }).host, '10.0.0.1')
  })

  it('takes a managed identity without a password, and not with one', () => {
    const { MICROSOFT_APP_PASSWORD: _, ...rest } = whole
    const managed = { ...rest, MICROSOFT_APP_TYPE: 'UserAssignedMSI' }
    assert.deepEqual(read(managed).app, { id, password: '', tenantId: tenant, type: 'UserAssignedMSI' })
    assert.deepEqual(faults({ ...managed, MICROSOFT_APP_PASSWORD: 'x' }).names, ['MICROSOFT_APP_PASSWORD'])
    assert.deepEqual(faults({ ...whole, MICROSOFT_APP_TYPE: 'MultiTenant' }).names, ['MICROSOFT_APP_TYPE'])
  })

  it('refuses credentials that are half set, whichever half', () => {
    const names = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_TENANT_ID', 'MICROSOFT_APP_PASSWORD'] as const
    for (const name of names) {
      assert.deepEqual(faults({ ...whole, [name]: undefined }).names, [name])
      const others = names.filter((one) => one !== name)
      assert.deepEqual(faults({ [name]: whole[name], INTAKE_KEYS }).names, others)
    }
    assert.deepEqual(faults({ ...whole, INTAKE_KEYS: undefined }).names, ['INTAKE_KEYS'])
    assert.deepEqual(faults({ ...whole, INTAKE_KEYS: ' , ' }).names, ['INTAKE_KEYS'])
  })

  it('takes senders that prove themselves by tokens of Entra ID or by signatures, in place of keys or beside them', () => {
    const client = '33333333-3333-4333-8333-333333333333'
    const { INTAKE_KEYS: _, ...rest } = whole
    const entra = { INTAKE_ENTRA_CALLERS: `flow@sentinel:${client}`, INTAKE_ENTRA_AUDIENCE: 'api://winnow' }
    const signing = { INTAKE_SIGNING_KEYS: `feed:${'s'.repeat(40)}` }
    const { intakeKeys, intakeProofs, surroundings } = read({ ...rest, ...entra, ...signing })
    assert.deepEqual(intakeKeys, [])
    assert.deepEqual(intakeProofs?.entra, {
      tenantId: tenant,
      audiences: ['api://winnow'],
      callers: [{ name: 'flow', source: 'sentinel', clientId: client }],
    })
    assert.deepEqual([intakeProofs?.signing?.seconds, intakeProofs?.signing?.callers.length], [300, 1])
    assert.doesNotMatch(JSON.stringify(surroundings), /sssss/)
    assert.equal(read({ ...whole, ...signing }).intakeProofs?.entra, null)
    const { names, message } = faults({
      ...whole,
      ...entra,
      INTAKE_ENTRA_AUDIENCE: undefined,
      INTAKE_ENTRA_TENANT_ID: 'x',
      INTAKE_SIGNING_KEYS: 'sentinel:short',
      INTAKE_SIGNATURE_SECONDS: '5',
    })
    assert.deepEqual(names.toSorted(), [
      'INTAKE_ENTRA_AUDIENCE',
      'INTAKE_ENTRA_TENANT_ID',
      'INTAKE_SIGNATURE_SECONDS',
      'INTAKE_SIGNING_KEYS',
      'INTAKE_SIGNING_KEYS',
    ])
    assert.match(message, /the name sentinel is used twice/)
  })

  it('refuses to start in production without an app, or with a store that forgets', () => {
    assert.deepEqual(faults({ NODE_ENV: 'production' }).names, ['MICROSOFT_APP_ID'])
    assert.deepEqual(faults({ ...whole, NODE_ENV: 'production', STORE: 'memory' }).names, ['STORE'])
    assert.equal(read({ ...whole, NODE_ENV: 'production' }).app?.id, id)
  })

  it('tells everything that is wrong at once, each once and with its remedy', () => {
    writeFileSync(join(folder, 'file'), '')
    const { names, message } = faults({
      NODE_ENV: 'production',
      PORT: 'eighty',
      PLAYGROUND_PORT: '70000',
      STORE: 'mongo',
      DATA_FOLDER: join(folder, 'file', 'data'),
      DIRECTORY_FILE: join(folder, 'nowhere.yaml'),
      CONFIRMATION_HOURS: '0',
      LEADS: 'Lea',
      LOG_LEVEL: 'loud',
      TIME_ZONE: 'Mars/Olympus',
      MICROSOFT_APP_ID: 'not-a-guid',
      INTAKE_KEYS: 'plain-key',
    })
    assert.deepEqual(names.toSorted(), [
      'CONFIRMATION_HOURS',
      'DATA_FOLDER',
      'DIRECTORY_FILE',
      'INTAKE_KEYS',
      'LEADS',
      'LOG_LEVEL',
      'MICROSOFT_APP_ID',
      'MICROSOFT_APP_PASSWORD',
      'MICROSOFT_APP_TENANT_ID',
      'PLAYGROUND_PORT',
      'PORT',
      'STORE',
      'TIME_ZONE',
    ])
    assert.match(message, /PORT: must be a whole number, 1 to 65535/)
    assert.match(message, /STORE: is not a store Winnow knows; set it to lowdb/)
    assert.match(message, /TIME_ZONE: must be the name of a time zone, such as Europe\/Stockholm/)
    assert.match(message, /\.env\.example/)
    assert.doesNotMatch(message, /plain-key/)
  })

  it('takes time zones by name, and UTC where none is set', () => {
    assert.deepEqual([read({}).timeZone, read({ TIME_ZONE: 'europe/stockholm' }).timeZone], ['UTC', 'Europe/Stockholm'])
  })

  it('takes only whole ports and sensible hours', () => {
    for (const PORT of ['0', '-1', '65536', '80.5', '0x', ' ', 'NaN', '1e9'])
      assert.deepEqual(faults({ PORT }).names, ['PORT'], PORT)
    for (const CONFIRMATION_HOURS of ['0', '-1', '721', 'x', 'Infinity'])
      assert.deepEqual(faults({ CONFIRMATION_HOURS }).names, ['CONFIRMATION_HOURS'], CONFIRMATION_HOURS)
    for (const RETENTION_DAYS of ['0', '30', '31.5', 'x'])
      assert.deepEqual(faults({ RETENTION_DAYS }).names, ['RETENTION_DAYS'], RETENTION_DAYS)
    assert.equal(read({ RETENTION_DAYS: '31' }).retentionDays, 31)
    assert.equal(read({ CARD_ACTIONS: 'submit' }).cardActions, 'submit')
    assert.deepEqual([read({ PORT: '80' }).port, read({ CONFIRMATION_HOURS: '0.5' }).confirmationHours], [80, 0.5])
  })

  it('takes leads by their object ids, in any case, each once', () => {
    const other = '33333333-3333-4333-8333-33333333333A'
    assert.deepEqual(read({ LEADS: ` ${id}, ${other};${other.toLowerCase()},` }).leads, [id, other.toLowerCase()])
    assert.deepEqual(read({ LEADS: ' , ' }).leads, [])
    for (const LEADS of ['lea@contoso.example', `${id}, SOC leads`])
      assert.deepEqual(faults({ LEADS }).names, ['LEADS'])
  })

  it('takes an empty variable for one that is not set', () => {
    const env = Object.fromEntries(
      [...Object.keys(whole), 'PORT', 'STORE', 'LOG_LEVEL', 'HOST'].map((name) => [name, '']),
    )
    assert.deepEqual([read(env).app, read(env).port, read(env).store], [null, 3978, 'lowdb'])
  })

  it('refuses a data folder that cannot be used, and names it', () => {
    writeFileSync(join(folder, 'file'), '')
    for (const env of [{ STORE: 'memory' }, whole, {}]) {
      const { message } = faults({ ...env, DATA_FOLDER: join(folder, 'file') })
      assert.match(message, /DATA_FOLDER: .*file can't be read and written \(EEXIST\)/)
    }
    assert.equal(read({ ...whole, STORE: 'memory', DATA_FOLDER: join(folder, 'file') }).store, 'memory')
  })

  it('hands no secret on to a child process', () => {
    const { surroundings } = read({ ...whole, PATH: '/bin', HOME: '/root' })
    assert.deepEqual([surroundings['PATH'], surroundings['HOME']], ['/bin', '/root'])
    assert.ok(!JSON.stringify(surroundings).includes('s3cret'))
    assert.ok(!('INTAKE_KEYS' in surroundings))
  })

  it('writes nothing outside unless told, and each target by itself', () => {
    assert.equal(read().writeBack, undefined)
    const { writeBack } = read({ ...whole, WRITE_BACK_GRAPH: 'dry-run', WRITE_BACK_SENTINEL: 'on' })
    assert.deepEqual(writeBack?.modes, { graph: 'dry-run', sentinel: 'on' })
    assert.deepEqual(faults({ WRITE_BACK_GRAPH_INCIDENTS: 'on' }).names, ['GRAPH_CLIENT_ID', 'GRAPH_TENANT_ID'])
    assert.deepEqual(faults({ WRITE_BACK_GRAPH: 'yes' }).names, ['WRITE_BACK_GRAPH'])
    assert.deepEqual(faults({ WRITE_BACK_DEFENDER_FOR_CLOUD: 'on' }).names, ['GRAPH_CLIENT_ID', 'GRAPH_TENANT_ID'])
    assert.deepEqual(faults({ WRITE_BACK_GRAPH: 'on', PULL_ALERTS: 'graph' }).names, [
      'GRAPH_CLIENT_ID',
      'GRAPH_TENANT_ID',
    ])
    assert.deepEqual(faults({ WRITE_BACK_CLOUD_APPS: 'on' }).names, ['CLOUD_APPS_URL', 'CLOUD_APPS_TOKEN'])
    assert.deepEqual(faults({ WRITE_BACK_CLOUD_APPS: 'on', CLOUD_APPS_TOKEN: 't', CLOUD_APPS_URL: 'http://x' }).names, [
      'CLOUD_APPS_URL',
      'CLOUD_APPS_URL',
    ])
  })

  it('sends verdicts to webhooks that have an https address and a secret, and says no secret', () => {
    const secret = 'a secret of thirty-two characters'.replaceAll(' ', '-')
    const { writeBack, surroundings } = read({
      WEBHOOKS: 'siem=https://siem.example/hook?a=b, tickets=http://127.0.0.1:8080/',
      WEBHOOK_SECRETS: `siem:${secret},tickets:${secret}`,
    })
    assert.deepEqual(
      writeBack?.webhooks.map(({ name, url }) => `${name} ${url}`),
      ['siem https://siem.example/hook?a=b', 'tickets http://127.0.0.1:8080/'],
    )
    assert.deepEqual(
      Object.keys(surroundings).filter((name) => name.startsWith('WEBHOOK')),
      [],
    )
    for (const [WEBHOOKS, WEBHOOK_SECRETS, names] of [
      ['siem=http://siem.example/', `siem:${secret}`, ['WEBHOOKS']],
      ['Siem=https://siem.example/', `Siem:${secret}`, ['WEBHOOKS']],
      ['https://siem.example/', '', ['WEBHOOKS', 'WEBHOOKS', 'WEBHOOK_SECRETS']],
      ['siem=https://siem.example/', '', ['WEBHOOK_SECRETS']],
      ['siem=https://siem.example/', 'siem:short', ['WEBHOOK_SECRETS']],
      ['', `siem:${secret}`, ['WEBHOOK_SECRETS']],
    ] as const) {
      const fault = faults({ WEBHOOKS, WEBHOOK_SECRETS })
      assert.deepEqual(fault.names, names, WEBHOOKS)
      assert.ok(!fault.message.includes(secret))
    }
  })
})
