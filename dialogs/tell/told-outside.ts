import type { Case } from '../../triage/case.js'
import type { EffectState } from '../../triage/effect.js'
import type { Event } from '../../triage/event.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { escapeUntrusted } from '../escape.js'
import { effectWords } from '../show/told-outside.js'
import type { Notice } from './handover.js'

/**
 * That something was not told outside, for who has the case, where the card does not say it at once: what has failed for good, and what
 * waits while the owner fills the card in. A newer word that was left alone is told as the source's. Null once nobody has the case.
 */
export const describeUntold = (
  event: Event & { readonly type: 'effect-noted' },
  { owner, id }: Case,
  phrases: Phrases,
): Notice | null => {
  if (!owner) return null
  const told = { id: owner.id, name: escapeUntrusted(owner.name, 60) }
  const what = escapeUntrusted(say(phrases, `effect.${event.state}`, effectWords(event, phrases)), 240)
  return { text: say(phrases, 'effect.untold', { owner: told.name, code: id, what }), mentions: [told] }
}

/** True when someone has to hear of it; `isHeld`: the card that shows it waits for its owner. */
export const isUntold = (state: EffectState, isHeld: boolean): boolean =>
  final.has(state) || (isHeld && state === 'waiting')

const final: ReadonlySet<EffectState> = new Set<EffectState>(['refused', 'unknown', 'given-up'])
