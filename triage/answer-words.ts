import type { Answer } from './case.js'
import type { AnswerWords } from './event.js'
import type { Guide } from './guide.js'

/** The words of an answer as they were when it was given; where the record does not tell, the guide's, and where it has none the ids. */
export const answerWords = ({ check: id, option, ask, text }: Answer, { checks }: Guide): AnswerWords => {
  const check = checks.find((one) => one.id === id)
  return {
    ask: ask ?? check?.ask ?? id,
    text: text ?? check?.options.find((one) => one.id === option)?.text ?? option,
  }
}

/** The answers in the order of the guide's checks; those to what it does not ask are left out. */
export const inOrder = (answers: readonly Answer[], { checks }: Guide): readonly Answer[] =>
  checks.flatMap(({ id }) => answers.find(({ check }) => check === id) ?? [])
