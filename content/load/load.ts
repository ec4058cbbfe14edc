import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../triage/fault.js'
import type { Guide } from '../../triage/guide.js'
import { checkTogether } from './check-together.js'
import { invalid, type Problem } from './problem.js'
import { type GuideRead, readGuide } from './read-guide.js'
import { readShared } from './read-shared.js'

/**
 * Read all guides of a folder, sorted by type, with the shared texts they refer to: `shared` beside the folder if not said
 * otherwise.
 *
 * Faults: `content/unreadable` when there is no such folder or no shared texts; `content/invalid` with every problem of every
 * file at once, each as `file:line: what is wrong; what would be right`. Translations (`<type>.<language>.yaml`) are left aside.
 */
export const loadGuides = async (folder: string, sharedFolder?: string): Promise<readonly Guide[]> => {
  const { reads, problems } = await readAll(folder, sharedFolder)
  if (problems.length > 0) throw invalid(problems)
  return reads.flatMap(({ guide }) => guide ?? [])
}

/** All files of a folder, sorted by name, with whatever is wrong in and between them; files are named with their folder. */
export type AllRead = {
  readonly reads: readonly GuideRead[]
  readonly problems: readonly Problem[]
  /** The how-to texts that no file refers to. */
  readonly unused: readonly Problem[]
}

/** Read a folder as `loadPlaybooks` does, for those who want what is good in it even when something is wrong. */
export const readAll = async (folder: string, sharedFolder = join(folder, '..', 'shared')): Promise<AllRead> => {
  const names = await namesIn(folder)
  const { shared, lineOfHow, problems: sharedProblems } = await readShared(sharedFolder)
  const files = names.filter((name) => name.endsWith('.yaml') && !translation.test(name) && !scenarios.test(name))
  const texts = await Promise.all(
    files.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
  const reads = texts.map(({ name, text }) => readGuide(name, text, shared))
  const problems = [
    ...names.filter((name) => name.endsWith('.yml')).map(renamed),
    ...reads.flatMap((read) => read.problems),
    ...checkTogether(reads),
  ]
  return {
    reads,
    problems: [...sharedProblems, ...problems.map((problem) => ({ ...problem, file: join(folder, problem.file) }))],
    unused: Object.keys(shared.hows)
      .filter((id) => !texts.some(({ text }) => text.includes(`{${id}}`)))
      .map((id) => ({
        file: join(sharedFolder, 'hows.yaml'),
        line: lineOfHow(id),
        text: `no guide takes in '{${id}}'; use it, or take it out`,
      })),
  }
}

/** What tests the guides stands beside them. */
const scenarios = /\.scenarios\.yaml$/

const translation = /\.[a-z]{2}(-[a-z]{2,4})?\.yaml$/i

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted()
  } catch (cause) {
    throw new Fault('content/unreadable', `cannot read the guides in ${folder}; name a folder that can be read`, {
      cause,
    })
  }
}

const renamed = (name: string): Problem => ({
  file: name,
  line: 1,
  text: `is not read; rename it to ${name.replace(/yml$/, 'yaml')}`,
})
