import { chatOwnerOf, managerCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'

/** Whose chat a card is in: the person's who has or had the case, else the manager's who is asked, or was before. */
export const readerOf = ({ confirmation }: Case, card: string): string => {
  const before = confirmation?.passedOn
  if (before && card === managerCard(before.line)) return before.from.id
  return chatOwnerOf(card) ?? confirmation?.manager.id ?? ''
}
