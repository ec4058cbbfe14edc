import type { Store } from '../../store/store.js'
import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import type { Directory } from './directory.js'
import type { Identity } from './identity.js'
import { type ManagerLoad, openManagerLoad } from './manager-load.js'
import { openRelationMemory } from './relation-memory.js'
import { type Verifiers, openVerifiers } from './verifiers.js'

/** Everything about asking managers that is kept beside the cases. */
export type Managers = {
  readonly verifiers: Verifiers
  readonly load: ManagerLoad
  /** Something was written: when a case is taken, the directory is asked beforehand. */
  written(record: { readonly state: Case; readonly written: readonly Event[] }): void
  /** Read the directory again where it has changed, and tell what is wrong with it. Never rejects. */
  refresh(): Promise<void>
  /** Write down what is new. Never rejects. */
  save(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly directory: Directory
  readonly identity: Identity
  readonly openPeople: Parameters<typeof openVerifiers>[0]['openPeople']
  readonly newDays: number
  /** So many questions of a day come to a manager with a card each; those after that share one. 0 for no limit. */
  readonly dailyQuestions: number
  /** The clock, ISO 8601. */
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void }
}

/** What is remembered from before, and every relation that the directory has at hand. */
export const openManagers = async (parts: Parts): Promise<Managers> => {
  const { store, directory, identity, openPeople, newDays, dailyQuestions, now, log } = parts
  const memory = await openRelationMemory({ store, log })
  const load = await openManagerLoad(store, dailyQuestions, log)
  const verifiers = openVerifiers({ directory, identity, memory, openPeople, newDays })
  const noteAll = (): void => {
    for (const { of, managerId } of directory.relations?.() ?? []) memory.note({ source: 'file', of }, managerId, now())
  }
  noteAll()
  let warming = 0

  return {
    verifiers,
    load,
    written: ({ state, written }) => {
      // In a storm somebody may take hundreds at once: those who ask then wait a moment longer.
      if (warming >= mostWarming || !written.some(({ type }) => type === 'claimed')) return
      warming += 1
      void verifiers.warm(state, now()).finally(() => (warming -= 1))
    },
    refresh: async () => {
      if ((await directory.refresh?.()) !== true) return
      noteAll()
      for (const text of directory.problems?.() ?? []) log.warn({}, text)
    },
    save: async () => {
      await memory.save()
      await load.save()
    },
  }
}

const mostWarming = 5
