import type { Severity } from './alert.js'
import type { WorkingHours } from './working-hours.js'

/** Whom an unassigned case pages, one after the other. `first` is the page with its card. */
export const pageSteps = ['first', 'again', 'leads', 'next'] as const

/** One of them. */
export type PageStep = (typeof pageSteps)[number]

/** After how long an unassigned case pages whom, in milliseconds since it is unassigned; null for never. */
export type UnassignedWindows = {
  /** Who is on call is mentioned again. */
  readonly again: number | null
  /** The leads are mentioned. */
  readonly leads: number | null
  /** The next on the rota is mentioned. */
  readonly next: number | null
  /** So long after the last of these it begins anew. */
  readonly repeat: number | null
}

/** After how long without a sign of its owner a case is brought to their mind, and released; null for never. */
export type OwnerWindows = { readonly remind: number | null; readonly release: number | null }

/** After how long a manager is reminded, and how long each who is asked has to answer; null for what is set elsewhere. */
export type ManagerWindows = { readonly remind: number | null; readonly answer: number | null }

/** How long what may last before something is done about it, by severity; and when people work. */
export type Clocks = {
  readonly unassigned: Readonly<Record<Severity, UnassignedWindows>>
  readonly owner: Readonly<Record<Severity, OwnerWindows>>
  readonly manager: Readonly<Record<Severity, ManagerWindows>>
  /** From this severity on nights and weekends count as well; null for never. */
  readonly nightFrom: Severity | null
  /** When the team works, for everyone without hours of their own; null when every hour counts. */
  readonly hours: WorkingHours | null
  /** By the id of a person, in lower case. */
  readonly hoursOf: ReadonlyMap<string, WorkingHours>
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const never = { again: null, leads: null, next: null, repeat: null }

/** What counts where nothing is set. */
export const usualClocks: Clocks = {
  unassigned: {
    high: { again: 10 * minute, leads: 20 * minute, next: 30 * minute, repeat: hour },
    medium: { again: hour, leads: 2 * hour, next: 4 * hour, repeat: day },
    low: { again: day, leads: null, next: null, repeat: null },
    informational: never,
  },
  owner: {
    high: { remind: 30 * minute, release: hour },
    medium: { remind: 4 * hour, release: day },
    low: { remind: day, release: 3 * day },
    informational: { remind: 3 * day, release: 7 * day },
  },
  manager: {
    high: { remind: hour, answer: null },
    medium: { remind: 4 * hour, answer: null },
    low: { remind: 8 * hour, answer: null },
    informational: { remind: 8 * hour, answer: null },
  },
  nightFrom: 'high',
  hours: null,
  hoursOf: new Map(),
}

/** The shortest time after which any of these clocks does something, in milliseconds. */
export const shortestOf = ({ unassigned, owner, manager }: Clocks): number =>
  Math.min(
    ...[...Object.values(unassigned), ...Object.values(owner), ...Object.values(manager)].flatMap((windows) =>
      Object.values(windows).filter((one) => one !== null),
    ),
    day,
  )
