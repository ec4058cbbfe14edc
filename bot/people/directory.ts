import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { isGuid } from '../../triage/guid.js'
import type { Involved } from '../../triage/alert.js'
import { Fault } from '../../triage/fault.js'
import type { Person } from '../../triage/person.js'
import type { Relation } from '../../triage/verifier.js'
import { comparable, idsIn } from './person-ids.js'

/**
 * Who is whose manager, and by which ids people are known. A YAML file is one; Microsoft Graph can be another. It is asked at
 * clicks, so an adapter that asks over the network keeps what it was told for a while.
 */
export type Directory = {
  /** The manager of someone an alert names; null when it is not known. `id` is the one the chat opens their personal chat by. */
  readonly managerOf: (person: Involved) => Promise<Person | null>
  /** Who answers in place of the manager of someone an alert names; null, or left out, when no one is known to. */
  readonly deputyOf?: (person: Involved) => Promise<Person | null>
  /**
   * Every id of whoever has one of these ids: object id, user name, email, the chat's own id. In no order, and empty when no one
   * is known by them. Ids are compared without regard to upper and lower case.
   */
  readonly idsOf: (ids: readonly string[]) => Promise<readonly string[]>
  /** The same as `managerOf` with how it is known, or why nobody can be asked; what only tells managers leaves it out. */
  readonly relationOf?: (person: Involved) => Promise<ManagerFound>
  /** Every relation that it has at hand, to notice later that one has changed; left out where it has none at hand. */
  readonly relations?: () => readonly KnownRelation[]
  /** Read again what has changed; true when something had. Never rejects: what is wrong is among the problems. */
  readonly refresh?: () => Promise<boolean>
  /** What is wrong with it at the moment, for whoever looks after Winnow. */
  readonly problems?: () => readonly string[]
}

/** What a directory says of who is somebody's manager. */
export type ManagerFound =
  /** `relation` is null where the directory does not tell how it knows. */
  | { readonly kind: 'found'; readonly manager: Person; readonly relation: Relation | null }
  /** No one is known to be it. */
  | { readonly kind: 'none' }
  /**
   * There is one who can't be asked: no user but a contact, a guest, an account that is switched off, or somebody who reports to the
   * person they are the manager of.
   */
  | { readonly kind: 'unfit'; readonly why: 'contact' | 'guest' | 'disabled' | 'loop'; readonly name: string }
  /** The directory could not be asked; `why` is a short word such as `throttled`. */
  | { readonly kind: 'failed'; readonly why: string }

/** Who is whose manager: the person by one id, in lower case. */
export type KnownRelation = { readonly of: string; readonly managerId: string }

/** Ask a directory for a manager, with how it is known where it tells that. */
export const managerIn = async (
  directory: Pick<Directory, 'managerOf' | 'relationOf'>,
  person: Involved,
): Promise<ManagerFound> => {
  if (directory.relationOf) return directory.relationOf(person)
  const manager = await directory.managerOf(person)
  return manager ? { kind: 'found', manager, relation: null } : { kind: 'none' }
}

/** A directory that knows no one. */
export const emptyDirectory: Directory = { managerOf: async () => null, idsOf: async () => [] }

/** A directory in which one person is everyone's manager, for trying Winnow out alone. */
export const soleManager = (manager: Person, now = () => new Date().toISOString()): Directory => ({
  managerOf: async () => manager,
  relationOf: async () => ({
    kind: 'found',
    manager,
    relation: { source: 'everyone', readAt: now(), of: '' },
  }),
  idsOf: async () => [],
})

/**
 * Read a directory file (see directory.example.yaml).
 *
 * Fault `directory/invalid` names everything that is wrong with it, with the lines. `now` is the clock, ISO 8601.
 */
