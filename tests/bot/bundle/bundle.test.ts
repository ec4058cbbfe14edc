import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { makeBundle } from '../../../bot/bundle/make-bundle.js'
import { openSourcePlaces } from '../../../bot/bundle/places.js'
import { root } from '../../../bot/config/root.js'
import { bundleFiles, openBundle, readWhole, scriptOf } from '../../../bot/bundle/open-bundle.js'

describe('bot/bundle', () => {
  let home: string
  let program: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'winnow-bundle-'))
    program = join(home, 'bot', 'main.js')
    await write('.tsbuildinfo', 'of these sources')
    await write('bot/main.js', main)
    await write('lib/part.js', part)
    await write('node_modules/said/index.js', `exports.said = 'grüße'`)
    await write('warmed.txt', '')
  })
  afterEach(() => rm(home, { recursive: true, force: true }))
  const write = async (file: string, text: string) => {
    await mkdir(join(home, file, '..'), { recursive: true })
    await writeFile(join(home, file), text)
  }
  const make = () => makeBundle(program, home)
  const open = () => openBundle(program, home)
  const text = (file: string) => readFile(join(home, file), 'utf8')
  /** Whether a V8 that knows nothing of the code yet refuses the cache. */
  const isRejected = async (): Promise<unknown> => {
    const { code, cache } = bundleFiles(program)
    const worker = new Worker(
      `const { readFileSync } = require('node:fs')
      const { Script } = require('node:vm')
      const [code, cache] = require('node:worker_threads').workerData
      const script = new Script(readFileSync(code, 'latin1'), { filename: code, cachedData: readFileSync(cache) })
      require('node:worker_threads').parentPort.postMessage(script.cachedDataRejected)`,
      { eval: true, workerData: [code, cache] },
    )
    const [answer] = await once(worker, 'message')
    return answer
  }
  const run = async () => {
    await open()?.().program.run()
    return text('ran.txt')
  }

  it('is a program with all it imports and requires, and runs without the files it was made of', async () => {
    await make()
    await rm(join(home, 'node_modules'), { recursive: true })
    await rm(join(home, 'lib', 'part.js'))
    await rm(program)
    assert.match(await run(), /^grüße /)
  })

  it('tells each module its own place, also when all was moved', async () => {
    await make()
    assert.equal(await run(), `grüße from ${pathToFileURL(join(home, 'lib', 'part.js')).href}`)
    const moved = `${home}-moved`
    await rename(home, moved)
    home = moved
    program = join(home, 'bot', 'main.js')
    assert.equal(await run(), `grüße from ${pathToFileURL(join(home, 'lib', 'part.js')).href}`)
  })

  it('tells where it went wrong by the sources, for the lines in it alone', async () => {
    await write('lib/part.js', part.replace("'warm')", "'warm')\n\nexport const fail = () => {\n  null.nothing\n}"))
    await write(
      'bot/main.js',
      main.replace('{ greet,', '{ fail, greet,').replace('run: greet', 'run: async () => fail()'),
    )
    const inSources = openSourcePlaces(program)
    await make()
    const { stack = '' } = await run().then(
      () => assert.fail('it went well'),
      (error: unknown) => (error instanceof Error ? error : assert.fail()),
    )
    const lines = inSources(stack).split('\n')
    const place = (file: string) => relative(root(), join(home, file))
    assert.equal(lines[1], `    at fail (${place('lib/part.js')}:10)`)
    assert.equal(lines[2], `    at Object.run (${place('bot/main.js')}:3)`)
    assert.match(lines[3] ?? '', /^ {4}at .*bundle\.test\.[jt]s:\d+:\d+\)$/)
    assert.equal(inSources('none of it:1:2'), 'none of it:1:2')
    const { code } = bundleFiles(program)
    for (const odd of [`${code}:x`, `${code}:`, code]) assert.equal(inSources(`at ${odd} (x)`), `at ${odd} (x)`)
  })

  it('does not tell by a source that a package names and does not bring along', async () => {
    const map = { version: 3, sources: ['../../src/odd.ts'], names: [], mappings: 'AAAA' }
    const link = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`
    await write('lib/part.js', part.replace("'said').said", "'said').fail()"))
    for (const [code, place] of [
      [`exports.fail = () => null.nothing`, /\/node_modules\/said\/index\.js:1\)$/],
      [`exports.fail = () => null.nothing\n${link}`, /bundle\.cjs:\d+:\d+\)$/],
    ] as const) {
      await write('node_modules/said/index.js', code)
      await rm(bundleFiles(program).seal, { force: true })
      await make()
      const error: unknown = await run().catch((thrown: unknown) => thrown)
      assert.ok(error instanceof Error)
      assert.match(openSourcePlaces(program)(error.stack ?? '').split('\n')[1] ?? '', place)
    }
  })

  it('leaves a stack as it is when the build left no places', async () => {
    const { code } = bundleFiles(program)
    assert.equal(openSourcePlaces(program)(`at ${code}:1:1`), `at ${code}:1:1`)
  })

  it('keeps Node from telling the operator what packages do that is deprecated', async () => {
    await write('node_modules/said/index.js', `new Buffer(1); exports.said = 'grüße'`)
    const warnings: Error[] = []
    const hear = (warning: Error) => void warnings.push(warning)
    process.noDeprecation = false
    process.on('warning', hear)
    await make()
    await run()
    await setImmediate()
    process.off('warning', hear)
    assert.deepEqual(warnings, [])
  })

  it('is there once it has warmed up, with what V8 then had compiled', async () => {
    assert.equal(open(), null)
    await make()
    assert.equal(await text('warmed.txt'), 'warm')
    assert.equal(await isRejected(), false)
  })

  it('is not made when the warm-up fails, and the former one does not stay', async () => {
    await make()
    await write('.tsbuildinfo', 'of other sources')
    await write('lib/part.js', part.replace("'warm'", 'null.nothing'))
    await assert.rejects(make(), TypeError)
    await write('.tsbuildinfo', 'of these sources')
    assert.equal(open(), null)
  })

  it('is not made when the warm-up hangs', async () => {
    await write('lib/part.js', part.replace("appendFile(warmed, 'warm')", 'new Promise(() => {})'))
    await assert.rejects(makeBundle(program, home, 20), { code: 'bundle/late' })
    assert.equal(open(), null)
  })

  it('is not made when something of it can’t be found, or the compiler left no notes', async () => {
    await rm(join(home, 'lib', 'part.js'))
    await assert.rejects(make(), /Could not resolve "\.\.\/lib\/part\.js"/)
    await rm(join(home, '.tsbuildinfo'))
    await assert.rejects(make(), { code: 'bundle/no-notes' })
    assert.equal(open(), null)
  })

  it('does not count once something was compiled, until it is made anew', async () => {
    await make()
    await write('.tsbuildinfo', 'of other sources')
    await write('lib/part.js', part.replace("require('said').said", "'hello'"))
    assert.equal(open(), null)
    await make()
    assert.match(await run(), /^hello /)
  })

  it('is made once for the same sources, packages and Node', async () => {
    await make()
    await make()
    assert.equal(await text('warmed.txt'), 'warm')
    const seal = JSON.parse(await readFile(bundleFiles(program).seal, 'utf8'))
    for (const other of [{ node: 'v1.0.0' }, { packages: 'x' }, { sources: 'x' }]) {
      await writeFile(bundleFiles(program).seal, JSON.stringify({ ...seal, ...other }))
      await write('warmed.txt', '')
      await make()
      assert.equal(await text('warmed.txt'), 'warm')
    }
  })

  it('does not count when the disk did not keep its code or its seal, and is made anew', async () => {
    const files = bundleFiles(program)
    for (const damage of [
      () => truncate(files.code, 1000),
      () => appendFile(files.code, ' '),
      () => rm(files.code),
      () => truncate(files.seal, 20),
      () => writeFile(files.seal, 'null'),
      () => rm(files.seal),
    ]) {
      await make()
      assert.ok(open())
      await damage()
      assert.equal(open(), null)
    }
  })

  it('runs without a cache that the disk did not keep, or that another V8 made', async () => {
    const { cache: file } = bundleFiles(program)
    await make()
    const size = (await stat(file)).size
    for (const damage of [
      () => truncate(file, size - 1),
      () => writeFile(file, Buffer.alloc(size, 1)),
      () => rm(file),
    ]) {
      await damage()
      assert.match(await run(), /^grüße /)
      assert.equal(readWhole(program)?.cache, null)
      await make()
      assert.ok(readWhole(program)?.cache)
    }
    await writeFile(file, Buffer.alloc(size, 1))
    assert.equal(await isRejected(), true)
    const { code } = readWhole(program) ?? assert.fail('there is no bundle')
    assert.ok(scriptOf(bundleFiles(program).code, code, Buffer.alloc(size, 1)).load().program)
  })
})

const main = `
import { greet, warm } from '../lib/part.js'
export const program = { run: greet, warmUp: warm }
`
const part = `
import { appendFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module';
const ran = new URL('../ran.txt', import.meta.url)
const warmed = new URL('../warmed.txt', import.meta.url)
export const greet = () => writeFile(ran, require('said').said + ' from ' + import.meta.url)
export const warm = async () => appendFile(warmed, 'warm')
const require = createRequire(import.meta.url);
`
