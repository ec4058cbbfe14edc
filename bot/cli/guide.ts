import { join, relative } from 'node:path'
import { findGuide, suggestions } from '../../content/author/find-guide.js'
import { guideText } from '../../content/author/guide-text.js'
import { readAll } from '../../content/load/load.js'
import { listed } from '../../content/load/problem.js'
import { plainKey } from '../../triage/match.js'
import { Fault } from '../../triage/fault.js'
import { root } from '../config/root.js'
import { runCommand } from './run-command.js'

/** `npm run guide -- TYPE`: print a guide as an analyst would meet it; a key or a title of the type will do as well. */
const main = async (words: readonly string[]): Promise<void> => {
  const name = words.join(' ').trim()
  const { reads, problems } = await readAll(relative(process.cwd(), join(root(), 'content', 'alerts')))
  const wrong = reads.find(({ file, guide }) => guide === null && plainKey(file) === plainKey(`${name}.yaml`))
  if (wrong)
    throw new Fault('cli/guide', [`${wrong.file} can't be read; correct it:`, ...listed(wrong.problems)].join('\n'))
  const guides = reads.flatMap(({ guide }) => guide ?? [])
  const found = findGuide(name, guides)
  if (found.length === 0) {
    const meant = suggestions(name, guides)
    const hint = meant.length === 0 ? 'npm run guides lists them all.' : `Did you mean ${meant.join(', ')}?`
    throw new Fault('cli/no-guide', `There is no guide '${name}'. ${hint}`)
  }
  console.log(found.map(guideText).join('\n\n\n'))
  if (problems.length > 0) console.error(`\n${problems.length} problems in the content; npm run guides lists them.`)
}

await runCommand(
  { usage: 'npm run guide -- TYPE', words: { least: 1, most: 20 }, missing: 'Name a type; npm run guides lists them.' },
  main,
)