export const readDirectory = async (
  file: string,
  now = () => new Date().toISOString(),
): Promise<Directory & Required<Pick<Directory, 'relationOf' | 'relations'>>> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault('directory/invalid', `${file} can't be read. Set DIRECTORY_FILE to a readable file.`, {
      cause: error,
    })
  })
  const readAt = now()
  const { value, lineOf } = await parsed(text, file)
  const { success, data, error } = shape.safeParse(value)
  if (!success) {
    const wrong = error.issues.map(({ path, message }) => `${file}:${lineOf(path)}: ${placeOf(path)}${message}`)
    throw new Fault('directory/invalid', wrong.join('\n'))
  }
  const managers = new Map(data.people.flatMap((one) => [...listedIds(one)].map((id) => [id, one.manager] as const)))
  const deputies = new Map(data.people.flatMap((one) => [...listedIds(one)].map((id) => [id, one.deputy] as const)))
  const named = data.people.flatMap(({ manager, deputy }) => [manager, deputy]).concat(data.default, data.deputy)
  const known = joined([...data.people.map(listedIds), ...named.flatMap((one) => (one ? [managerIds(one)] : []))])
  const related = (ids: ReadonlySet<string>) => new Set([...ids].flatMap((id) => [...(known.get(id) ?? [])]))
  const relationOf = (one: Involved): ManagerFound => {
    const ids = idsIn(one)
    // By the ids the alert gives if they are listed; else by the others that the file has for the same person.
    const found = [...ids, ...related(ids)].find((id) => managers.has(id))
    const manager = (found === undefined ? undefined : managers.get(found)) ?? data.default
    if (!manager) return { kind: 'none' }
    const { id, name } = manager
    const theirs = new Set([...ids, ...related(ids)])
    const isTheirs = (other: z.output<typeof person>) => [...managerIds(other)].some((known) => theirs.has(known))
    const above = [...managerIds(manager), ...related(managerIds(manager))].flatMap(
      (known) => managers.get(known) ?? [],
    )
    if (isTheirs(manager) || above.some(isTheirs)) return { kind: 'unfit', why: 'loop', name }
    return { kind: 'found', manager: { id, name }, relation: { source: 'file', readAt, of: found ?? '' } }
  }
  return {
    managerOf: async (one) => {
      const found = relationOf(one)
      return found.kind === 'found' ? found.manager : null
    },
    deputyOf: async (one) => {
      const ids = idsIn(one)
      const listed = [...ids, ...related(ids)].find((id) => deputies.has(id))
      const { id, name } = (listed === undefined ? data.deputy : deputies.get(listed)) ?? {}
      return id === undefined || name === undefined ? null : { id, name }
    },
    relationOf: async (one) => relationOf(one),
    relations: () =>
      data.people.flatMap((one) => {
        const [of] = listedIds(one)
        return of === undefined ? [] : [{ of, managerId: one.manager.id }]
      }),
    idsOf: async (ids) => [...related(comparable(ids))],
  }
}

/** Sets that share an id are of one person: each id with all ids of that person. */
const joined = (sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = new Map<string, ReadonlySet<string>>()
  for (const ids of sets) {
    const all = new Set([...ids].flatMap((id) => [id, ...(known.get(id) ?? [])]))
    for (const id of all) known.set(id, all)
  }
  return known
}

/** What a file holds, and in which line a part of it stands. */
type Parsed = { readonly value: unknown; readonly lineOf: (path: readonly PropertyKey[]) => number }

/** The parser is loaded here: most have no such file, and start sooner and smaller without it. */
const parsed = async (text: string, file: string): Promise<Parsed> => {
  const { LineCounter, isNode, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error) {
    const line = lines.linePos(error.pos[0]).line
    throw new Fault('directory/invalid', `${file}:${line}: is not YAML: ${error.message}`, { cause: error })
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  return { value: document.toJS() as unknown, lineOf }
}

/** Such as `people[1].manager.id: `. */
const placeOf = (path: readonly PropertyKey[]): string => {
  const names = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return names === '' ? '' : `${names.replace(/^\./, '')}: `
}

const listedIds = ({ upn, objectId, email }: Omit<z.output<typeof listed>, 'manager' | 'deputy'>) =>
  comparable([upn, objectId, email])
const managerIds = ({ id, upn, email }: z.output<typeof person>) => comparable([id, upn, email])

/** Teams tells object ids in lower case, and they are compared as they are; other ids stay as written. */
const asTold = (id: string): string => (isGuid(id) ? id.toLowerCase() : id)

const person = z.strictObject({
  id: z.string().min(1).transform(asTold).describe('Entra object id'),
  name: z.string().min(1),
  upn: z.string().optional(),
  email: z.string().optional(),
})

const listed = z.strictObject({
  upn: z.string().optional(),
  objectId: z.string().optional(),
  email: z.string().optional(),
  manager: person,
  /** Asked when the manager does not answer. */
  deputy: person.optional(),
})

const shape = z.strictObject({
  people: z
    .array(listed.refine((one) => listedIds(one).size > 0, 'name a upn, an objectId or an email, or no one is meant'))
    .default([]),
  default: person.optional(),
  deputy: person.optional(),
})
