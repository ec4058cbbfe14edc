import { Fault } from '../../triage/fault.js'

/** Something wrong in a content file: where, and what is wrong with what would be right. */
export type Problem = { readonly file: string; readonly line: number; readonly text: string }

/** One `content/invalid` fault that tells every problem, a line each: `file:line: what is wrong; what would be right`. */
export const invalid = (problems: readonly Problem[]): Fault => {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  return new Fault('content/invalid', [`${count} in the content; correct the files:`, ...listed(problems)].join('\n'))
}

/** Problems as lines, sorted by file and line, each once. */
export const listed = (problems: readonly Problem[]): readonly string[] => {
  const lines = problems
    .toSorted((one, other) => one.file.localeCompare(other.file) || one.line - other.line)
    .map(({ file, line, text }) => `  ${file}:${line}: ${text}`)
  return [...new Set(lines)]
}
