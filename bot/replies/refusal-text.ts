import { escapeUntrusted } from '../../dialogs/escape.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { Refusal } from '../../triage/refusal.js'

/** The sentence of a refusal; what it tells of comes from outside, so it is made visible and bounded. */
export const refusalText = ({ refusal, details }: Refusal, phrases: Phrases): string =>
  say(
    phrases,
    `refusal.${refusal}`,
    Object.fromEntries(Object.entries(details).map(([name, value]) => [name, escapeUntrusted(value, 120)])),
  )
