import { joinedWith } from './because-words.js'
import { answerWords } from './answer-words.js'
import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import type { Guide } from './guide.js'
import { managersFinding, suggestedOption } from './managers-word.js'
import { refuse } from './refusal.js'
import { newsIn } from './source-said.js'
import { longestFinding, longestText, ownersOnly, stampOf, unjudgedOnly } from './rules.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** Take a case nobody has. */
export const take = (command: Of<'take'>, state: Case): Decision => {
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  if (state.owner?.id === command.by.id) return refuse('already-yours')
  if (state.owner) return refuse('not-owner', { owner: state.owner.name })
  return [{ type: 'claimed', ...stampOf(command) }]
}

/** Another alert about the same person has come: said once, and only while somebody can still make use of it. */
export const noteRelated = (command: Of<'note-related'>, state: Case): Decision => {
  const { other, title } = command
  const isKnown = other.caseId === state.id || state.related.some(({ caseId }) => caseId === other.caseId)
  return isKnown || state.closed ? [] : [{ type: 'related-opened', other, title, ...stampOf(command) }]
}

/** The alert has changed on its source's side: written once for each change, also when the case is closed; it decides nothing. */
export const noteSource = (command: Of<'note-source'>, { sourceSaid }: Case): Decision => {
  const news = newsIn(command.said, sourceSaid)
  return news === null ? [] : [{ type: 'source-updated', ...news, ...stampOf(command) }]
}

/** Give one's case back to the channel; everything found out stays. */
export const release = (command: Of<'release'>, state: Case): Decision =>
  ownersOnly(command, state) ?? [{ type: 'released', ...stampOf(command) }]

/** Take somebody else's case over. */
export const takeOver = (command: Of<'take-over'>, state: Case): Decision => {
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  if (!state.owner) return refuse('nobody-owns')
  if (state.owner.id === command.by.id) return refuse('already-yours')
  return [{ type: 'handed-over', to: command.by, ...stampOf(command) }]
}

/** Answer a check, or answer it otherwise. */
export const answer = (command: Of<'answer'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state) ?? unjudgedOnly(state)
  if (refusal) return refusal
  const { check, option } = command
  const asked = guide.checks.find(({ id }) => id === check)
  if (!asked) return refuse('no-check')
  const chosen = asked.options.find(({ id }) => id === option)
  if (!chosen) return refuse('no-option')
  const words = { ask: asked.ask, text: chosen.text, language: guide.language }
  const given = state.answers.find((one) => one.check === check)
  const typed = findingIn(command.finding ?? '')
  // Who takes what the manager's answer points to, and writes nothing else, goes by the manager's word.
  const isManagers =
    typed === '' && (given?.finding ?? '') === '' && suggestedOption(state.confirmation, asked) === option
  const finding = isManagers ? managersFinding(state.confirmation, joinedWith(guide)) : typed
  if (given?.option === option) {
    // The same answer again, with what was seen: it is written beside the answer that stands.
    return finding === '' || finding === given.finding
      ? []
      : [{ type: 'finding-noted', check, finding, ...words, ...stampOf(command) }]
  }
  return [{ type: 'answered', check, option, ...words, ...(finding !== '' && { finding }), ...stampOf(command) }]
}

/** Write down what was seen for a check that is answered, or change it, without answering anew. */
export const noteFinding = (command: Of<'note-finding'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state) ?? unjudgedOnly(state)
  if (refusal) return refusal
  const { check } = command
  const given = state.answers.find((one) => one.check === check)
  if (!given) return refuse('no-answer')
  const finding = findingIn(command.finding ?? '')
  if (finding === given.finding) return []
  const words = answerWords(given, guide)
  return [{ type: 'finding-noted', check, finding, ...words, language: guide.language, ...stampOf(command) }]
}

/** One line, as short as the record keeps it. */
const findingIn = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, longestFinding)

/** Take an answer back: the one named, or the last one given. */
export const withdrawAnswer = (command: Of<'withdraw-answer'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state) ?? unjudgedOnly(state)
  if (refusal) return refusal
  const given = command.check === null ? state.answers.at(-1) : state.answers.find((one) => one.check === command.check)
  if (!given) return refuse('no-answer')
  const { ask } = answerWords(given, guide)
  return [{ type: 'answer-withdrawn', check: given.check, ask, language: guide.language, ...stampOf(command) }]
}

/** Write something down; anybody may, at any time. The same words sent again from the same card are the same note. */
export const note = (command: Of<'note'>, { notes }: Case): Decision => {
  const text = command.text.trim().slice(0, longestText)
  if (text === '') return refuse('empty-note')
  const { by, line: seen } = command
  const isKept = notes.some((one) => seen !== null && one.line > seen && one.by.id === by.id && one.text === text)
  return isKept ? [] : [{ type: 'noted', text, ...stampOf(command) }]
}

/** Have the working card in one's own chat as well: a matter of cards alone, so nothing is written, but only for the owner. */
export const continueInChat = (command: Of<'continue-in-chat'>, state: Case): Decision =>
  ownersOnly(command, state) ?? []
