import type { Store } from '../../store/store.js'
import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { winnow } from '../../triage/person.js'
import { isFault } from '../../triage/fault.js'
import type { Filter } from '../../triage/routing.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Channels } from './channels.js'
import type { Outbox } from './deliver.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import { eachOf } from '../pacing/each-of.js'
import type { ResumeReason } from './resume.js'

/** Where cards go, and the cards that have to follow. */
export type Rebind = {
  /** Take up the open cases. Resolves when each has been looked at. */
  resume(why: ResumeReason): Promise<void>
  /** Take up those that could not be taken up before. Call it each minute or so. */
  retry(): Promise<void>
  /** Post new cards here from now on, and those that wait. */
  setChannel(place: ConversationRef, filter?: Filter, boundBy?: string): Promise<void>
  /** Post no new cards there any more. */
  removeChannel(conversationId: string): Promise<void>
  /** Another language is read in that channel: the cards of open cases that stand there follow, as fast as the chat takes them. */
  respeak(conversationId: string): Promise<void>
  /** Winnow was added anew where it posts already. */
  rebindAll(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'open'>
  readonly desk: Desk
  readonly outbox: Pick<Outbox, 'resume' | 'respeak'>
  readonly binding: Pick<Channels, 'setChannel' | 'removeChannel'>
  /** Hears of each case that is taken up. */
  readonly note: (settled: CommandResult & { readonly state: Case }, why: ResumeReason) => void
  /** There is another channel. */
  readonly bound: () => void
  readonly isLocal: boolean
  /** ISO 8601. */
  readonly now: () => string
  readonly log: { error(details: object, text: string): void }
}

/** The open cases of the store, and its channels. */
export const openRebind = ({ store, desk, outbox, binding, note, bound, isLocal, now, log }: Parts): Rebind => {
  const left = new Map<string, ResumeReason>()
  // The local client's page forgets its cards whenever it is loaded again, and tells so by adding Winnow anew.
  let isFirstPage = false

  const takeUp = async (ids: readonly string[], why: ResumeReason): Promise<void> => {
    const failed = (error: unknown, id: string): void => {
      log.error({ err: error, case: id }, 'a case could not be taken up')
      // What is damaged stays so until somebody mends it.
      if (!isFault(error, 'store/damaged') && !isFault(error, 'store/closed')) left.set(id, why)
    }
    await eachOf(ids, failed, async (id) => {
      // In its turn: what was merely read could be told late, and hide what somebody has written meanwhile.
      const settled = await desk.settle(id, why === 'rebound' ? [] : [goByGuide(id)])
      const { state, cards } = settled
      if (!state) return
      note({ ...settled, state }, why)
      await outbox.resume({ state, cards }, why)
    })
  }

  /** A guide can only have changed while Winnow was not running. */
  const goByGuide = (caseId: string): Command => ({
    type: 'update-guide',
    caseId,
    line: null,
    at: now(),
    by: winnow,
  })

  const resume = async (why: ResumeReason): Promise<void> => takeUp(await store.open(), why)

  return {
    resume: (why) => {
      isFirstPage = why === 'fresh'
      return resume(why)
    },
    retry: async () => {
      const again = [...left]
      left.clear()
      for (const why of new Set(again.map(([, one]) => one)))
        await takeUp(
          again.flatMap(([id, one]) => (one === why ? [id] : [])),
          why,
        )
    },
    setChannel: async (place, filter, boundBy) => {
      await binding.setChannel(place, filter, boundBy)
      bound()
      await resume('rebound')
    },
    removeChannel: async (conversationId) => {
      await binding.removeChannel(conversationId)
      await resume('rebound')
    },
    respeak: async (conversationId) => {
      const failed = (error: unknown, id: string) =>
        log.error({ err: error, case: id }, 'a card does not speak the new language of its channel yet')
      await eachOf(await store.open(), failed, async (id) => {
        const { state, cards } = await desk.look(id)
        if (state) outbox.respeak({ state, cards }, conversationId)
      })
    },
    rebindAll: async () => {
      await resume(isLocal && !isFirstPage ? 'fresh' : 'rebound')
      isFirstPage = false
    },
  }
}
