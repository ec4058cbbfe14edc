import type { Phrases } from '../../triage/phrases.js'
import type { SourceEffect } from '../../triage/write-back.js'
import { doesWords } from './effect-words.js'
import type { Effect } from './target.js'

/**
 * An alert that can't be written for want of a link that says where it is. It has one name however often the case changes, so that it is
 * said once.
 */
export const withoutLink = (target: string, effect: SourceEffect, phrases: Phrases): Effect => ({
  effect: `${target}/${effect.alert.caseId}/no-link`,
  does: doesWords(effect, phrases),
  send: async () => ({ state: 'not-sent', why: 'no-link' }),
})
