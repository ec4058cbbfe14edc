import type { Case } from '../../triage/case.js'
import type { Person } from '../../triage/person.js'
import type { Directory } from './directory.js'
import type { Identity } from './identity.js'

/** Whom a question goes to when its manager does not answer. */
export type StandIn = { readonly to: Person; readonly as: 'deputy' | 'managers-manager' }

type Parts = { readonly directory: Pick<Directory, 'managerOf' | 'deputyOf'>; readonly identity: Identity }

/**
 * Who can answer the open question of a case in place of its manager: the deputy that the directory names, else the manager's own
 * manager. Null when there is none, or the alert is about them too.
 */
export const openStandIn =
  ({ directory, identity }: Parts) =>
  async ({ alert, confirmation }: Case): Promise<StandIn | null> => {
    if (!confirmation) return null
    const { manager } = confirmation
    const isFree = async (one: Person | null | undefined): Promise<boolean> =>
      one !== null && one !== undefined && one.id !== manager.id && !(await identity.isNamed([one.id], alert))
    for (const person of alert.people) {
      if ((await directory.managerOf(person))?.id !== manager.id) continue
      const deputy = await directory.deputyOf?.(person)
      if (deputy && (await isFree(deputy))) return { to: deputy, as: 'deputy' }
    }
    const above = await directory.managerOf({ upn: null, objectId: manager.id, name: null })
    return above && (await isFree(above)) ? { to: above, as: 'managers-manager' } : null
  }
