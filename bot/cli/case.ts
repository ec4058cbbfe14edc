import { join } from 'node:path'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { parseMessage } from '../../dialogs/hear/parse-message.js'
import { allFactsOf } from '../../dialogs/show/header.js'
import { historyLine, verdictAt } from '../../dialogs/show/history.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { readOnlyCase } from '../../store/read-only.js'
import { replay } from '../../triage/evolve.js'
import { Fault } from '../../triage/fault.js'
import { generic } from '../../triage/match.js'
import { isAsLeft } from '../../triage/personal-data.js'
import { sha256 } from '../cases/retention.js'
import { readEnvironment } from '../config/config.js'
import { root } from '../config/root.js'
import { libraryGuides } from '../config/library-guides.js'
import { runCommand } from './run-command.js'

/** `npm run case -- CODE`: print a case's history. Winnow may be running. */
const main = async ([id = '']: readonly string[]): Promise<void> => {
  const asked = parseMessage(`case ${id}`)
  const code = asked.kind === 'show-card' ? asked.code : id
  const { diary } = await readOnlyCase(join(readEnvironment().dataFolder, 'cases'), code)
  const state = replay(diary)
  if (!state) throw new Fault('cli/no-case', `There is no case ${code}.`)
  const guides = await libraryGuides()
  const phrases = await loadPhrases(join(root(), 'content', 'phrases'), 'en')
  const guide = guides.find(({ type }) => type === state.guide) ?? guides.find(({ type }) => type === generic)
  if (!guide) throw new Fault('cli/no-guide', `The guide ${state.guide} is missing from content/alerts.`)
  console.log(`Case ${state.id}: ${escapeUntrusted(state.alert.title, 200)}`)
  for (const { name, value } of allFactsOf(state.alert, phrases)) console.log(`  ${name}: ${value}`)
  if (isAsLeft(diary, sha256) === false)
    console.log(
      'Lines before the removal of personal data were changed after it: this record can no longer be relied on.',
    )
  diary.forEach((event, line) => {
    console.log(
      `${String(line).padStart(4)}  ${event.at}  ${escapeUntrusted(historyLine(event, guide, phrases, verdictAt(diary, event)), 1600)}`,
    )
  })
}

await runCommand(
  { usage: 'npm run case -- CODE', words: { least: 1, most: 1 }, missing: 'Name a case, such as 7K3F-9QXM-2ABC.' },
  main,
)
