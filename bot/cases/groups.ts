import { LRUCache } from 'lru-cache'
import { keyedQueue } from '../../store/keyed-queue.js'
import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { isForMembers } from '../../triage/decide-group.js'
import type { Event, Related } from '../../triage/event.js'
import { memberOf, reportOf } from '../../triage/group.js'
import { winnow } from '../../triage/person.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { findLeader } from './find-case.js'
import type { Clock } from '../pacing/clock.js'
import type { CommandResult, Desk, WrittenResult } from './desk.js'
import type { GroupIndex, Joins } from './group-index.js'

/** What became of an alert: the case that stands for it, and whether that is its own. */
export type Opened = {
  /** Its own code, which follows from source and id. */
  readonly caseId: string
  /** `updated`: it was known, and its source tells something new of it. */
  readonly status: 'new' | 'known' | 'updated'
  readonly joins: Joins | null
}

/** Alerts that share a card: the same one from several sources, and several of one kind about one person or from one address range. */
export type Groups = {
  /**
   * Open the case of an alert, by itself or beside the case whose card it shares. Resolves when it is on disk; what follows from it in
   * the group is written afterwards, and again at a start where it was not.
   */
  open(
    caseId: string,
    alert: Alert,
    guide: string,
    related: readonly Related[],
    said: readonly SourceSaid[],
  ): Promise<Opened>
  /**
   * Write down what a source tells of an alert that may be known: in the case whose card stands for it. Refused as `no-case` when there is
   * none.
   */
  told(caseId: string, said: SourceSaid): Promise<CommandResult>
  /** Something was written in a case: what was said on a group's card is said of each of its alerts. */
  written(written: Pick<WrittenResult, 'state' | 'written'>): void
  /** A case is taken up at a start: what was not written any more before the end is written now. */
  resume(state: Case): void
  /** Every case has been taken up at a start: from now on an alert that finds no card to share has none. */
  complete(): void
  /** What failed is tried again. Call it each minute or so. */
  retry(): void
  /** Resolves when nothing is left to write; with true when there was something. */
  idle(): Promise<boolean>
}

type Parts = {
  readonly desk: Pick<Desk, 'open' | 'settle' | 'look' | 'told'>
  readonly index: GroupIndex
  readonly log: { warn(details: object, text: string): void }
  /** The clock, ISO 8601. */
  readonly now: () => string
  /** Resolves after so many milliseconds. */
  readonly sleep: Clock['sleep']
}

/**
 * The diary of the leader says who is in, and what was said for all; the diary of each member what was said of it. The leader's is
 * written first, and the members follow it line by line, so nothing that is interrupted is lost, and nothing is said twice.
 */
