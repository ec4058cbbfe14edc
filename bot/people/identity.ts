import type { Alert } from '../../triage/alert.js'
import type { Directory } from './directory.js'
import { comparable, idsIn } from './person-ids.js'
import type { Roster } from './roster.js'

/** Who is who: an alert may call a person by another id than the chat does. */
export type Identity = {
  /** True when the alert names the person with these ids, by any id that the directory or a roster has for them. */
  readonly isNamed: (ids: readonly string[], alert: Pick<Alert, 'people'>) => Promise<boolean>
  /** Every id of whoever has one of these, in the form in which ids are compared. */
  readonly known: (ids: readonly string[]) => Promise<ReadonlySet<string>>
}

type Parts = { readonly directory: Pick<Directory, 'idsOf'>; readonly roster: Pick<Roster, 'idsOf'> }

/** Compare people by what this directory and this roster know of them. */
export const openIdentity = ({ directory, roster }: Parts): Identity => {
  /** All that is known, step by step: the roster knows the user name to an object id, and the directory the mailbox to that. */
  const known = async (ids: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
    let found = ids
    for (let round = 0; round < mostRounds; round += 1) {
      const asked = [...found]
      const more = comparable([...asked, ...roster.idsOf(asked), ...(await directory.idsOf(asked))])
      if (more.size === found.size) return found
      found = more
    }
    return found
  }

  return {
    isNamed: async (ids, { people }) => {
      const theirs = await known(comparable(ids))
      const named = people.map(idsIn).filter(({ size }) => size > 0)
      if (named.some((one) => meets(theirs, one))) return true
      // All at once: a directory may be asked over the network.
      return (await Promise.all(named.map(known))).some((one) => meets(theirs, one))
    },
    known: (ids) => known(comparable(ids)),
  }
}

/** Two sources lead to one another in two steps; the rest is for what they make of it. */
const mostRounds = 4

const meets = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...others].some((id) => some.has(id))
