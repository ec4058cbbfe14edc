import { chatOwnerOf } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'

/** Whose chat a card is in: the person's who has or had the case, else the manager's. */
export const readerOf = ({ confirmation }: Case, card: string): string =>
  chatOwnerOf(card) ?? confirmation?.manager.id ?? ''
