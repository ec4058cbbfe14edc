import { operations } from '../../triage/response-action.js'
import type { ActionChoice } from './intent.js'

/** Read what was chosen in the form for Winnow to do; null for what is none of its choices. Nothing of it is proven. */
export const parseActChoice = (text: string): ActionChoice | null => {
  const undo = /^undo (\d{1,7})$/.exec(text)
  if (undo) return { undo: Number(undo[1]) }
  const [step = '', name, target, ...more] = text.split(' ')
  const operation = operations.find((one) => one === name)
  return operation && target && more.length === 0 ? { step, operation, target } : null
}
