import { type Offer, type Operation, nameToSay, offersOf, targetKey } from '../../triage/response-action.js'
import type { ActionChoice } from './intent.js'

/** What was said with an operation, read beside what is on offer: what is chosen, and why. Null where that is not clear. */
export type Chosen = { readonly choice: ActionChoice; readonly reason: string } | null

/**
 * The exact target that someone named by its sign-in name, client id or object id, or the only one there is; the rest of what was said
 * is the reason. Nothing is chosen where several targets are on offer and none is named, or no reason is given.
 */
export const chooseOffer = (offers: readonly Offer[], operation: Operation, said: string): Chosen => {
  const those = offersOf(offers, operation)
  const [word = ''] = said.split(/\s+/, 1)
  const named = those.find(({ target }) => namesOf(target).includes(word.toLowerCase()))
  const [only, ...others] = those
  const one = named ?? (others.length === 0 ? only : undefined)
  const reason = named ? said.slice(word.length).trim() : said
  if (!one || reason === '') return null
  return { choice: { step: one.step, operation, target: targetKey(one.target) }, reason }
}

const namesOf = (target: Offer['target']): readonly string[] => [
  target.id.toLowerCase(),
  nameToSay(target).toLowerCase(),
]
