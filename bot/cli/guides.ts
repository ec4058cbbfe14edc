import { join, relative } from 'node:path'
import { becauseList } from '../../content/author/because-list.js'
import { evidenceList } from '../../content/author/evidence-list.js'
import { missingList } from '../../content/author/missing-list.js'
import { readTranslations } from '../../content/load/load-translations.js'
import { guideList } from '../../content/author/guide-list.js'
import { loadScenarios } from '../../content/author/scenarios.js'
import { sentenceList } from '../../content/author/sentence-list.js'
import { loadLookUps } from '../../content/load/load-look-ups.js'
import { loadPortals } from '../../content/load/load-portals.js'
import { readAll } from '../../content/load/load.js'
import { readTaxonomies } from '../../content/load/load-taxonomies.js'
import { listed } from '../../content/load/problem.js'
import { root } from '../config/root.js'
import { runCommand } from './run-command.js'

/**
 * `npm run guides`: all types with their counts, then whatever is wrong in the content. With `--because` instead, as a page to read
 * through: the because of each scenario of each guide; with `--sentences` what each verdict claims for every set of answers that
 * allows it; with `--evidence` what each check arrives with; with `--missing` what is not translated, into one language or all.
 */
const main = async ([language = '']: readonly string[], flags: ReadonlySet<string>): Promise<void> => {
  const folder = relative(process.cwd(), join(root(), 'content', 'alerts'))
  const shared = relative(process.cwd(), join(root(), 'content', 'shared'))
  const { reads, problems, unused } = await readAll(folder)
  const guides = reads.flatMap(({ guide }) => guide ?? [])
  const scenarios = await loadScenarios(folder)
  const translated = await readTranslations(folder, guides)
  if (flags.has('missing')) {
    const languages = language === '' ? Object.keys(translated.translations) : [language]
    console.log(languages.map((one) => missingList(guides, translated.translations[one] ?? [], one)).join('\n\n'))
  } else if (flags.has('because')) console.log(becauseList(guides, scenarios))
  else if (flags.has('sentences')) console.log(sentenceList(guides))
  else if (flags.has('evidence')) {
    console.log(evidenceList(guides, await loadLookUps(shared, await loadPortals(shared))))
  } else console.log(guideList(guides))
  const unplayed = [...scenarios.values()].flatMap((read) => read.problems)
  if (unused.length > 0) console.error(['', 'Used by no guide:', ...listed(unused)].join('\n'))
  if (unplayed.length > 0) console.error(['', 'Scenarios that cannot be read:', ...listed(unplayed)].join('\n'))
  // A guide that can't be read has no verdicts that a variant could name.
  const told = problems.length > 0 ? [] : (await readTaxonomies(shared, guides)).problems
  const wrong = [...problems, ...translated.problems, ...told]
  if (wrong.length > 0) console.error(['', 'Wrong, so that Winnow would not start:', ...listed(wrong)].join('\n'))
  if (wrong.length + unplayed.length > 0) process.exitCode = 1
}

await runCommand(
  {
    usage: 'npm run guides -- [--because | --sentences | --evidence | --missing [LANGUAGE]]',
    words: { least: 0, most: 1 },
    flags: ['because', 'sentences', 'evidence', 'missing'],
  },
  main,
)
