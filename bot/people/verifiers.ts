import type { Involved } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { everyoneIn } from '../../triage/group.js'
import type { Person } from '../../triage/person.js'
import { type Refusal, type RefusalCode, refuse } from '../../triage/refusal.js'
import type { Doubt, Relation } from '../../triage/verifier.js'
import { type Directory, managerIn } from './directory.js'
import type { Identity } from './identity.js'
import { idsIn } from './person-ids.js'
import type { RelationMemory } from './relation-memory.js'

/** Who is to confirm something about a person, how that is known, and what speaks against them. */
export type Verifier = {
  readonly manager: Person
  readonly relation: Relation | null
  /** The person it is about. */
  readonly about: Involved
  readonly doubts: readonly Doubt[]
}

/** Finds who can be asked about a case, and tells why no one can. */
export type Verifiers = {
  /** The manager of the first person of the alert who has one to ask, at that time (ISO 8601). */
  readonly find: (state: Case, at: string) => Promise<Verifier | Refusal>
  /** What speaks against one who is to be asked about a case, as far as it does not follow from whose manager they are. */
  readonly doubtsAbout: (manager: Person, state: Case) => Promise<readonly Doubt[]>
  /** Ask the directory beforehand, so that whoever asks a manager later need not wait, and a change is noticed. Never rejects. */
  readonly warm: (state: Case, at: string) => Promise<void>
}

type Parts = {
  readonly directory: Pick<Directory, 'managerOf' | 'relationOf'>
  readonly identity: Identity
  readonly memory: Pick<RelationMemory, 'note' | 'changedAt'>
  /** Whom the open cases are about. */
  readonly openPeople: () => Promise<readonly { readonly caseId: string; readonly people: readonly Involved[] }[]>
  /** A manager counts as new for so many days; 0 for never. */
  readonly newDays: number
}

/** Whom the alert names is never asked about it, whatever the directory says. */
export const openVerifiers = ({ directory, identity, memory, openPeople, newDays }: Parts): Verifiers => {
  const doubtsAbout = async (manager: Person, state: Case): Promise<readonly Doubt[]> => {
    const theirs = await identity.known([manager.id])
    const open = (await openPeople()).find(
      ({ caseId, people }) =>
        caseId !== state.id &&
        caseId !== state.joined?.leader &&
        people.some((one) => [...idsIn(one)].some((id) => theirs.has(id))),
    )
    return open ? [{ kind: 'subject', caseId: open.caseId }] : []
  }

  const changed = (relation: Relation | null, at: string): readonly Doubt[] => {
    const since = relation && newDays > 0 ? memory.changedAt(relation) : null
    const isNew = since !== null && Date.parse(at) - Date.parse(since) < newDays * 86_400_000
    return isNew ? [{ kind: 'changed', on: since.slice(0, 10) }] : []
  }

  return {
    doubtsAbout,
    find: async (state, at) => {
      let refusal: Refusal | null = null
      for (const about of state.alert.people) {
        const found = await managerIn(directory, about)
        if (found.kind === 'none') continue
        if (found.kind === 'failed') {
          refusal ??= refuse('directory-down')
          continue
        }
        if (found.kind === 'unfit') {
          refusal ??= refuse(unfit[found.why], { manager: found.name })
          continue
        }
        const { manager, relation } = found
        if (relation) memory.note(relation, manager.id, at)
        if (await identity.isNamed([manager.id], { people: everyoneIn(state) })) {
          refusal ??= refuse('manager-involved', { manager: manager.name })
          continue
        }
        return { manager, relation, about, doubts: [...(await doubtsAbout(manager, state)), ...changed(relation, at)] }
      }
      return refusal ?? refuse('no-manager')
    },
    warm: async (state, at) => {
      for (const person of state.alert.people.slice(0, mostWarmed)) {
        const found = await managerIn(directory, person).catch(() => null)
        if (found?.kind === 'found' && found.relation) memory.note(found.relation, found.manager.id, at)
      }
    },
  }
}

/** Of whom more are named, nobody asks every manager. */
const mostWarmed = 3

const unfit: Readonly<Record<'contact' | 'guest' | 'disabled' | 'loop', RefusalCode>> = {
  contact: 'manager-contact',
  guest: 'manager-guest',
  disabled: 'manager-disabled',
  loop: 'manager-loop',
}

/** Why nobody is asked because of a doubt that no lead has set aside. */
export const refusedFor = (doubt: Doubt, manager: Person): Refusal =>
  doubt.kind === 'subject'
    ? refuse('verifier-subject', { manager: manager.name, code: doubt.caseId })
    : refuse('verifier-changed', { manager: manager.name, day: doubt.on })
