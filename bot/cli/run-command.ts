import { parseArgs } from 'node:util'
import { Fault, isFault } from '../../triage/fault.js'

/** What a command takes. */
export type Form = {
  /** The line that shows how it is typed. */
  readonly usage: string
  /** How many words it takes, flags not counted. */
  readonly words: { readonly least: number; readonly most: number }
  /** What to say when there are fewer. */
  readonly missing?: string
  /** The flags it knows, without dashes. */
  readonly flags?: readonly string[]
  /** The options it knows that a value follows, without dashes. */
  readonly options?: readonly string[]
}

/**
 * Run a command of `npm run` with what was typed behind it.
 *
 * What is wrong is one sentence on stderr and the exit code 1, with the usage when it was typed wrongly; only a bug shows a stack.
 * `--help` prints the usage.
 */
export const runCommand = async (
  form: Form,
  work: (
    words: readonly string[],
    flags: ReadonlySet<string>,
    options: ReadonlyMap<string, string>,
  ) => void | Promise<void>,
): Promise<void> => {
  try {
    const { words, flags, options } = readWords(form, process.argv.slice(2))
    if (flags.has('help')) console.log(`Usage: ${form.usage}`)
    else await work(words, flags, options)
  } catch (error) {
    console.error(isFault(error) ? error.message : error)
    process.exitCode = 1
  }
}

/** The words, flags and options of a command line. Fault `cli/usage` when a flag is unknown, or there are too many or too few words. */
export const readWords = (
  { usage, words, missing = 'Something is missing.', flags = [], options = [] }: Form,
  typed: readonly string[],
): {
  readonly words: readonly string[]
  readonly flags: ReadonlySet<string>
  readonly options: ReadonlyMap<string, string>
} => {
  const wrong = (why: string): Fault => new Fault('cli/usage', `${why}\nUsage: ${usage}`)
  const found = parsed(typed, [...flags, 'help'], options)
  if (typeof found === 'string') throw wrong(found)
  const given = new Set(Object.keys(found.values))
  const valued = new Map(
    Object.entries(found.values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  if (given.has('help')) return { words: [], flags: given, options: valued }
  if (found.positionals.length < words.least) throw wrong(missing)
  const [extra] = found.positionals.slice(words.most)
  if (extra !== undefined) throw wrong(`${JSON.stringify(extra)} is one word too many.`)
  return { words: found.positionals, flags: given, options: valued }
}

const parsed = (typed: readonly string[], flags: readonly string[], valued: readonly string[]) => {
  try {
    const options: Record<string, { type: 'boolean' | 'string' }> = {}
    for (const flag of flags) options[flag] = { type: 'boolean' }
    for (const option of valued) options[option] = { type: 'string' }
    return parseArgs({ args: [...typed], options, allowPositionals: true, strict: true })
  } catch (error) {
    // "Unknown option '--x'. To specify a positional argument …": the second half is no help here.
    return error instanceof TypeError ? `${error.message.split('. ')[0] ?? ''}.` : 'The words cannot be read.'
  }
}
