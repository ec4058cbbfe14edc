import { join, relative } from 'node:path'
import { guideList } from '../../content/author/guide-list.js'
import { readAll } from '../../content/load/load.js'
import { listed } from '../../content/load/problem.js'
import { root } from '../config/root.js'
import { runCommand } from './run-command.js'

/** `npm run guides`: all types with their counts, then whatever is wrong in the content. */
const main = async (): Promise<void> => {
  const { reads, problems, unused } = await readAll(relative(process.cwd(), join(root(), 'content', 'alerts')))
  console.log(guideList(reads.flatMap(({ guide }) => guide ?? [])))
  if (unused.length > 0) console.error(['', 'Used by no guide:', ...listed(unused)].join('\n'))
  if (problems.length === 0) return
  console.error(['', 'Wrong, so that Winnow would not start:', ...listed(problems)].join('\n'))
  process.exitCode = 1
}

await runCommand({ usage: 'npm run guides', words: { least: 0, most: 0 } }, main)
