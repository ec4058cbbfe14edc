import { LRUCache } from 'lru-cache'
import { keyedQueue } from '../../store/keyed-queue.js'
import type { Store, StoredCase, WriteOptions } from '../../store/store.js'
import type { Alert } from '../../triage/alert.js'
import type { Card, Cards } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Diary, Event, Related } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { isFault } from '../../triage/fault.js'
import type { Guide } from '../../triage/guide.js'
import { winnow } from '../../triage/person.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { type Refusal, isRefusal } from '../../triage/refusal.js'
import { chatCardWanted, isOpen } from '../../triage/stale-cards.js'

/** A case as it stands, with its diary and its cards; `state` is null when there is no such case. */
export type CaseRecord = { readonly state: Case | null; readonly diary: Diary; readonly cards: Cards }

/** What came of some commands: what was written, and the case as it stands now. */
export type CommandResult = CaseRecord & {
  readonly refusal: Refusal | null
  readonly written: readonly Event[]
  /** The cards the commands asked for by themselves, that are owed now. */
  readonly owed: readonly string[]
}

/** The same, where something was written or is owed: so there is a case, and no refusal. */
export type WrittenResult = CommandResult & { readonly state: Case; readonly refusal: null }

/** Which cards of a case change, by name; null takes one away. */
export type CardChanges = Readonly<Record<string, Card | null>>

/**
 * The one place where commands are settled.
 *
 * The cases used last are held in memory, folded; that is right because one process owns the store (a second one would have to
 * follow `Store.since`).
 */
export type Desk = {
  /** Settle commands for one case: all of them, or none when one is refused. Resolves when it is on disk. */
  settle(caseId: string, commands: readonly Command[]): Promise<CommandResult>
  /**
   * Open a case for an alert, beside the case whose card it shares if there is one, with what its source tells of it. A known alert
   * changes nothing, but what is told anew is written.
   */
  open(
    caseId: string,
    alert: Alert,
    guide: string,
    related: readonly Related[],
    beside?: {
      readonly joins?: { readonly leader: string; readonly as: 'twin' | 'member' } | null
      readonly said?: readonly SourceSaid[]
    },
  ): Promise<CommandResult>
  /** Write down what a source tells of an alert; refused as `no-case` when there is none for it. */
  told(caseId: string, said: SourceSaid): Promise<CommandResult>
  /** The case as it stands. */
  look(caseId: string): Promise<CommandResult>
  /** The same from memory, at once; null when it is not held. */
  held(caseId: string): CommandResult | null
  /**
   * Keep where the cards of a case stand: bookkeeping, not record. `change` sees the case in its turn and says which cards change,
   * null for none. True when something did. Waits for the disk unless told.
   */
  keepCards(
    caseId: string,
    change: (record: CaseRecord & { readonly state: Case }) => CardChanges | null,
    options?: WriteOptions,
  ): Promise<boolean>
  /**
   * Put another record in the place of a settled case's: for personal data that must not stay. `change` sees the record in its turn;
   * null leaves it. True when it was replaced. No one is told of it.
   */
  replace(caseId: string, change: (record: CaseRecord) => Pick<CaseRecord, 'diary' | 'cards'> | null): Promise<boolean>
  /**
   * Be told of every case in which something was written, or whose owner is owed a card, after it is on disk, in the order of writing.
   * That a case was opened may be told a moment later: whoever sent the alert does not wait for those who hear of it. Where several
   * were opened, the first hearer is told of all of them, then the next.
   */
  onWritten(hear: (written: WrittenResult) => void): void
  /** Resolves when everything written was told; with true when something was left to tell. */
  idle(): Promise<boolean>
  /**
   * Be told how a case that is there already will stand while the disk takes it, where nothing else uses that time. It may come to
   * nothing: only what is lost at no cost may be made of it.
   */
  onComing(hear: (coming: WrittenResult) => void): void
}

/** How it is told that a case was opened: `soon` does it a moment later, and `failed` hears what goes wrong then. */
export type TellOpened = {
  readonly soon: (work: () => void) => void
  readonly failed: (error: unknown, caseId: string) => void
}

