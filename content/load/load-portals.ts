import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../triage/fault.js'
import { explain } from './explain.js'
import { invalid } from './problem.js'
import { readYaml } from './read-yaml.js'

/**
 * The hosts that a card may link to, from `portals.yaml` of the folder with the shared texts: names in small letters, or `*.` and
 * a name for any below it.
 *
 * Faults: `content/unreadable` when there is no such file; `content/invalid` with every problem at once.
 */
export const loadPortals = async (folder: string): Promise<readonly string[]> => {
  const file = join(folder, 'portals.yaml')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('content/unreadable', `cannot read ${file}; it lists the portals that cards may link to`, { cause })
  })
  const yaml = readYaml(text)
  const parsed = portals.safeParse(yaml.value)
  const findings = parsed.error?.issues.flatMap((issue) => explain(issue, yaml.value)) ?? []
  const problems = [
    ...yaml.problems,
    ...(yaml.problems.length > 0 ? [] : findings.map(({ path, text }) => ({ line: yaml.lineOf(path), text }))),
  ]
  if (problems.length > 0 || !parsed.success) throw invalid(problems.map((problem) => ({ file, ...problem })))
  return parsed.data.hosts
}

const host = /^(?:\*\.)?(?!(?:.*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){1,8}[a-z]{2,24}$/

const portals = z.strictObject({
  hosts: z.array(
    z
      .string()
      .max(253)
      .regex(
        host,
        'must be a host such as portal.azure.com, or *.portal.example.com for all below it; no address, no port',
      )
      .refine((name) => !name.startsWith('*.') || name.split('.').length > 3, 'must name more than a domain behind *.'),
  ),
})
