import type { CaseContext } from '../../dialogs/case-context.js'
import { findingFor } from '../../dialogs/show/evidence.js'
import { verdictName } from '../../dialogs/show/history.js'
import { dayAndMonth, utc } from '../../dialogs/time.js'
import type { Command } from '../../triage/command.js'
import { contradicted, thingsOf } from '../../triage/memory.js'
import { languageOf, say } from '../../triage/phrases.js'

/** A person's command with what registers and earlier cases say of it, as far as it bears on what is recorded. */
export const withWhatIsKnown = (command: Command, context: CaseContext): Command =>
  withEarlier(withEvidence(command, context), context)

/** An answer that the registers suggest, given without a finding, has what they say as its finding. */
const withEvidence = (command: Command, context: CaseContext): Command => {
  if (command.type !== 'answer' || (command.finding ?? '') !== '') return command
  const finding = findingFor(context, command.check, command.option)
  return finding === '' ? command : { ...command, finding }
}

/** A verdict that contradicts an earlier one on the same thing needs a sentence, once for each such case. */
const withEarlier = (command: Command, context: CaseContext): Command => {
  if (command.type !== 'record-verdict') return command
  const { state, guide, diary, phrases, mayContradict } = context
  const verdictClass = guide.verdicts.find(({ id }) => id === command.verdict)?.class
  if (!verdictClass || mayContradict?.(verdictClass) === false) return command
  const { type } = state.alert
  const found = contradicted(context.past ?? [], { type, things: thingsOf(state.alert), class: verdictClass })
  if (!found) return command
  const { thing, earlier } = found
  if (diary.some((event) => event.type === 'judged' && event.unlike === earlier.caseId)) return command
  return {
    ...command,
    earlier: {
      code: earlier.caseId,
      verdict: verdictName(earlier.class, earlier.label),
      day: dayAndMonth(earlier.at, utc, languageOf(phrases)),
      thing: say(phrases, `memory.${thing.kind}`),
    },
  }
}
