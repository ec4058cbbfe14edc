import { type Alert, type Family, type Severity, severities } from './alert.js'
import type { Person } from './person.js'

/** Which alerts a channel gets: those of one product, those that are bad enough; null where it does not matter. */
export type Filter = { readonly family: Family | null; readonly atLeast: Severity | null }

/** Who is called by name when a new case's card is posted, and how bad its alert must be. */
export type OnCall = { readonly person: Person; readonly atLeast: Severity }

/** The filter that lets everything through. */
export const everything: Filter = { family: null, atLeast: null }

/** True for the filter that lets everything through. */
export const isOpen = ({ family, atLeast }: Filter): boolean => family === null && atLeast === null

/** True when an alert of that product and severity is for a channel with that filter. */
export const fits = ({ family, atLeast }: Filter, alert: Pick<Alert, 'family' | 'severity'>): boolean =>
  (family === null || family === alert.family) && (atLeast === null || isAsBad(alert.severity, atLeast))

/** True when a severity is that bad, or worse. */
export const isAsBad = (severity: Severity, atLeast: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(atLeast)

/**
 * The channel an alert goes to, of those bound, in the order of binding: the first whose filter it fits, else the one without a
 * filter, else the first of all, for no alert may go nowhere. Undefined only when there is none.
 */
export const route = <C extends { readonly filter: Filter }>(
  channels: readonly C[],
  alert: Pick<Alert, 'family' | 'severity'>,
): C | undefined =>
  channels.find(({ filter }) => !isOpen(filter) && fits(filter, alert)) ??
  channels.find(({ filter }) => isOpen(filter)) ??
  channels[0]
