import type { SourceSaid } from './source-said.js'

/**
 * What can become of something that a case tells outside. `begun` and `waiting` are on their way; all others are the end of it: `kept`
 * is a newer word there that was left alone, `unknown` is something that may not be sent twice and of which no one knows whether it
 * arrived, and `not-sent` is what Winnow can't send for want of something that the alert does not tell.
 */
export const effectStates = [
  'begun',
  'waiting',
  'done',
  'dry-run',
  'kept',
  'refused',
  'unknown',
  'given-up',
  'not-sent',
] as const

/** One of them. */
export type EffectState = (typeof effectStates)[number]

/** Why something is not done yet, or never will be. */
export const effectTroubles = [
  'forbidden',
  'signed-out',
  'throttled',
  'unreachable',
  'not-found',
  'invalid',
  'conflict',
  'no-link',
] as const

/** One of them. */
export type EffectTrouble = (typeof effectTroubles)[number]

/** What is written down of one effect; the newest note counts. */
export type EffectNote = {
  /** Its name for ever: the target, and what of the case it follows from. */
  readonly effect: string
  /** Where it goes, such as `graph`. */
  readonly target: string
  readonly state: EffectState
  /** What it does there, in words, such as "closed as false positive". */
  readonly does: string
  readonly why?: EffectTrouble
  /** What it takes to have it done, or what was answered: a permission, a code. Never a text from outside. */
  readonly detail?: string
  /** What was sent, or with `dry-run` would have been, as JSON. */
  readonly sent?: string
  /** How the alert stands there from then on. */
  readonly wrote?: SourceSaid
}

/** How an effect stands, and since when. */
export type EffectStanding = EffectNote & { readonly at: string }

/** True when nothing more is done about it. */
export const isSettled = (state: EffectState | undefined): boolean =>
  state !== undefined && state !== 'begun' && state !== 'waiting'

/** How the effect of that name stands; undefined while nothing was written of it. */
export const standingOf = (effects: readonly EffectStanding[], effect: string): EffectStanding | undefined =>
  effects.find((one) => one.effect === effect)

/** With this note, which takes the place of an older one about the same. */
export const withNote = (
  effects: readonly EffectStanding[],
  note: EffectNote,
  at: string,
): readonly EffectStanding[] => {
  const { effect, target, state, does, why, detail, sent, wrote } = note
  const standing: EffectStanding = {
    effect,
    target,
    state,
    does,
    ...(why && { why }),
    ...(detail !== undefined && { detail }),
    ...(sent !== undefined && { sent }),
    ...(wrote && { wrote }),
    at,
  }
  return [...effects.filter((one) => one.effect !== effect), standing]
}
