import { randomBytes } from 'node:crypto'
import type { Store } from '../../store/store.js'
import { replay } from '../../triage/evolve.js'
import {
  type Mention,
  type Removal,
  joined,
  mentionsIn,
  placeholderOf,
  withoutPeople,
} from '../../triage/personal-data.js'
import type { CaseRecord, Desk } from './desk.js'
import { isSettled, sha256 } from './retention.js'

/** What is known of a person before anything is done. */
export type Known = Mention & {
  /** The closed cases that name them. */
  readonly closed: readonly string[]
  /** The cases that name them and are open, or have a card that isn't up to date. */
  readonly open: readonly string[]
  /** Those of the open cases that they own. */
  readonly owned: readonly string[]
  /** Cases that can't be read, and so may name them. */
  readonly unreadable: readonly string[]
}

type Parts = {
  readonly store: Pick<Store, 'all' | 'read'>
  /** Every id of whoever has one of these. */
  readonly idsOf: (ids: readonly string[]) => Promise<readonly string[]>
}

/**
 * Find a person by an id (object id, user name, email) in all cases. An alert that names them by two ids makes both known, so the
 * cases are read until nothing new is found.
 */
export const findPerson = async ({ store, idsOf }: Parts, id: string): Promise<Known> => {
  let known: Mention = { ids: [...new Set([id, ...(await idsOf([id]))])], names: [] }
  for (;;) {
    const found = await lookThrough(store, known)
    const ids = [...new Set([...found.ids, ...(await idsOf(found.ids))])]
    if (ids.length === known.ids.length && found.names.length === known.names.length) return found
    known = { ids, names: found.names }
  }
}

/** Put a placeholder in their place in one case; false when it names them nowhere. Fault `store/open` when it was opened again. */
export const forgetIn = (desk: Pick<Desk, 'replace'>, caseId: string, removal: Removal, at: string): Promise<boolean> =>
  desk.replace(caseId, (record) => withoutPeople(record, [removal], { reason: 'request', at, digest: sha256 }))

/** A removal of that person, with a placeholder that no one has had and no one can compute from their ids. */
export const removalOf = ({ ids, names }: Mention): Removal => ({
  ids,
  names,
  placeholder: placeholderOf(randomBytes(4).toString('hex')),
})

const lookThrough = async (store: Parts['store'], known: Mention): Promise<Known> => {
  let all: Mention = known
  const [closed, open, owned, unreadable]: [string[], string[], string[], string[]] = [[], [], [], []]
  for await (const caseIds of store.all()) {
    for (const caseId of caseIds) {
      const stored = await store.read(caseId).catch(() => null)
      if (!stored) {
        unreadable.push(caseId)
        continue
      }
      const { diary, cards } = stored
      // Both for who is named by an id and for who stands only in somebody's words.
      const mentions = mentionsIn(diary)
      const [first = known] = joined([all, ...mentions])
      const removal = { ...first, placeholder: placeholderOf('') }
      const record: CaseRecord = { diary, cards, state: replay(diary) }
      if (!withoutPeople(record, [removal], { reason: 'request', at: '', digest: () => '' })) continue
      all = first
      if (isSettled(record)) closed.push(caseId)
      else open.push(caseId)
      const owner = record.state?.closed === null ? record.state.owner?.id.toLowerCase() : undefined
      if (owner !== undefined && all.ids.some((id) => id.toLowerCase() === owner)) owned.push(caseId)
    }
  }
  return { ...all, closed, open, owned, unreadable }
}
