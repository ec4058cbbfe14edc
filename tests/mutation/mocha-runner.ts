import Mocha from 'mocha'
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext, type StrykerOptions } from '@stryker-mutator/api/core'
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin'
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner'

/**
 * Runs the files of the option `spec` with mocha in a process that stays: sources hold all their changes at once and one is switched on for
 * each run, so a run costs no more than the tests it needs. (Stryker's own runner knows mocha only up to its version 11.)
 */
class MochaRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options)
  readonly #mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout: 0 })
  /** What the changed sources ask which of their changes is in force. */
  readonly #context: InstrumenterContext = {}
  #isLoaded = false
  #isRunning = false
  #notesTests = false

  constructor(options: StrykerOptions) {
    Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: this.#context })
    this.#mocha.cleanReferencesAfterRun(false)
    for (const file of testFilesIn(options)) this.#mocha.addFile(file)
    const begins = (title: string): void => {
      if (this.#notesTests) this.#context.currentTestId = title
    }
    this.#mocha.suite.beforeEach(function () {
      begins(this.currentTest?.fullTitle() ?? '')
    })
    // A rejection nobody waits for fails the test it belongs to; when no test runs, it is a leftover of a change.
    process.on('unhandledRejection', (reason) => {
      if (this.#isRunning) throw reason
    })
    process.on('uncaughtException', () => undefined)
  }

  capabilities() {
    return { reloadEnvironment: false }
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    this.#notesTests = coverageAnalysis === 'perTest'
    const result = await this.#run(!disableBail)
    this.#notesTests = false
    const { mutantCoverage } = this.#context
    return result.status === DryRunStatus.Complete && mutantCoverage ? { ...result, mutantCoverage } : result
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, hitLimit, mutantActivation, disableBail } = options
    Object.assign(this.#context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 })
    const titles = testFilter?.map((title) => `^${title.replaceAll(/[^\w\s]/g, String.raw`\$&`)}$`)
    this.#mocha.grep(new RegExp(titles?.join('|') ?? ''))
    // What the tests start in processes of their own is changed as well.
    process.env[INSTRUMENTER_CONSTANTS.ACTIVE_MUTANT_ENV_VARIABLE] = activeMutant.id
    if (mutantActivation === 'static') this.#context.activeMutant = activeMutant.id
    return toMutantRunResult(await this.#run(!disableBail, activeMutant.id))
  }

  async #run(bail: boolean, activeMutant?: string): Promise<DryRunResult> {
    if (!this.#isLoaded) await this.#mocha.loadFilesAsync()
    this.#isLoaded = true
    setBail(this.#mocha.suite, bail)
    Object.assign(this.#context, { activeMutant })
    const tests: TestResult[] = []
    this.#isRunning = true
    await new Promise<void>((resolve) => {
      let from = performance.now()
      const note = (test: Mocha.Runnable, failureMessage?: string): void => {
        const name = test.ctx?.currentTest?.fullTitle() ?? test.fullTitle()
        const told = {
          id: name,
          name,
          timeSpentMs: performance.now() - from,
          ...(test.file && { fileName: test.file }),
        }
        from = performance.now()
        tests.push(
          failureMessage === undefined
            ? { ...told, status: TestStatus.Success }
            : { ...told, status: TestStatus.Failed, failureMessage },
        )
      }
      this.#mocha
        .run(() => resolve())
        .on('pass', (test) => note(test))
        .on('fail', (test, error) => note(test, String(error)))
    })
    this.#isRunning = false
    return (
      determineHitLimitReached(this.#context.hitCount, this.#context.hitLimit) ?? {
        status: DryRunStatus.Complete,
        tests,
      }
    )
  }
}

/** Not Stryker's own option `testFiles`: with that one, what is made while files load stays unchanged. */
const testFilesIn = ({ spec }: StrykerOptions): readonly string[] => (Array.isArray(spec) ? spec.map(String) : [])

const setBail = (suite: Mocha.Suite, bail: boolean): void => {
  suite.bail(bail)
  for (const inner of suite.suites) setBail(inner, bail)
}

/** What Stryker looks for in a plugin. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'mocha', MochaRunner)]
