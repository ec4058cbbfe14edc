import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { readIntakeProofs } from '../../../bot/http/intake-callers.js'
import { hashKey, readIntakeKeys } from '../../../bot/http/intake-keys.js'
import { openStore } from '../../../store/open.js'
import { openedWith, untilClosed } from '../../support/diary.js'
import { aCard, caseId } from '../../support/cast.js'
import { program } from '../../support/program.js'

describe('bot/cli', function () {
  this.timeout(120_000)
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-cli-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const run = (script: string, ...words: readonly string[]) => runWith({}, script, ...words)
  const runWith = (more: Readonly<Record<string, string>>, script: string, ...words: readonly string[]) => {
    const env = { PATH: process.env['PATH'], DATA_FOLDER: join(folder, 'data'), PORT: '1', ...more }
    const child = spawn(process.execPath, [...program(`bot/cli/${script}`), ...words], { env })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk))
    return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.once('close', (code) => resolve({ code, out, err })),
    )
  }
  /** It ends with 1 and one readable sentence, not with a stack. */
  const isTold = ({ code, out, err }: { code: number | null; out: string; err: string }, says: RegExp) => {
    assert.deepEqual([code, out], [1, ''], err)
    assert.match(err, says)
    assert.doesNotMatch(err, /\n\s+at /)
  }

  it('key makes a secret to sign with, and the setting that lets it in', async () => {
    const { out, code } = await run('key', 'Feed', 'graph', '--signing')
    const [setting = ''] = /feed@graph:winnow_[\w-]+/.exec(out) ?? []
    const { proofs, problems } = readIntakeProofs({ INTAKE_SIGNING_KEYS: setting, INTAKE_SIGNATURE_SECONDS: 300 }, [])
    assert.deepEqual([code, problems, proofs.signing?.callers[0]?.source], [0, [], 'graph'])
  })

  it('key makes a key and the setting that lets it in', async () => {
    const { out, code } = await run('key', 'Azure Sentinel')
    const [, key = ''] = /(winnow_[\w-]+)/.exec(out) ?? []
    const [, setting = ''] = /(azure-sentinel:[0-9a-f]{64})/.exec(out) ?? []
    assert.equal(code, 0)
    assert.equal(readIntakeKeys(setting).keys[0]?.hash.toString('hex'), hashKey(key))
  })

  it('read shows what Winnow makes of a payload, in words or as JSON', async () => {
    const sample = 'intake/samples/impossible-travel.json'
    const [words, json] = await Promise.all([run('read', sample), run('read', sample, '--json')])
    assert.match(words.out, /guide +impossible-travel \(/)
    const { alerts, ignored } = JSON.parse(json.out)
    assert.deepEqual([alerts.length, ignored], [1, []])
    assert.deepEqual(Object.keys(alerts[0]), [
      'source',
      'sourceAlertId',
      'type',
      'title',
      'severity',
      'occurredAt',
      'people',
      'addresses',
      'resources',
      'tactics',
      'sample',
    ])
    assert.equal(alerts[0].type, 'impossible-travel')
  })

  it('read says what is wrong with a payload, or that there is none', async () => {
    const bad = join(folder, 'bad.json')
    await writeFile(bad, '{"id":')
    const [missing, malformed] = await Promise.all([run('read', join(folder, 'none.json')), run('read', bad)])
    isTold(missing, /can't be read/)
    isTold(malformed, /not JSON/)
  })

  it('case prints a diary and export all cases while Winnow may be running, and both say what is wrong', async () => {
    const store = await openStore({ kind: 'lowdb', folder: join(folder, 'data', 'cases') })
    await store.write(caseId, 0, { events: untilClosed, open: false })
    const [found, none] = await Promise.all([run('case', caseId.toLowerCase()), run('case', '0000-0000-0000')])
    const sample = [{ ...openedWith({ sample: true, sourceAlertId: 's' }), caseId: '0000-0000-0001' }]
    await store.write('0000-0000-0001', 0, { events: sample, open: true })
    const file = join(folder, 'cases.jsonl')
    const [csv, written, wrong] = await Promise.all([
      run('export', '--to', '2026-03-02'),
      run('export', file, '--samples'),
      run('export', '--format', 'xml'),
    ])
    assert.match(csv.out, new RegExp(`^case,source,[^\\n]+\\r\\n${caseId},winnow,[^\\n]+\\r\\n$`))
    assert.match(csv.err, /^1 cases exported\. 1 samples are left out/)
    assert.deepEqual([written.code, written.out], [0, ''])
    assert.deepEqual(
      (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).case),
      ['0000-0000-0001', caseId],
    )
    isTold(wrong, /no format "xml"/)
    await store.close()
    assert.equal(found.code, 0, found.err)
    assert.match(found.out, new RegExp(`^Case ${caseId}: `))
    assert.match(found.out, / {3}1 .*Ada Analyst took the case/)
    assert.match(found.out, /closed the case/)
    isTold(none, /There is no case 0000-0000-0000/)
  })

  it('package writes the app package with the ids of this installation, or says which settings it needs', async () => {
    const file = join(folder, 'out', 'winnow.zip')
    const MICROSOFT_APP_ID = '22222222-2222-4222-8222-222222222222'
    const set = { MICROSOFT_APP_ID, APP_DEVELOPER: 'Contoso', APP_URL: 'https://contoso.example' }
    const [written, unset, unwritable] = await Promise.all([
      runWith(set, 'package', file),
      run('package', join(folder, 'none.zip')),
      runWith(set, 'package', folder),
    ])
    assert.deepEqual([written.code, written.err], [0, ''])
    assert.match(written.out, /winnow\.zip is written/)
    const { version } = JSON.parse(await readFile('package.json', 'utf8'))
    const manifest = JSON.parse(Buffer.from(unzipSync(await readFile(file))['manifest.json'] ?? []).toString())
    assert.deepEqual([manifest.id, manifest.version], [MICROSOFT_APP_ID, version])
    isTold(unset, /MICROSOFT_APP_ID: must be set.*\n.*APP_DEVELOPER: must be set.*\n.*APP_URL: must be set/)
    isTold(unwritable, /can't be written/)
  })

  it('alert lists the samples, and says when nobody is there to take one', async () => {
    await writeFile(join(folder, 'data', 'local-intake-key'), 'winnow_x')
    const [list, alone] = await Promise.all([run('alert'), run('alert', 'impossible-travel')])
    assert.match(list.out, /npm run alert -- impossible-travel/)
    isTold(alone, /Nothing answers at http:\/\/127\.0\.0\.1:1\//)
  })

  it('every command says how it is typed, when asked or when it was typed wrongly', async () => {
    const [wrong, help] = await Promise.all([run('key', '--nmae'), run('key', '--help')])
    isTold(wrong, /^Unknown option '--nmae'\.\nUsage: npm run key -- \[NAME\] \[SOURCE\] \[--signing\]\n$/)
    assert.deepEqual([help.code, help.out], [0, 'Usage: npm run key -- [NAME] [SOURCE] [--signing]\n'])
  })
  it('forget puts a placeholder in the place of a person in closed cases, and case says whether the record is as it was left', async () => {
    const DATA_FOLDER = join(folder, 'forget')
    const spec = { kind: 'lowdb', folder: join(DATA_FOLDER, 'cases') } as const
    const store = await openStore(spec)
    const channel = aCard('channel', { state: 'shown', shownLine: untilClosed.length - 1 })
    await store.write(caseId, 0, { events: untilClosed, cards: { channel }, open: false })
    const keys = ['kim@contoso.example']
    await store.keep('recent', [
      { caseId, keys },
      { caseId: 'OTHER', keys: [] },
    ])
    await store.keep('channels', { onCall: 'kim@contoso.example' })
    await store.keep('readers', [
      { id: 'kim@contoso.example', zone: 'Europe/Oslo', locale: 'nb-NO' },
      { id: 'u-ada', zone: 'Europe/Stockholm', locale: 'sv-SE' },
    ])
    await store.keep('languages', { people: { 'kim@contoso.example': 'nl', 'u-ada': 'sv' }, channels: {} })
    await store.close()
    const look = await runWith({ DATA_FOLDER }, 'forget', 'kim@contoso.example', '--look')
    assert.match(
      look.out,
      new RegExp(`Known as: kim@contoso.example, Kim Karlsen\\nClosed cases that name them: ${caseId}`),
    )
    const done = await runWith({ DATA_FOLDER }, 'forget', 'KIM@contoso.example')
    assert.deepEqual([done.code, done.err], [0, ''])
    assert.match(
      done.out,
      /Now “Removed person [0-9a-f]{8}” in: 7K3F-9QXM-2ABC\nStill named in settings\/channels\.json/,
    )
    const files = await readdir(spec.folder, { recursive: true, withFileTypes: true })
    for (const file of files.filter((one) => one.isFile() && one.name !== 'channels.json')) {
      assert.doesNotMatch(await readFile(join(file.parentPath, file.name), 'utf8'), /kim@|Kim Karlsen/i, file.name)
    }
    assert.match(await readFile(join(spec.folder, 'settings', 'readers.json'), 'utf8'), /u-ada/)
    assert.match(await readFile(join(spec.folder, 'settings', 'languages.json'), 'utf8'), /u-ada/)
    const told = await runWith({ DATA_FOLDER }, 'case', caseId)
    assert.match(told.out, /Personal data was removed from this record/)
    assert.doesNotMatch(told.out, /can no longer be relied on/)
    const [settled] = files.filter((one) => one.name === `${caseId}.json`)
    const path = join(settled?.parentPath ?? '', `${caseId}.json`)
    await writeFile(path, (await readFile(path, 'utf8')).replace('Untagged VPN', 'Tagged VPN'))
    assert.match((await runWith({ DATA_FOLDER }, 'case', caseId)).out, /can no longer be relied on/)
  })

  it('forget refuses while the person owns an open case, and while Winnow runs', async () => {
    const DATA_FOLDER = join(folder, 'owner')
    const spec = { kind: 'lowdb', folder: join(DATA_FOLDER, 'cases') } as const
    const store = await openStore(spec)
    await store.write(caseId, 0, { events: untilClosed.slice(0, 2), open: true })
    isTold(await runWith({ DATA_FOLDER }, 'forget', 'u-ada'), /in use/)
    await store.close()
    const { code, err } = await runWith({ DATA_FOLDER }, 'forget', 'U-ADA')
    assert.deepEqual([code, err.includes(`They own open cases, so nothing was changed: ${caseId}.`)], [1, true])
  })
})
