import type { Involved } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Person } from '../../triage/person.js'
import { everyoneIn } from '../../triage/group.js'
import { type Directory, managerIn } from './directory.js'
import type { Identity } from './identity.js'
import type { Verifiers } from './verifiers.js'

/** Whom a question goes to when its manager does not answer. */
export type StandIn = { readonly to: Person; readonly as: 'deputy' | 'managers-manager' }

type Parts = {
  readonly directory: Pick<Directory, 'managerOf' | 'relationOf' | 'deputyOf'>
  readonly identity: Pick<Identity, 'isNamed'>
  readonly verifiers: Pick<Verifiers, 'doubtsAbout'>
}

/**
 * Who can answer the open question of a case in place of its manager: the deputy that the directory names, else the manager's own
 * manager. Null when there is none, or something speaks against them: no lead is there to allow it.
 */
export const openStandIn =
  ({ directory, identity, verifiers }: Parts) =>
  async (state: Case): Promise<StandIn | null> => {
    const { alert, confirmation } = state
    if (!confirmation) return null
    const { manager } = confirmation
    const isFree = async (one: Person): Promise<boolean> =>
      one.id !== manager.id &&
      !(await identity.isNamed([one.id], { people: everyoneIn(state) })) &&
      (await verifiers.doubtsAbout(one, state)).length === 0
    const managerOf = async (one: Involved): Promise<Person | null> => {
      const found = await managerIn(directory, one)
      return found.kind === 'found' ? found.manager : null
    }
    for (const person of alert.people) {
      if ((await managerOf(person))?.id !== manager.id) continue
      const deputy = await directory.deputyOf?.(person)
      if (deputy && (await isFree(deputy))) return { to: deputy, as: 'deputy' }
    }
    const above = await managerOf({ upn: null, objectId: manager.id, name: null })
    return above && (await isFree(above)) ? { to: above, as: 'managers-manager' } : null
  }
