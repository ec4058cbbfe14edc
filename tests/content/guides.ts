import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AllRead, readAll } from '../../content/load/load.js'
import { invalid } from '../../content/load/problem.js'
import { readGuide } from '../../content/load/read-guide.js'
import { type SharedRead, readShared } from '../../content/load/read-shared.js'
import type { Guide } from '../../triage/guide.js'
import { builtLibrary } from '../support/built-library.js'
import { alertsFolder, sharedFolder } from './files.js'

/** One of the guides Winnow comes with; from source it is read by itself, and what is wrong with others does not matter. */
export const loadGuide = async (type: string): Promise<Guide> => {
  const built = (await builtLibrary())?.guides.find((guide) => guide.type === type)
  if (built) return built
  const file = `${type}.yaml`
  const { shared } = await (sharedRead ??= readShared(sharedFolder))
  const { guide, problems } = readGuide(file, await readFile(join(alertsFolder, file), 'utf8'), shared)
  if (!guide) throw invalid(problems)
  return guide
}
let sharedRead: Promise<SharedRead> | undefined

/** All files Winnow comes with, with what is wrong in them. Read once for all tests of a process: it takes seconds. */
export const readEverything = (): Promise<AllRead> => (everything ??= readAll(alertsFolder))
let everything: Promise<AllRead> | undefined

/** All guides Winnow comes with; those named in the variable GUIDE only, when it is set (commas between them). */
export const loadGuides = async (): Promise<readonly Guide[]> => {
  const some = process.env.GUIDE?.split(',')
  if (some) return Promise.all(some.map(loadGuide))
  const built = await builtLibrary()
  if (built) return built.guides
  const { reads, problems } = await readEverything()
  if (problems.length > 0) throw invalid(problems)
  return reads.flatMap(({ guide }) => guide ?? [])
}
