import { z } from 'zod'
import type { Store } from '../../store/store.js'
import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { peopleKeys } from '../../triage/follow.js'
import type { Guide } from '../../triage/guide.js'
import { type Journey, journeyHits, journeyOf } from '../../triage/journey.js'
import type { RegisterHit } from '../../triage/register.js'

/**
 * The journeys that managers have confirmed. Each is a line of its case's history; what is held here only finds them, over restarts as
 * well, and forgets them some days after they end.
 */
export type Journeys = {
  /** Note a case as it stands now: its journey is known, changed, or known no more. */
  readonly note: (state: Case) => void
  /** What journeys told in other cases say of the people of a case's alert. */
  readonly ask: (state: Pick<Case, 'id' | 'alert'>) => readonly RegisterHit[]
  /** The journeys of whoever is called so, by name or address, the latest to end first; of everyone for ''. */
  readonly of: (who: string) => readonly Journey[]
  /** That case is about no one any more. */
  readonly forget: (caseId: string) => void
  /** Compare what is known with the histories it was found in, for the process may have ended between the two. Never rejects. */
  readonly compare: (read: (caseId: string) => Promise<Case | null>) => Promise<void>
  /** How often something changed: what was made of an older answer is out of date. */
  readonly version: () => number
  /** Resolves when all that is known is written down. */
  readonly saved: () => Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly guideOf: (type: string) => Guide
  /** For how many days after its last one a journey is still told of. */
  readonly keepDays: number
  /** The clock, ISO 8601. */
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void }
}

/** Take in what was found before; what can't be read is found again with its case. */
export const openJourneys = async ({ store, guideOf, keepDays, now, log }: Parts): Promise<Journeys> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? []
  const byCase = new Map<string, Journey>(kept.map((one) => [one.caseId, one]))
  let version = 0
  let saving: Promise<void> = Promise.resolve()
  let isWaiting = false

  const isYoung = ({ to }: Journey): boolean => Date.parse(to) + (keepDays + 1) * dayMs > Date.parse(now())
  const young = (): readonly Journey[] => [...byCase.values()].filter(isYoung)

  const write = async (before: Promise<void>): Promise<void> => {
    await before
    isWaiting = false
    for (const one of [...byCase.values()].filter((journey) => !isYoung(journey))) byCase.delete(one.caseId)
    for (const caseId of [...byCase.keys()].slice(0, Math.max(0, byCase.size - most))) byCase.delete(caseId)
    try {
      await store.keep(name, [...byCase.values()])
    } catch (error) {
      log.warn({ err: error }, 'the journeys that managers confirmed could not be written down')
    }
  }
  /** One write at a time, and what comes while it waits goes along. */
  const save = (): void => {
    if (isWaiting) return
    isWaiting = true
    saving = write(saving)
  }

  const note = (state: Case): void => {
    // Managers are asked on the card of a group, and answer for the people of its own alert.
    if (state.joined) return
    const journey = isAboutTravel(state, guideOf) ? journeyOf(state) : null
    const before = byCase.get(state.id)
    if (JSON.stringify(before ?? null) === JSON.stringify(journey)) return
    byCase.delete(state.id)
    if (journey) byCase.set(state.id, journey)
    version += 1
    save()
  }

  return {
    note,
    forget: (caseId) => {
      if (!byCase.delete(caseId)) return
      version += 1
      save()
    },
    compare: async (read) => {
      const known = [...byCase.keys()]
      for (const caseId of known) {
        const state = await read(caseId).catch(() => null)
        if (state) note(state)
      }
    },
    ask: ({ id, alert }) => journeyHits(theirs(young(), alert, id), alert),
    of: (who) => {
      const wanted = who.trim().toLowerCase()
      return young()
        .filter((one) => [...one.keys, one.who.toLowerCase()].some((named) => named.includes(wanted)))
        .toSorted((one, other) => (one.to < other.to ? 1 : one.to > other.to ? -1 : 0))
    },
    version: () => version,
    saved: () => saving,
  }
}

const theirs = (journeys: readonly Journey[], alert: Alert, caseId: string): readonly Journey[] => {
  if (journeys.length === 0) return journeys
  const keys = new Set(peopleKeys(alert))
  return journeys.filter((one) => one.caseId !== caseId && one.keys.some((key) => keys.has(key)))
}

/** Managers are asked about other things as well; only where the travel register bears on the check is a yes a journey. */
const isAboutTravel = ({ guide, journey }: Case, guideOf: Parts['guideOf']): boolean =>
  guideOf(guide).checks.find(({ id }) => id === journey?.check)?.registers.travel !== undefined

const name = 'travel'
const dayMs = 86_400_000
/** Those told of longest ago are forgotten first. */
const most = 5000

const shape = z.array(
  z.object({
    caseId: z.string(),
    keys: z.array(z.string()),
    who: z.string(),
    countries: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    by: z.string(),
    at: z.string(),
    note: z.string(),
  }),
)
