import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Involved } from '../../triage/alert.js'
import { Fault } from '../../triage/fault.js'
import type { Person } from '../../triage/person.js'
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
}

/** A directory that knows no one. */
export const emptyDirectory: Directory = { managerOf: async () => null, idsOf: async () => [] }

/** A directory in which one person is everyone's manager, for trying Winnow out alone. */
export const soleManager = (manager: Person): Directory => ({ managerOf: async () => manager, idsOf: async () => [] })

/**
 * Read a directory file (see directory.example.yaml).
 *
 * Fault `directory/invalid` names everything that is wrong with it.
 */
export const readDirectory = async (file: string): Promise<Directory> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Fault('directory/invalid', `${file} can't be read. Set DIRECTORY_FILE to a readable file.`, {
      cause: error,
    })
  })
  const { success, data, error } = shape.safeParse(await parsed(text, file))
  if (!success) throw new Fault('directory/invalid', `${file}:\n${z.prettifyError(error)}`)
  const managers = new Map(data.people.flatMap((one) => [...listedIds(one)].map((id) => [id, one.manager] as const)))
  const deputies = new Map(data.people.flatMap((one) => [...listedIds(one)].map((id) => [id, one.deputy] as const)))
  const named = data.people.flatMap(({ manager, deputy }) => [manager, deputy]).concat(data.default, data.deputy)
  const known = joined([...data.people.map(listedIds), ...named.flatMap((one) => (one ? [managerIds(one)] : []))])
  const related = (ids: ReadonlySet<string>) => new Set([...ids].flatMap((id) => [...(known.get(id) ?? [])]))
  return {
    managerOf: async (one) => {
      const ids = idsIn(one)
      // By the ids the alert gives if they are listed; else by the others that the file has for the same person.
      const listed = [...ids, ...related(ids)].find((id) => managers.has(id))
      const { id, name } = (listed === undefined ? undefined : managers.get(listed)) ?? data.default ?? {}
      return id === undefined || name === undefined ? null : { id, name }
    },
    deputyOf: async (one) => {
      const ids = idsIn(one)
      const listed = [...ids, ...related(ids)].find((id) => deputies.has(id))
      const { id, name } = (listed === undefined ? data.deputy : deputies.get(listed)) ?? {}
      return id === undefined || name === undefined ? null : { id, name }
    },
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

/** The parser is loaded here: most have no such file, and start sooner and smaller without it. */
const parsed = async (text: string, file: string): Promise<unknown> => {
  const { parse } = await import('yaml')
  try {
    return parse(text) as unknown
  } catch (error) {
    throw new Fault(
      'directory/invalid',
      `${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

const listedIds = ({ upn, objectId, email }: Omit<z.output<typeof listed>, 'manager' | 'deputy'>) =>
  comparable([upn, objectId, email])
const managerIds = ({ id, upn, email }: z.output<typeof person>) => comparable([id, upn, email])

/** Teams tells object ids in lower case, and they are compared as they are; other ids stay as written. */
const asTold = (id: string): string => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.toLowerCase() : id)

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