/** How many open cases are held in memory, of those used last. A closed one takes the place of four: hardly anybody asks for it again. */
const mostHeld = 8000
const placesOf = ({ state }: Held): number => (state?.closed === null ? 1 : 4)

/**
 * Read the case, decide, write. When someone else wrote first, the decision was made on old news: decide again.
 *
 * Commands for one case queue behind each other, so a burst of clicks costs no lost races. A case that `wants` something stays open for
 * the store although it is closed.
 */
export const openDesk = (
  store: Store,
  guideOf: (type: string, language?: string) => Guide,
  now: () => string,
  wants: (record: Pick<WrittenResult, 'state' | 'diary'>) => boolean = () => false,
  { soon, failed }: TellOpened = atOnce,
): Desk => {
  const hearers: ((written: WrittenResult) => void)[] = []
  /** What is told a moment later, in the order of writing. */
  let untold: WrittenResult[] = []
  const comingHearers: ((coming: WrittenResult) => void)[] = []
  const { take } = keyedQueue(256)
  const held = new LRUCache<string, Held>({ maxSize: mostHeld, sizeCalculation: placesOf })

  const tell = (written: WrittenResult): void => {
    for (const hear of hearers) hear(written)
  }
  /** One hearer after the other: each goes through all of it at once. Nobody waits for it, so nobody else would hear of an error. */
  const tellUntold = (): void => {
    const all = untold
    untold = []
    for (const hear of hearers) {
      for (const written of all) {
        try {
          hear(written)
        } catch (error) {
          failed(error, written.state.id)
        }
      }
    }
  }
  const tellSoon = (written: WrittenResult): void => {
    untold.push(written)
    if (untold.length === 1) soon(tellUntold)
  }

  const read = async (caseId: string): Promise<Held> => {
    const known = held.get(caseId)
    if (known) return known
    const stored = await store.read(caseId)
    // Whoever only looks does not wait for a turn: what was written meanwhile is newer.
    const newer = held.get(caseId)
    if (newer && newer.version >= stored.version) return newer
    const record = { state: replay(stored.diary), ...stored }
    if (record.state) held.set(caseId, record)
    return record
  }

  /** What is being written now. */
  const writing = new Set<object>()
  /**
   * Tell it once the disk is at work: the journal gives those who come together one turn of the loop. Where several come together,
   * there is other work to do meanwhile.
   */
  const foretell = (coming: WrittenResult): void => {
    setImmediate(() =>
      setImmediate(() => {
        if (writing.has(coming.state) && writing.size === 1) for (const hear of comingHearers) hear(coming)
      }),
    )
  }

  /** Write the change, or forget what is held: after a failed write only the store knows what is true. */
  const write = async (caseId: string, before: Held, change: Written, options?: WriteOptions): Promise<Held> => {
    const { events, cards: changes, state } = change
    const cards = changes === null ? before.cards : changed(before.cards, changes)
    const diary = events.length > 0 ? [...before.diary, ...events] : before.diary
    const open = state !== null && (isOpen(state, cards) || wants({ state, diary }))
    const work = state ?? {}
    writing.add(work)
    if (before.state && events.length > 0) {
      const coming = resultOf({ version: before.version, diary, cards, state }, { written: events })
      if (isWritten(coming)) foretell(coming)
    }
    try {
      const version = await store.write(caseId, before.version, { open, events, cards: changes ?? {} }, options)
      const after = { version, diary, cards, state }
      held.set(caseId, after)
      return after
    } catch (error) {
      held.delete(caseId)
      throw error
    } finally {
      writing.delete(work)
    }
  }

  const attempt = async (caseId: string, commands: readonly Command[]): Promise<CommandResult> => {
    const before = await read(caseId)
    let { state } = before
    let cards: CardChanges | null = null
    const written: Event[] = []
    for (const command of commands) {
      const type = state?.guide ?? (command.type === 'open' ? command.guide : 'other')
      const decision = decide(command, state, guideOf(type, command.language))
      if (isRefusal(decision)) return resultOf(before, { refusal: decision })
      written.push(...decision)
      state = decision.reduce<Case | null>(evolve, state)
      if (command.type === 'continue-in-chat') cards = chatCardWanted(before.cards, command.by.id, command.at) ?? cards
    }
    if (written.length === 0 && cards === null) return resultOf(before, {})
    const after = await write(caseId, before, { events: written, cards, state })
    const result = resultOf(after, { written, owed: Object.keys(cards ?? {}) })
    if (!isWritten(result)) return result
    if (before.state === null) tellSoon(result)
    else {
      tellUntold()
      tell(result)
    }
    return result
  }

  const inTurn = <T>(caseId: string, work: () => Promise<T>): Promise<T> =>
    take(caseId, () => work().catch(again(work, 1)))
  const again =
    <T>(work: () => Promise<T>, tries: number) =>
    (error: unknown): Promise<T> => {
      if (tries >= 20 || !isFault(error, 'store/stale')) throw error
      return work().catch(again(work, tries + 1))
    }

  const settle = (caseId: string, commands: readonly Command[]) => inTurn(caseId, () => attempt(caseId, commands))

  return {
    settle,
    open: (caseId, alert, guide, related, { joins = null, said = [] } = {}) => {
      const at = now()
      return settle(caseId, [
        { type: 'open', caseId, line: null, alert, guide, related, ...(joins && { joins }), at, by: winnow },
        ...said.map((one) => noteSource(caseId, one, at)),
      ])
    },
    told: (caseId, said) => settle(caseId, [noteSource(caseId, said, now())]),
    look: async (caseId) => resultOf(await read(caseId), {}),
    held: (caseId) => {
      // Not as if it were used: sixty clients ask for each case after every change.
      const record = held.peek(caseId)
      return record ? resultOf(record, {}) : null
    },
    keepCards: (caseId, change, options) =>
      inTurn(caseId, async () => {
        const before = await read(caseId)
        const { state } = before
        const cards = state && change({ ...before, state })
        if (!cards || Object.keys(cards).length === 0) return false
        await write(caseId, before, { events: [], cards, state }, options)
        return true
      }),
    replace: (caseId, change) =>
      inTurn(caseId, async () => {
        // Whoever looks through all cases doesn't put those out of memory that are in use.
        const known = held.peek(caseId)
        const stored = known ?? (await store.read(caseId))
        const next = change(known ?? { ...stored, state: replay(stored.diary) })
        if (next === null) return false
        held.delete(caseId)
        await store.replace(caseId, stored.version, next)
        held.delete(caseId)
        return true
      }),
    onWritten: (hear) => void hearers.push(hear),
    idle: async () => {
      const isLeft = untold.length > 0
      tellUntold()
      return isLeft
    },
    onComing: (hear) => void comingHearers.push(hear),
  }
}

const atOnce: TellOpened = {
  soon: (work) => work(),
  failed: (error) => {
    throw error
  },
}

const noteSource = (caseId: string, said: SourceSaid, at: string): Command => {
  return { type: 'note-source', caseId, line: null, said, at, by: winnow }
}

type Held = StoredCase & { readonly state: Case | null }

type Written = {
  readonly events: readonly Event[]
  readonly cards: CardChanges | null
  readonly state: Case | null
}

const resultOf = (
  { state, diary, cards }: Held,
  { refusal = null, written = [], owed = [] }: Partial<Pick<CommandResult, 'refusal' | 'written' | 'owed'>>,
): CommandResult => ({ refusal, written, owed, state, diary, cards })

/** There is a case, and no refusal. */
const isWritten = (result: CommandResult): result is WrittenResult => result.state !== null && result.refusal === null

const changed = (cards: Cards, changes: CardChanges): Cards =>
  Object.fromEntries(
    Object.entries({ ...cards, ...changes }).flatMap(([name, card]) => (card === null ? [] : [[name, card] as const])),
  )
