import type { Cards } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { type Clocks, shortestOf } from '../../triage/clocks.js'
import type { Command } from '../../triage/command.js'
import { type Due, type Reach, deadlines, endOf } from '../../triage/deadlines.js'
import type { Diary } from '../../triage/event.js'
import { type Person, winnow } from '../../triage/person.js'
import type { Desk } from './desk.js'

/** The clocks of the open cases, in the memory of one process, which has to be told of them. */
export type RunningClocks = {
  /** Something was written in a case, or it is taken up at a start. Cheap: nothing is worked out yet. */
  readonly note: (state: Case, why?: 'written' | 'start') => void
  /** Do what is due at that time (ISO 8601). What fails is tried again at the next look; then it rejects at the end. */
  readonly look: (at: string) => Promise<void>
  /** The clock was not to be believed for a while: look at every case anew. */
  readonly doubt: () => void
  /** What is due next in a case; null when nothing is. */
  readonly next: (record: { readonly state: Case; readonly diary: Diary; readonly cards: Cards }) => Due | null
}

/** Whom each page of a case can reach now. */
export type Paged = Readonly<Record<keyof Reach, readonly Person[]>>

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly clocks: Clocks
  /** Whom to page for a case; no one for a case whose card is held back, or nowhere yet. */
  readonly paged: (state: Case, cards: Cards) => Paged
  /** Whom its question goes to when the manager does not answer; null when there is no one. */
  readonly standIn: (state: Case) => Promise<{ readonly to: Person; readonly as: 'deputy' | 'managers-manager' } | null>
  /** Whether someone was asked so often today that the question shares a card, and that one with its own card went to them. */
  readonly load: {
    isFull(personId: string, at: string): boolean
    note(personId: string, at: string): void
  }
  /** How long who is asked has to answer where the clocks set nothing, in hours. */
  readonly confirmationHours: number
  /** Milliseconds that never go back. */
  readonly monotonic: () => number
}

/** A case is looked at again after so long at the latest, in milliseconds: who can be paged changes. */
const mostMs = 600_000

/**
 * Run the clocks of all open cases. What is due follows from the diary each time a case is looked at; kept here is only when that is
 * worth while, by a clock that never jumps.
 */
