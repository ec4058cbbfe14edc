import { LRUCache } from 'lru-cache'
import type { Store } from '../../store/store.js'
import type { Case } from '../../triage/case.js'
import { type VerdictClass, verdictClasses } from '../../triage/guide.js'
import { type PastVerdict, type Thing, pastVerdictOf, thingKinds, sideOf, thingsOf } from '../../triage/memory.js'
import { isText, openSameText } from './kept-text.js'

/** The verdicts of the cases there were: found by what the alerts were about, over restarts as well. The histories hold them. */
export type VerdictMemory = {
  /** Note a case as it stands now: its verdict is remembered, or no more when it was withdrawn. */
  readonly note: (state: Case) => void
  /** The earlier verdicts of cases that share an address, range, person, app or resource with a case; not its own. */
  readonly about: (state: About) => readonly PastVerdict[]
  /** True when a verdict that could contradict one of that class is remembered of an alert of that type, whatever it was about. */
  readonly isOpposed: (type: string, verdictClass: VerdictClass) => boolean
  /** That case is about no one any more. */
  readonly forget: (caseId: string) => void
  /** Tells whether `about` would answer something else than before, without comparing hundreds of verdicts. */
  readonly markOf: (state: About) => string
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
  const byCase = new Map<string, Noted>()
  const byThing = new Map(thingKinds.map((kind) => [kind, new Map<string, OfThing>()]))
  const ofThing = ({ kind, name }: Thing): OfThing | undefined => byThing.get(kind)?.get(name)
  /** How many verdicts are remembered of each type and side. */
  const bySide = new Map<string, number>()
  const count = ({ type, class: verdictClass }: PastVerdict, more: 1 | -1): void => {
    const key = `${sideOf(verdictClass)} ${type}`
    bySide.set(key, (bySide.get(key) ?? 0) + more)
  }
  let version = 0
  let written = 0
  let changes = 0
  /** How often it was asked what there is. */
  let asked = 0

  const changed = (of: OfThing, by: string): void => {
    if (of.changedBy !== by) of.changedBefore = of.changed
    of.changedBy = by
    of.changed = changes += 1
  }
  /** `by`: the case whose verdict it makes room for. What a case remembers of others does not change with its own verdict. */
  const forget = (caseId: string, by = caseId): void => {
    const known = byCase.get(caseId)
    if (!known) return
    byCase.delete(caseId)
    count(known.past, -1)
    for (const thing of known.past.things) {
      const others = ofThing(thing)
      if (!others || !takeOut(others, known)) continue
      others.truePositives?.delete(known)
      changed(others, by)
      if (others.all.length === others.gone) byThing.get(thing.kind)?.delete(thing.name)
    }
  }
  const put = (past: PastVerdict): void => {
    const one: Noted = { past, told: 0 }
    byCase.set(past.caseId, one)
    count(past, 1)
    for (const thing of past.things) {
      const known = ofThing(thing)
      // Named twice, it is noted once.
      if (known?.all.at(-1) === one) continue
      known?.all.push(one)
      // Most things are of one case alone.
      const others: OfThing = known ?? { all: [one], gone: 0, truePositives: null, ...unchanged }
      if (past.class === 'TP') (others.truePositives ??= new Set()).add(one)
      changed(others, past.caseId)
      if (!known) byThing.get(thing.kind)?.set(thing.name, others)
    }
    if (byCase.size > most) forget(oldest(), past.caseId)
  }
  /** A true positive is what nobody may forget: an entry is proposed only where it would have hidden none. */
  const oldest = (): string => {
    for (const { past } of byCase.values()) if (past.class !== 'TP') return past.caseId
    for (const caseId of byCase.keys()) return caseId
    return ''
  }
  const { value } = await store.kept(name)
  const kept: readonly unknown[] = Array.isArray(value) ? value : []
  const same = openSameText()
  for (const one of kept) {
    const past = pastVerdictIn(one, same)
    if (past && !byCase.has(past.caseId)) put(past)
  }

  const pastOf = ({ id, alert }: About): readonly PastVerdict[] => {
    const all: PastVerdict[] = []
    asked += 1
    const tell = (one: Noted): void => {
      if (one.told === asked || one.past.caseId === id) return
      one.told = asked
      all.push(one.past)
    }
    for (const thing of thingsOf(alert)) {
      const others = ofThing(thing)
      if (!others) continue
      for (const one of others.truePositives ?? []) tell(one)
      for (const one of newest(others, id)) tell(one)
    }
    return all
  }
  const markOf = ({ id, alert }: About): string =>
    thingsOf(alert)
      .map((thing) => {
        const { changedBy, changed, changedBefore } = ofThing(thing) ?? unchanged
        return changedBy === id ? changedBefore : changed
      })
      .join(' ')
  /** What was told lately: a click asks several times. */
  const told = new LRUCache<Case['alert'], { readonly mark: string; readonly past: readonly PastVerdict[] }>({
    max: 50,
  })

  return {
    note: (state) => {
      const verdict = pastVerdictOf(state)
      const before = byCase.get(state.id)?.past
      if (!verdict && !before) return
      if (verdict && before && verdict.at === before.at && verdict.verdict === before.verdict) return
      forget(state.id)
      if (verdict) put(verdict)
      version += 1
    },
    about: (state) => {
      const mark = markOf(state)
      const known = told.get(state.alert)
      if (known?.mark === mark) return known.past
      const past = pastOf(state)
      told.set(state.alert, { mark, past })
      return past
    },
    markOf,
    isOpposed: (type, verdictClass) => {
      const side = sideOf(verdictClass)
      if (side === null) return false
      return (bySide.get(`${side === 'benign' ? 'malicious' : 'benign'} ${type}`) ?? 0) > 0
    },
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
        await store.keep(
          name,
          Array.from(byCase.values(), ({ past }) => past),
        )
        written = upTo
      } catch (error) {
        log.warn({ err: error }, 'the verdicts of earlier cases could not be written down')
      }
    },
  }
}

