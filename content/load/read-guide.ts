import type { Playbook } from '../../triage/guide.js'
import { check } from './check.js'
import { explain, type Finding } from './explain.js'
import type { Problem } from './problem.js'
import type { Shared } from './read-shared.js'
import { type Path, readYaml } from './read-yaml.js'
import { playbookFile } from './schema.js'
import { takeIn } from './shared-texts.js'
import { toPlaybook } from './to-guide.js'

/** What one file holds: a playbook with the line of everything in it, or problems (then `playbook` is null). */
export type PlaybookRead = {
  readonly file: string
  readonly playbook: Playbook | null
  readonly lineOf: (path: Path) => number
  readonly problems: readonly Problem[]
}

/** Read the text of the file `<type>.yaml` with the shared texts it refers to, and check it by itself. Never throws. */
export const readPlaybook = (file: string, text: string, shared: Shared): PlaybookRead => {
  const yaml = readYaml(text)
  const result = (playbook: Playbook | null, problems: readonly { line: number; text: string }[]): PlaybookRead => ({
    file,
    playbook: problems.length > 0 ? null : playbook,
    lineOf: yaml.lineOf,
    problems: problems.map((problem) => ({ file, ...problem })),
  })
  if (yaml.problems.length > 0) return result(null, yaml.problems)
  const { value, findings } = takeIn(yaml.value, shared)
  const parsed = playbookFile.safeParse(value)
  const located = (found: readonly Finding[]) =>
    [...findings, ...found].map(({ path, text: problem }) => ({ line: yaml.lineOf(path), text: problem }))
  if (!parsed.success) return result(null, located(parsed.error.issues.flatMap((issue) => explain(issue, value))))
  const playbook = toPlaybook(parsed.data)
  return result(playbook, located(check(playbook, file, Object.keys(shared.actions))))
}