export const openClocks = (parts: Parts): RunningClocks => {
  const { desk, clocks, paged, standIn, load, confirmationHours, monotonic } = parts
  const lookAt = new Map<string, number>()
  /** By case, the line of a question that no one else can answer. */
  const alone = new Map<string, number>()
  const shortest = Math.min(shortestOf(clocks), confirmationHours * 3_600_000, mostMs)

  const dueIn = (state: Case, diary: Diary, cards: Cards): readonly Due[] => {
    const people = paged(state, cards)
    const reach = {
      again: people.again.length > 0,
      leads: people.leads.length > 0,
      next: people.next.length > 0,
    }
    return deadlines(state, diary, clocks, reach).map((due) =>
      due.step === 'pass-on' && state.confirmation && alone.get(state.id) === state.confirmation.line
        ? { ...due, step: 'expire', at: state.confirmation.until }
        : due,
    )
  }

  /** What is to be done now: of a reminder that comes too late, what it would have warned of. */
  const nowDue = (due: Due, state: Case, at: string): Due =>
    due.clock === 'manager' && due.step === 'remind' && due.until <= at
      ? {
          clock: 'manager',
          step: state.confirmation?.passedOn ? 'expire' : 'pass-on',
          person: due.person,
          at: due.until,
        }
      : due

  const commandsFor = async (due: Due, state: Case, cards: Cards, at: string): Promise<readonly Command[]> => {
    const base = { caseId: state.id, line: state.line - 1, at, by: winnow }
    switch (due.step) {
      case 'again':
      case 'leads':
      case 'next':
        return [{ type: 'page', to: paged(state, cards)[due.step], step: due.step, why: 'unassigned', ...base }]
      case 'remind':
        return [{ type: 'remind', person: due.person, as: due.clock, until: due.until, ...base }]
      case 'release':
        return [{ type: 'release-silent', from: due.person, ...base }]
      case 'pass-on': {
        const { confirmation } = state
        const other = await standIn(state)
        if (!confirmation) return []
        if (!other) {
          alone.set(state.id, confirmation.line)
          return confirmation.until <= at ? expired(state, cards, base) : []
        }
        const { severity } = state.alert
        const hours = clocks.manager[severity].answer ?? confirmationHours * 3_600_000
        const until = new Date(endOf(Date.parse(at), hours, { severity, personId: other.to.id }, clocks)).toISOString()
        const together = load.isFull(other.to.id, at) && ({ together: true } as const)
        return [{ type: 'pass-on', asked: confirmation.line, until, ...other, ...together, ...base }]
      }
      case 'expire':
        return expired(state, cards, base)
    }
  }

  /** The question comes back; where no one has the case to hear of it, who is on call is mentioned. */
  const expired = (
    state: Case,
    cards: Cards,
    base: Pick<Command, 'caseId' | 'line' | 'at' | 'by'>,
  ): readonly Command[] => {
    const people = paged(state, cards)
    const to = people.again.length > 0 ? people.again : people.leads
    return [
      { type: 'expire-confirmation', ...base, line: null },
      ...(state.owner === null && to.length > 0
        ? [{ type: 'page' as const, to, step: 'again' as const, why: 'unanswered' as const, ...base, line: null }]
        : []),
    ]
  }

  /** Do what is due, one thing after the other, and know when to look again. */
  const lookInto = async (caseId: string, at: string): Promise<void> => {
    const began = monotonic()
    lookAt.set(caseId, began + retryMs)
    for (let done = 0; done < mostAtOnce; done += 1) {
      const { state, diary, cards } = await desk.look(caseId)
      if (!state || state.closed || state.joined) {
        lookAt.delete(caseId)
        return
      }
      const [first] = dueIn(state, diary, cards)
      if (!first || first.at > at) {
        const waits = first ? Date.parse(first.at) - Date.parse(at) : mostMs
        lookAt.set(caseId, began + Math.min(waits, mostMs))
        return
      }
      const commands = await commandsFor(nowDue(first, state, at), state, cards, at)
      const settled = commands.length === 0 ? null : await desk.settle(caseId, commands)
      for (const event of settled?.written ?? [])
        if (event.type === 'confirmation-passed-on' && !event.together) load.note(event.to.id, event.at)
      // Someone was faster, or it can't be done now.
      if (settled?.written.length === 0) break
    }
    lookAt.set(caseId, began + retryMs)
  }

  return {
    note: (state, why = 'written') => {
      if (state.closed || state.joined) {
        lookAt.delete(state.id)
        alone.delete(state.id)
      } else lookAt.set(state.id, why === 'start' ? -Infinity : monotonic() + Math.min(shortest, asksFor(state)))
    },
    look: async (at) => {
      const now = monotonic()
      const ids = [...lookAt].flatMap(([id, due]) => (due <= now ? [id] : []))
      const failures: unknown[] = []
      for (const [count, id] of ids.entries()) {
        await lookInto(id, at).catch((error: unknown) => failures.push(error))
        // Whoever waits for an answer is let in between.
        if (count % 50 === 49) await new Promise((resolve) => setImmediate(resolve))
      }
      if (failures.length > 0) throw failures[0]
    },
    doubt: () => {
      for (const id of lookAt.keys()) lookAt.set(id, -Infinity)
    },
    next: ({ state, diary, cards }) => dueIn(state, diary, cards)[0] ?? null,
  }
}

/** So much is done in one case in one look. */
const mostAtOnce = 5

/** What could not be done is tried again after so long, in milliseconds. */
const retryMs = 60_000

/** How long an open question was open for when it was asked, in milliseconds: it may be shorter than every other clock. */
const asksFor = ({ confirmation }: Case): number =>
  confirmation?.state === 'asked' || confirmation?.state === 'unreached'
    ? Math.max(0, Date.parse(confirmation.until) - Date.parse(confirmation.askedAt))
    : Infinity
