import type { Somebody } from '../support/activities.js'
import type { Press } from './press.js'

/** A click as it was sent: who pressed what, on which message. */
export type Sent = Press & {
  readonly by: Somebody
  readonly conversation: string
  readonly messageId: string
}

/**
 * A click that was answered with its effect: between the line it saw and the one the answered card shows stands what it wrote.
 * A manager's card does not tell the line: there the note, which nobody writes twice, is the proof. Nor does what is no news,
 * that somebody goes on in their own chat.
 */
export type Clicked = Sent & { readonly from: number; readonly to: number | null }

/** What the world outside knows for sure, and what it does not. */
export type Ledger = {
  /** Every alert that was ever sent, by its own id: the case it was acknowledged with, null as long as it was not. */
  readonly alerts: Map<string, string | null>
  readonly clicks: Clicked[]
  /** Clicks that were cut off: they may have had their effect or not. They are sent again after the restart. */
  readonly unknown: Sent[]
  /** What must never happen, and did: a line each. */
  readonly problems: string[]
  /** What happened how often, for the summary. */
  readonly counts: Map<Counted, number>
}

/** What is counted beside alerts and clicks. */
export type Counted = 'redelivered' | 'refused' | 'without effect' | 'cut off' | 'repeated' | 'said to have failed'

/** An empty ledger. */
export const openLedger = (): Ledger => ({
  alerts: new Map(),
  clicks: [],
  unknown: [],
  problems: [],
  counts: new Map(),
})

/** Count one more. */
export const count = ({ counts }: Ledger, what: Counted): void => void counts.set(what, (counts.get(what) ?? 0) + 1)

/** How many alerts were acknowledged. */
export const acknowledged = ({ alerts }: Ledger): number => [...alerts.values()].filter((id) => id !== null).length
