import { join } from 'node:path'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { loadGuides } from '../../content/load/load.js'
import { parseMessage } from '../../dialogs/hear/parse-message.js'
import { historyLine, verdictAt } from '../../dialogs/show/history.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { readOnlyDiary } from '../../store/read-only.js'
import { isNews } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { Fault, isFault } from '../../triage/fault.js'
import { generic } from '../../triage/match.js'
import { readEnvironment } from '../config/config.js'
import { root } from '../config/root.js'

/** `npm run case -- ID [--all]`: print a case's diary, with `--all` the bookkeeping of its cards as well. Winnow may be running. */
const main = async (): Promise<void> => {
  const words = process.argv.slice(2)
  const id = words.find((word) => !word.startsWith('--'))
  if (id === undefined) throw new Fault('cli/usage', 'Name a case: npm run case -- 7K3F-9QXM-2ABC')
  const asked = parseMessage(`case ${id}`)
  const code = asked.kind === 'show-card' ? asked.code : id
  const diary = await readOnlyDiary(join(readEnvironment().dataFolder, 'cases'), code)
  const state = replay(diary)
  if (!state) throw new Fault('cli/no-case', `There is no case ${code}.`)
  const guides = await loadGuides(join(root(), 'content', 'alerts'))
  const phrases = await loadPhrases(join(root(), 'content', 'phrases'), 'en')
  const guide = guides.find(({ type }) => type === state.guide) ?? guides.find(({ type }) => type === generic)
  if (!guide) throw new Fault('cli/no-guide', `The guide ${state.guide} is missing from content/alerts.`)
  console.log(`Case ${state.id}: ${escapeUntrusted(state.alert.title, 200)}`)
  diary.forEach((event, line) => {
    if (!isNews(event) && !words.includes('--all')) return
    console.log(
      `${String(line).padStart(4)}  ${event.at}  ${escapeUntrusted(historyLine(event, guide, phrases, verdictAt(diary, event)), 1000)}`,
    )
  })
}

await main().catch((error: unknown) => {
  console.error(isFault(error) ? error.message : error)
  process.exitCode = 1
})
