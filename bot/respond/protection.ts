import type { Registers } from '../../evidence/registers/folder.js'
import type { FoundTarget } from '../graph/response-graph.js'
import { comparable } from '../people/person-ids.js'

/** Whether something is never touched; `unsure` while that can't be told, which counts as much. */
export type Protection = (found: FoundTarget) => 'protected' | 'unsure' | 'open'

type Parts = {
  readonly registers: Pick<Registers, 'peopleOf'>
  /** The client ids that Winnow itself signs in with. */
  readonly own: readonly string[]
}

/**
 * Break-glass accounts are never touched, by any id that the register of people has for them and whatever the dates there, nor are
 * Microsoft's own apps and Winnow's.
 */
export const openProtection = ({ registers, own }: Parts): Protection => {
  const ours = comparable(own)
  return ({ target, ids, fromTenant }) => {
    const listed = registers.peopleOf('people', 'break-glass')
    if (listed === null) return 'unsure'
    const theirs = comparable(ids)
    if (meets(theirs, comparable(listed))) return 'protected'
    if (target.kind !== 'app') return 'open'
    return meets(theirs, ours) || (fromTenant !== null && microsoft.has(fromTenant.toLowerCase()))
      ? 'protected'
      : 'open'
  }
}

/** The tenants that Microsoft's own apps belong to. */
const microsoft: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
])

const meets = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...others].some((id) => some.has(id))
