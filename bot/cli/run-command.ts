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
}

/**
 * Run a command of `npm run` with what was typed behind it.
 *
 * What is wrong is one sentence on stderr and the exit code 1, with the usage when it was typed wrongly; only a bug shows a stack.
 * `--help` prints the usage.
 */
export const runCommand = async (
  form: Form,
  work: (words: readonly string[], flags: ReadonlySet<string>) => void | Promise<void>,
): Promise<void> => {
  try {
    const { words, flags } = readWords(form, process.argv.slice(2))
    if (flags.has('help')) console.log(`Usage: ${form.usage}`)
    else await work(words, flags)
  } catch (error) {
    console.error(isFault(error) ? error.message : error)
    process.exitCode = 1
  }
}

/** The words and flags of a command line. Fault `cli/usage` when a flag is unknown, or there are too many or too few words. */
export const readWords = (
  { usage, words, missing = 'Something is missing.', flags = [] }: Form,
  typed: readonly string[],
): { readonly words: readonly string[]; readonly flags: ReadonlySet<string> } => {
  const wrong = (why: string): Fault => new Fault('cli/usage', `${why}\nUsage: ${usage}`)
  const found = parsed(typed, [...flags, 'help'])
  if (typeof found === 'string') throw wrong(found)
  const given = new Set(Object.keys(found.values))
  if (given.has('help')) return { words: [], flags: given }
  if (found.positionals.length < words.least) throw wrong(missing)
  const [extra] = found.positionals.slice(words.most)
  if (extra !== undefined) throw wrong(`${JSON.stringify(extra)} is one word too many.`)
  return { words: found.positionals, flags: given }
}

const parsed = (typed: readonly string[], flags: readonly string[]) => {
  try {
    const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]))
    return parseArgs({ args: [...typed], options, allowPositionals: true, strict: true })
  } catch (error) {
    // "Unknown option '--x'. To specify a positional argument …": the second half is no help here.
    return error instanceof TypeError ? `${error.message.split('. ')[0] ?? ''}.` : 'The words cannot be read.'
  }
}
