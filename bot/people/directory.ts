import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Involved } from '../../triage/alert.js'
import { Fault } from '../../triage/fault.js'
import type { Person } from '../../triage/person.js'

/** Who is whose manager. A YAML file is one; Microsoft Graph can be another. */
export type Directory = {
  /** The manager of somebody an alert names; null when it is not known. */
  readonly managerOf: (person: Involved) => Promise<Person | null>
}

/** A directory that knows nobody. */
export const emptyDirectory: Directory = { managerOf: async () => null }

/** A directory in which one person is everybody's manager, for trying Winnow out alone. */
export const soleManager = (manager: Person): Directory => ({ managerOf: async () => manager })

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
  const managers = new Map(
    data.people.flatMap(({ upn, objectId, manager }) => idsOf({ upn, objectId }).map((id) => [id, manager] as const)),
  )
  const everyone = data.default ?? null
  return {
    managerOf: async (one) => {
      const known = idsOf(one).find((id) => managers.has(id))
      return (known === undefined ? undefined : managers.get(known)) ?? everyone
    },
  }
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

const idsOf = ({ upn, objectId }: { upn?: string | null | undefined; objectId?: string | null | undefined }) =>
  [upn, objectId].flatMap((id) => (id ? [id.toLowerCase()] : []))

/** Teams tells object ids in lower case, and they are compared as they are; other ids stay as written. */
const asTold = (id: string): string => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.toLowerCase() : id)

const person = z.strictObject({
  id: z.string().min(1).transform(asTold).describe('Entra object id'),
  name: z.string().min(1),
})

const shape = z.strictObject({
  people: z
    .array(
      z
        .strictObject({ upn: z.string().optional(), objectId: z.string().optional(), manager: person })
        .refine((one) => idsOf(one).length > 0, 'name a upn or an objectId, or nobody is meant'),
    )
    .default([]),
  default: person.optional(),
})
