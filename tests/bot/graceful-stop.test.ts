import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleFiles, openBundle } from '../../bot/bundle/open-bundle.js'
import { gracefulStop } from '../../bot/graceful-stop.js'
import { hashKey } from '../../bot/http/intake-keys.js'
import { readOnlyCases } from '../../store/read-only.js'
import { codesIn } from '../support/actors.js'
import { compiled } from '../support/compiled.js'
import { outcomeOf } from '../support/outcome.js'
import { until } from '../support/until.js'

describe('bot/graceful-stop', () => {
  const open = (ends: () => readonly Promise<unknown>[], mostMs?: number) => {
    const said: string[] = []
    const log = {
      info: (_: object, text: string) => void said.push(text),
      error: (_: object, text: string) => void said.push(text),
    }
    let ended: (code: number) => void = () => undefined
    const exited = new Promise<number>((resolve) => (ended = resolve))
    return { said, exited, stop: gracefulStop({ ends, exit: ended, log, ...(mostMs !== undefined && { mostMs }) }) }
  }

  it('exits with 0 once everything has ended, however often it is asked to stop', async () => {
    let calls = 0
    const { stop, exited, said } = open(() => [sleep(20), Promise.resolve((calls += 1))])
    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT']) stop(signal)
    assert.deepEqual([await exited, calls, said], [0, 1, ['stopping', 'stopped']])
  })

  it('exits with 1 when something fails, or takes too long', async () => {
    const failing = open(() => [Promise.reject(new Error('x')), Promise.resolve()])
    failing.stop('SIGTERM')
    assert.deepEqual([await failing.exited, failing.said.at(-1)], [1, 'something could not come to its end'])
    const hanging = open(() => [new Promise(() => undefined)], 20)
    hanging.stop('SIGTERM')
    assert.deepEqual([await hanging.exited, hanging.said.length], [1, 2])
  })
})

describe('a Winnow as the build leaves it, told to stop while alerts arrive', function () {
  this.timeout(120_000)
  let folder = ''
  let code = ''
  before(async () => {
    code = await compiled('stop')
    const built = await outcomeOf(process.execPath, [join(code, 'bot', 'bundle', 'build.js')])
    assert.deepEqual(built, { code: 0, text: '' })
    folder = await mkdtemp(join(tmpdir(), 'winnow-stop-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('is one file, in which also is what is loaded only when it is needed', async () => {
    const { code: file } = bundleFiles(join(code, 'bot', 'main.js'))
    const text = await readFile(file, 'utf8')
    for (const name of ['restify/lib/server.js', 'adaptivecards-templating/lib/template-engine.js', '@azure/identity/'])
      assert.ok(text.includes(`node_modules/${name}`), name)
    assert.ok(openBundle(join(code, 'bot', 'main.js'), code))
  })

  it('answers what it took, keeps what it answered, and exits with 0', async () => {
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const child = spawn(process.execPath, [join(code, 'bot', 'start.js')], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_FOLDER: folder,
        MICROSOFT_APP_ID: '22222222-2222-4222-8222-222222222222',
        MICROSOFT_APP_TENANT_ID: '11111111-1111-4111-8111-111111111111',
        MICROSOFT_APP_PASSWORD: 'not-used-here',
        INTAKE_KEYS: `load:${hashKey('winnow_load')}`,
      },
    })
    let log = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    try {
      await until(() => {
        if (child.exitCode !== null) assert.fail(`Winnow does not start: ${log}`)
        return isAlive(origin)
      })
      const answered = new Set<string>()
      const statuses = new Set<number>()
      const load = Array.from({ length: 20 }, async (_, sender) => {
        for (let number = 0; ; number += 1) {
          const answer = await send(origin, `stop-${sender}-${number}`)
          if (answer === null) return
          statuses.add(answer.status)
          for (const code of codesIn(answer.body)) answered.add(code)
        }
      })
      await until(() => {
        if ([...statuses].some((status) => status !== 202)) assert.fail(`answers ${[...statuses].join(' ')}`)
        return answered.size >= 100
      })
      child.kill('SIGTERM')
      await Promise.all(load)
      assert.equal(await ended, 0, log)
      assert.match(log, /"msg":"stopped"/)
      assert.deepEqual([...statuses], [202])
      const { cases, unreadable } = readOnlyCases(join(folder, 'cases'))
      assert.deepEqual(unreadable, [])
      assert.deepEqual(new Set(cases.keys()), answered)
    } finally {
      child.kill('SIGKILL')
    }
  })
})

const isAlive = async (origin: string): Promise<boolean> => {
  const answer = await fetch(`${origin}/healthz`).catch(() => null)
  return answer?.status === 200
}

/** Null when there was no answer. */
const send = async (
  origin: string,
  id: string,
): Promise<{ readonly status: number; readonly body: unknown } | null> => {
  const alert = {
    id,
    type: 'impossible-travel',
    title: 'Impossible travel',
    occurredAt: '2026-03-02T09:14:00Z',
    people: [{ upn: 'kim@contoso.example' }],
  }
  try {
    const answer = await fetch(`${origin}/api/alerts`, {
      method: 'POST',
      headers: { authorization: 'Bearer winnow_load', 'content-type': 'application/json' },
      body: JSON.stringify(alert),
    })
    return { status: answer.status, body: await answer.json() }
  } catch {
    return null
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
