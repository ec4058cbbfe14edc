import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { compileAndJudge } from '../support/compiled.js'
import { outcomeOf } from '../support/outcome.js'

/**
 * `npm test`: compile everything, which judges the types, then run all tests as compiled, with the linter and the format check beside
 * them. What those two have to say comes after the tests, where it is seen.
 *
 * Exits with 1 when anything is wrong; when a type is, at once.
 */
const main = async (): Promise<void> => {
  const { folder, errors } = await compileAndJudge('suite')
  if (errors !== null) {
    console.error(errors)
    process.exit(1)
  }
  const checks = ['check:lint', 'check:format'].map(async (name) => ({
    name,
    ...(await outcomeOf('npm', ['run', '--silent', name])),
  }))
  const testsPass = await runTests(folder)
  const failed = (await Promise.all(checks)).filter(({ code }) => code !== 0)
  for (const { name, text } of failed) console.error(`npm run ${name} fails:\n${text}`)
  process.exit(testsPass && failed.length === 0 ? 0 : 1)
}

/** True when all pass. The files are named one by one: those of a test that is gone may still lie in the folder. */
const runTests = (folder: string): Promise<boolean> => {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .toSorted()
    .map((file) => join(folder, 'tests', file.replace(/ts$/, 'js')))
  const mocha = join(dirname(createRequire(import.meta.url).resolve('mocha/package.json')), 'bin', 'mocha.js')
  // Tests leave much garbage that is young: with room for it there is less to copy.
  const node = ['--enable-source-maps', '--max-semi-space-size=64']
  // Some of them wait for a time to pass: one more than there are processors.
  const jobs = String(availableParallelism() + 1)
  const options = ['--no-package', '--timeout', '120000', '--parallel', '--jobs', jobs]
  const child = spawn(process.execPath, [...node, mocha, ...options, ...files], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code === 0))
  })
}

await main()
