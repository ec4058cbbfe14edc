import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../triage/fault.js'
import { explain } from './explain.js'
import type { Problem } from './problem.js'
import { readYaml } from './read-yaml.js'
import { actionsFile, howsFile } from './schema.js'

/** The texts that guides take in by reference, by their ids. */
export type Shared = {
  /** How-to texts, taken in as `{id}`. */
  readonly hows: Readonly<Record<string, string>>
  /** The vocabulary: every id an action may have, with what is to be done in general. */
  readonly actions: Readonly<Record<string, string>>
  /** The ids of the places and queries that checks may name. */
  readonly lookUps: readonly string[]
}

/** A folder's shared texts, or what is wrong with them; `lineOfHow` tells where a how-to text stands in `hows.yaml`. */
export type SharedRead = {
  readonly shared: Shared
  readonly lineOfHow: (id: string) => number
  readonly problems: readonly Problem[]
}

/**
 * Read `hows.yaml` and `actions.yaml` of a folder, and the ids in `look-ups.yaml`, which `loadLookUps` checks. Fault:
 * `content/unreadable` when one of them is not there.
 */
export const readShared = async (folder: string): Promise<SharedRead> => {
  const hows = await readOne(folder, 'hows.yaml', howsFile)
  const actions = await readOne(folder, 'actions.yaml', actionsFile)
  const lookUps = await readOne(folder, 'look-ups.yaml', z.record(z.string(), z.unknown()))
  return {
    shared: {
      hows: hows.value ?? {},
      actions: Object.fromEntries(Object.entries(actions.value ?? {}).map(([id, action]) => [id, action.do])),
      lookUps: Object.keys(lookUps.value ?? {}),
    },
    lineOfHow: (id) => hows.lineOf([id]),
    problems: [...hows.problems, ...actions.problems],
  }
}

const readOne = async <S extends z.ZodType>(folder: string, name: string, schema: S) => {
  const file = join(folder, name)
  const yaml = readYaml(await textOf(file))
  const parsed = yaml.problems.length > 0 ? null : schema.safeParse(yaml.value)
  const findings = parsed?.error?.issues.flatMap((issue) => explain(issue, yaml.value)) ?? []
  const located = [...yaml.problems, ...findings.map(({ path, text }) => ({ line: yaml.lineOf(path), text }))]
  return {
    value: parsed?.data ?? null,
    lineOf: yaml.lineOf,
    problems: located.map((problem) => ({ file, ...problem })),
  }
}

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Fault('content/unreadable', `cannot read ${file}; the guides take their shared texts from it`, { cause })
  }
}