export const openGroups = ({ desk, index, log, now, sleep }: Parts): Groups => {
  // While a case is being opened it is not known whether it can be joined; true once it can.
  const opening = new Map<string, Promise<boolean>>()
  const { take } = keyedQueue(256)
  const waiting = new Set<string>()
  const failed = new Set<string>()
  const going = new Set<Promise<unknown>>()
  /** The cases of each incident heard of lately, by the incident's id. */
  const incidents = new LRUCache<string, ReadonlyMap<string, Related>>({ max: 5000 })

  // While cases are still read at a start, the one whose card an alert shares may not be known yet.
  let isComplete = false
  let [complete, early]: [() => void, Promise<void> | null] = [() => {}, null]
  const reading = new Promise<void>((resolve) => (complete = resolve))
  const allRead = (): Promise<void> => (early ??= Promise.race([reading, sleep(waitsForCasesMs)]))

  const stamp = () => ({ line: null, at: now(), by: winnow })

  const placed = async (caseId: string, alert: Alert): Promise<Joins | null> => {
    for (;;) {
      const joins = index.place(caseId, alert)
      const leader = joins === null ? undefined : opening.get(joins.leader)
      if (leader === undefined || (await leader)) return joins
      index.forget(caseId)
    }
  }

  const openNew = async (
    caseId: string,
    alert: Alert,
    guide: string,
    related: readonly Related[],
    said: readonly SourceSaid[],
  ): Promise<CommandResult> => {
    const joins = await placed(caseId, alert)
    const written = desk.open(caseId, alert, guide, related, { joins, said: joins ? [] : said })
    if (joins?.as !== 'twin') return written
    const [settled] = await Promise.all([written, tellOf(caseId, alert, joins.leader)])
    return settled
  }

  /** The case learns what another source tells of its alert; where there is no such case, the alert stands for itself. */
  const tellOf = async (caseId: string, alert: Alert, main: string): Promise<void> => {
    const { state } = await desk.look(main)
    const report = state && reportOf(caseId, alert, state.alert)
    const { refusal } = report
      ? await desk.settle(main, [{ type: 'note-report', caseId: main, report, ...stamp() }])
      : { refusal: true }
    if (refusal) await desk.settle(caseId, [{ type: 'leave', caseId, leader: main, why: 'too-late', ...stamp() }])
  }

  const toldOf = async (caseId: string, said: SourceSaid): Promise<CommandResult> => {
    const leader = await findLeader(caseId, desk)
    return desk.told(leader?.state?.id ?? caseId, said)
  }

  /** Bring one member up to what its leader's diary says. */
  const follow = async (caseId: string): Promise<void> => {
    const { state } = await desk.look(caseId)
    if (state?.joined?.as !== 'member') return
    const { leader } = state.joined
    const leave: Command = { type: 'leave', caseId, leader, why: 'too-late', ...stamp() }
    const member = memberOf(caseId, state.alert)
    const add: Command = { type: 'add-member', caseId: leader, member, ...stamp() }
    const led = await desk.settle(leader, [add])
    const listed = led.state?.members.find((one) => one.caseId === caseId)
    if (!listed) return void (await desk.settle(caseId, [leave]))
    const { outLine } = listed
    const said = led.diary.flatMap((event, line) =>
      line > state.followed && (outLine === null || line < outLine) && isForMembers(event) ? [{ line, event }] : [],
    )
    const out = outLine === null ? undefined : led.diary[outLine]
    const commands: readonly Command[] = [
      ...(said.length > 0 ? [{ type: 'follow' as const, caseId, leader, said, ...stamp() }] : []),
      ...(out ? [{ ...leave, why: 'taken-out' as const, at: out.at, by: out.by }] : []),
    ]
    if (commands.length > 0) await desk.settle(caseId, commands)
  }

  const later = (name: string, work: () => Promise<unknown>, failed: (error: unknown) => void): void => {
    const one = take(name, work)
      .catch(failed)
      .finally(() => {
        going.delete(one)
      })
    going.add(one)
  }

  /** In its turn, and once for whatever happens meanwhile. */
  const enqueue = (caseId: string): void => {
    if (waiting.has(caseId)) return
    waiting.add(caseId)
    const work = () => {
      waiting.delete(caseId)
      return follow(caseId)
    }
    later(caseId, work, (error) => {
      failed.add(caseId)
      log.warn({ err: error, case: caseId }, 'a case could not follow its group; it is tried again')
    })
  }

  /** The cases of an incident learn of one another; those that share a card are one. */
  const link = (incident: string, caseId: string, { type, occurredAt }: Alert): void => {
    const before = incidents.get(incident) ?? new Map<string, Related>()
    if (before.has(caseId) || before.size >= mostLinked) return
    const cases = new Map([...before, [caseId, { caseId, type, occurredAt }]])
    incidents.set(incident, cases)
    if (cases.size < 2) return
    const tell = async () => {
      for (const to of cases.keys()) {
        const others = [...cases.values()].filter((one) => one.caseId !== to)
        await desk.settle(to, [{ type: 'note-incident', caseId: to, incident, others, ...stamp() }])
      }
    }
    later(`incident ${incident}`, tell, (error) =>
      log.warn({ err: error, case: caseId }, 'the cases of an incident could not be linked'),
    )
  }

  return {
    open: async (caseId, alert, guide, related, said) => {
      if (!isComplete && !index.has(caseId)) await allRead()
      const isPlaced = index.has(caseId)
      const settled = isPlaced
        ? desk.open(caseId, alert, guide, related, { said: index.isOwn(caseId) ? said : [] })
        : openNew(caseId, alert, guide, related, said)
      if (!isPlaced) {
        const whether = settled.then(
          ({ state }) => {
            opening.delete(caseId)
            if (state) index.note(state)
            return index.isOwn(caseId)
          },
          () => {
            opening.delete(caseId)
            index.forget(caseId)
            return false
          },
        )
        opening.set(caseId, whether)
      }
      const { state, written } = await settled
      const joins = state?.joined ?? null
      // What was known may not have been told to its end before.
      if (written.length === 0 && joins?.as === 'twin') await tellOf(caseId, alert, joins.leader)
      if (alert.incident !== undefined) link(alert.incident, joins?.leader ?? caseId, alert)
      const status = statusOf(written)
      if (!joins || said.length === 0) return { caseId, status, joins }
      // Whose card another case's is, is told of there.
      const news = await Promise.all(said.map((one) => toldOf(caseId, one)))
      const isNews = news.some((one) => one.written.length > 0)
      return { caseId, status: status === 'known' && isNews ? 'updated' : status, joins }
    },
    told: toldOf,
    written: ({ state, written }) => {
      index.note(state)
      if (state.joined?.as === 'member' && written.some(({ type }) => type === 'joined')) enqueue(state.id)
      if (state.members.length === 0) return
      const isNews = (type: string) => type === 'member-taken-out'
      if (!written.some((event) => isForMembers(event) || isNews(event.type))) return
      for (const { caseId } of state.members) enqueue(caseId)
    },
    resume: (state) => {
      index.note(state)
      const { incident } = state.alert
      if (incident !== undefined) link(incident, state.joined?.leader ?? state.id, state.alert)
      if (state.joined) enqueue(state.id)
      for (const { caseId } of state.members) enqueue(caseId)
    },
    complete: () => {
      isComplete = true
      complete()
    },
    retry: () => {
      const again = [...failed]
      failed.clear()
      for (const caseId of again) enqueue(caseId)
    },
    idle: async () => {
      if (going.size === 0) return false
      await Promise.all(going)
      return true
    },
  }
}

/** What became of an alert, by what was written in its case. */
export const statusOf = ([first]: readonly Event[]): Opened['status'] =>
  first === undefined ? 'known' : first.type === 'opened' ? 'new' : 'updated'

/**
 * So long an alert waits at a start for the cases that are read then, in milliseconds. Some thousand are read in that time; with more, a
 * second card for the same thing is better than a source that waits.
 */
const waitsForCasesMs = 1500

/** An incident can hold hundreds of alerts; so many of their cases are linked with one another. */
const mostLinked = 10
