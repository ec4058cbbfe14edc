import { z } from 'zod'
import type { Store } from '../../store/store.js'
import type { Case } from '../../triage/case.js'
import { verdictClasses } from '../../triage/guide.js'
import { type PastVerdict, pastVerdictOf, thingKinds, thingsOf } from '../../triage/memory.js'

/** The verdicts of the cases there were: found by what the alerts were about, over restarts as well. The histories hold them. */
export type VerdictMemory = {
  /** Note a case as it stands now: its verdict is remembered, or no more when it was withdrawn. */
  readonly note: (state: Case) => void
  /** The earlier verdicts of cases that share an address, range, person, app or resource with a case; not its own. */
  readonly about: (state: Pick<Case, 'id' | 'alert'>) => readonly PastVerdict[]
  /** That case is about no one any more. */
  readonly forget: (caseId: string) => void
  /** Tells whether `about` would answer something else than before, without comparing hundreds of verdicts. */
  readonly markOf: (state: Pick<Case, 'alert'>) => string
  /** How often something changed. */
  readonly version: () => number
  /** Write down what is new. Never rejects: what is missing is missed only after a restart. */
  readonly save: () => Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly log: { warn(details: object, text: string): void }
  /** How many are remembered; those noted longest ago are forgotten first. */
  readonly most?: number
}

/** Take in what was written down before; what can't be read counts as nothing. */
export const openVerdictMemory = async ({ store, log, most = 5000 }: Parts): Promise<VerdictMemory> => {
  const byCase = new Map<string, PastVerdict>()
  const byThing = new Map<string, OfThing>()
  let version = 0
  let written = 0
  let changes = 0

  const forget = (caseId: string): void => {
    const known = byCase.get(caseId)
    if (!known) return
    byCase.delete(caseId)
    for (const key of known.things.map(keyOf)) {
      const others = byThing.get(key)
      const at = others?.all.indexOf(known) ?? -1
      if (!others || at < 0) continue
      others.all.splice(at, 1)
      others.truePositives?.delete(known)
      others.changed = changes += 1
      if (others.all.length === 0) byThing.delete(key)
    }
  }
  const put = (one: PastVerdict): void => {
    byCase.set(one.caseId, one)
    for (const key of new Set(one.things.map(keyOf))) {
      const others: OfThing = byThing.get(key) ?? { all: [], truePositives: null, changed: 0 }
      others.all.push(one)
      if (one.class === 'TP') (others.truePositives ??= new Set()).add(one)
      others.changed = changes += 1
      byThing.set(key, others)
    }
    if (byCase.size > most) forget(oldest())
  }
  /** A true positive is what nobody may forget: an entry is proposed only where it would have hidden none. */
  const oldest = (): string => {
    for (const one of byCase.values()) if (one.class !== 'TP') return one.caseId
    for (const caseId of byCase.keys()) return caseId
    return ''
  }
  for (const one of shape.safeParse((await store.kept(name)).value).data ?? []) put(one)

  return {
    note: (state) => {
      const verdict = pastVerdictOf(state)
      const before = byCase.get(state.id)
      if (!verdict && !before) return
      if (verdict && before && verdict.at === before.at && verdict.verdict === before.verdict) return
      forget(state.id)
      if (verdict) put(verdict)
      version += 1
    },
    about: ({ id, alert }) => {
      const all = new Set<PastVerdict>()
      for (const thing of thingsOf(alert)) {
        const others = byThing.get(keyOf(thing))
        if (!others) continue
        for (const one of others.truePositives ?? []) all.add(one)
        for (const one of others.all.slice(-mostOfOne)) all.add(one)
      }
      return [...all].filter(({ caseId }) => caseId !== id)
    },
    markOf: ({ alert }) =>
      thingsOf(alert)
        .map((thing) => byThing.get(keyOf(thing))?.changed ?? 0)
        .join(' '),
    forget: (caseId) => {
      if (!byCase.has(caseId)) return
      forget(caseId)
      version += 1
    },
    version: () => version,
    save: async () => {
      if (version === written) return
      const upTo = version
      try {
        await store.keep(name, [...byCase.values()])
        written = upTo
      } catch (error) {
        log.warn({ err: error }, 'the verdicts of earlier cases could not be written down')
      }
    },
  }
}

/** The verdicts about one thing, noted longest ago first; those among them that are true positives, null for none; and its last change. */
type OfThing = { readonly all: PastVerdict[]; truePositives: Set<PastVerdict> | null; changed: number }

const keyOf = ({ kind, name: called }: PastVerdict['things'][number]): string => `${kind} ${called}`

/** Of one thing the true positives and the newest: some apps and accounts have thousands. */
const mostOfOne = 200

const name = 'verdicts'

const shape = z.array(
  z.object({
    caseId: z.string(),
    type: z.string(),
    verdict: z.string(),
    class: z.enum(verdictClasses),
    label: z.string(),
    at: z.string(),
    occurredAt: z.string(),
    things: z.array(z.object({ kind: z.enum(thingKinds), name: z.string() })),
  }),
)
