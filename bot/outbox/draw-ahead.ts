import { channelCard } from '../../triage/card.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { WrittenResult } from '../cases/desk.js'
import type { CaseRenderer } from './render-case.js'

/**
 * Draw the card in the channel for how a case will stand, while the disk takes what makes it so: the answer to a click and the redraw
 * then find it drawn. Nothing is made of it when there is no such card, nor when it can't be drawn: who draws it next is told.
 */
export const openDrawAhead =
  (renderer: Pick<CaseRenderer, 'contextOf' | 'channel'>) =>
  ({ state, diary, cards }: WrittenResult): void => {
    if (cardOf(cards, channelCard)?.state !== 'shown') return
    try {
      const context = renderer.contextOf({ state, diary, cards })
      if (context) renderer.channel(context, null)
    } catch {
      // Whoever draws it next is told.
    }
  }
