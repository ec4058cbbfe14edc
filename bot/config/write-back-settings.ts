import { z } from 'zod'

/** What Winnow writes outside: nothing, nothing but what it would write (into the history), or all that is decided. */
export const writeBackModes = ['off', 'dry-run', 'on'] as const

/** One of them. */
export type WriteBackMode = (typeof writeBackModes)[number]

/** Where verdicts are written, and how; what is off is left out. */
export type WriteBackSettings = {
  readonly graph?: 'dry-run' | 'on'
}

/** The settings it is read from, each checked by itself. */
export type WriteBackEnvironment = {
  readonly WRITE_BACK_GRAPH: WriteBackMode
}

/** A setting that switches a target on. */
export const writeBackMode = z.enum(writeBackModes, 'must be off, dry-run or on').default('off')

/** Null when everything is off, so that nothing of it need be loaded. */
export const writeBackSettings = ({ WRITE_BACK_GRAPH: graph }: WriteBackEnvironment): WriteBackSettings | null => {
  const settings: WriteBackSettings = { ...(graph !== 'off' && { graph }) }
  return Object.keys(settings).length === 0 ? null : settings
}

/** True when something needs Graph. */
export const needsGraph = (env: WriteBackEnvironment): boolean => env.WRITE_BACK_GRAPH !== 'off'
