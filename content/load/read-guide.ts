import type { Guide } from '../../triage/guide.js'
import { check } from './check.js'
import { explain, type SchemaIssue } from './explain.js'
import type { Problem } from './problem.js'
import type { Shared } from './read-shared.js'
import { type Path, readYaml } from './read-yaml.js'
import { guideFile } from './schema.js'
import { withSharedTexts } from './shared-texts.js'
import { toGuide } from './to-guide.js'

/** What one file holds: a guide with the line of everything in it, or problems (then `guide` is null). */
export type GuideRead = {
  readonly file: string
  readonly guide: Guide | null
  readonly lineOf: (path: Path) => number
  readonly problems: readonly Problem[]
}

/** Read the text of the file `<type>.yaml` with the shared texts it refers to, and check it by itself. Never throws. */
export const readGuide = (file: string, text: string, shared: Shared): GuideRead => {
  const yaml = readYaml(text)
  const result = (guide: Guide | null, problems: readonly { line: number; text: string }[]): GuideRead => ({
    file,
    guide: problems.length > 0 ? null : guide,
    lineOf: yaml.lineOf,
    problems: problems.map((problem) => ({ file, ...problem })),
  })
  if (yaml.problems.length > 0) return result(null, yaml.problems)
  const { value, findings } = withSharedTexts(yaml.value, shared)
  const parsed = guideFile.safeParse(value)
  const located = (found: readonly SchemaIssue[]) =>
    [...findings, ...found].map(({ path, text: problem }) => ({ line: yaml.lineOf(path), text: problem }))
  if (!parsed.success) return result(null, located(parsed.error.issues.flatMap((issue) => explain(issue, value))))
  const guide = toGuide(parsed.data)
  return result(guide, located(check(guide, file, { actions: Object.keys(shared.actions), lookUps: shared.lookUps })))
}