/** A verdict that is remembered, and when it was last told: many share several things with who asks, and are told once. */
type Noted = { readonly past: PastVerdict; told: number }

/**
 * The verdicts about one thing, noted longest ago first; how many at the beginning of them are forgotten; those among them that are true
 * positives, null for none; its last change with the case that made it, and the last one before that another case made.
 */
type OfThing = {
  readonly all: Noted[]
  gone: number
  truePositives: Set<Noted> | null
  changedBy: string
  changed: number
  changedBefore: number
}

/**
 * Take a verdict out; false when it is not there. Nearly always it is the first one, of thousands of an app or account that everyone has:
 * the others then stay where they are, and the beginning is cut off now and then.
 */
const takeOut = (others: OfThing, one: Noted): boolean => {
  const at = others.all.indexOf(one, others.gone)
  if (at < 0) return false
  if (at > others.gone) others.all.splice(at, 1)
  else others.gone += 1
  if (others.gone >= mostGone) {
    others.all.splice(0, others.gone)
    others.gone = 0
  }
  return true
}

/** So many that are forgotten are held until they are cut off. */
const mostGone = 50

const unchanged = { changedBy: '', changed: 0, changedBefore: 0 }

type About = Pick<Case, 'id' | 'alert'>

/** The newest of them, one more where the case itself is among them: what it remembers of others does not change with its own verdict. */
const newest = ({ all, gone }: OfThing, caseId: string): readonly Noted[] => {
  const from = Math.max(gone, all.length - mostOfOne)
  const last = all.slice(from)
  const next = from > gone ? all[from - 1] : undefined
  return next && last.some(({ past }) => past.caseId === caseId) ? [next, ...last] : last
}

/** Of one thing the true positives and the newest: some apps and accounts have thousands. */
const mostOfOne = 200

const name = 'verdicts'

/** Null for what is none. */
const pastVerdictIn = (one: unknown, same: (text: string) => string): PastVerdict | null => {
  const { caseId, type, verdict, class: verdictClass, label, at, occurredAt, things } = Object(one)
  if (![caseId, type, verdict, label, at, occurredAt].every(isText) || !isClass(verdictClass)) return null
  if (!Array.isArray(things) || !things.every(isThing)) return null
  return {
    caseId,
    type: same(type),
    verdict: same(verdict),
    class: verdictClass,
    label: same(label),
    at,
    occurredAt,
    things: things.map(({ kind, name }) => ({ kind, name: same(name) })),
  }
}

const isClass = (one: unknown): one is VerdictClass => verdictClasses.some((each) => each === one)
const isThing = (one: unknown): one is Thing => {
  const { kind, name } = Object(one)
  return isText(name) && thingKinds.some((each) => each === kind)
}
