import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import type { Playbook } from '../triage/playbook.js'
import { checkTogether } from './check-together.js'
import { invalid, type Problem } from './problem.js'
import { readPlaybook } from './read-playbook.js'

/**
 * Read all playbooks of a folder, sorted by type.
 *
 * Faults: `content/unreadable` when there is no such folder; `content/invalid` with every problem of every file at once,
 * each as `file:line: what is wrong; what would be right`. Translations (`<type>.<language>.yaml`) are left aside.
 */
export const loadPlaybooks = async (folder: string): Promise<readonly Playbook[]> => {
  const names = await namesIn(folder)
  const reads = await Promise.all(
    names
      .filter((name) => name.endsWith('.yaml') && !translation.test(name))
      .map(async (name) => readPlaybook(name, await readFile(join(folder, name), 'utf8'))),
  )
  const problems: readonly Problem[] = [
    ...names.filter((name) => name.endsWith('.yml')).map(renamed),
    ...reads.flatMap((read) => read.problems),
    ...checkTogether(reads),
  ]
  if (problems.length > 0) throw invalid(problems.map((problem) => ({ ...problem, file: join(folder, problem.file) })))
  return reads.flatMap(({ playbook }) => playbook ?? [])
}

const translation = /\.[a-z]{2}(-[a-z]{2,4})?\.yaml$/i

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted()
  } catch (cause) {
    throw new Fault('content/unreadable', `cannot read the playbooks in ${folder}; name a folder that can be read`, {
      cause,
    })
  }
}

const renamed = (name: string): Problem => ({
  file: name,
  line: 1,
  text: `is not read; rename it to ${name.replace(/yml$/, 'yaml')}`,
})
