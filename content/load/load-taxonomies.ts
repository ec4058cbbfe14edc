import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../triage/fault.js'
import type { Guide } from '../../triage/guide.js'
import {
  type Taxonomies,
  cloudAppsReasons,
  defenderForCloudActions,
  graphPairs,
  sentinelReasons,
} from '../../triage/taxonomy.js'
import { explain } from './explain.js'
import { type Problem, invalid } from './problem.js'
import { type Path, readYaml } from './read-yaml.js'

/**
 * What each product calls each verdict, from `taxonomies.yaml` of the folder with the shared texts.
 *
 * Faults: `content/unreadable` when there is no such file; `content/invalid` with every problem at once: a value that the product does
 * not take, or a variant that no guide has.
 */
export const loadTaxonomies = async (folder: string, guides: readonly Guide[]): Promise<Taxonomies> => {
  const { taxonomies: all, problems } = await readTaxonomies(folder, guides)
  if (all === null) throw invalid(problems)
  return all
}

/** The same, with what is wrong as a list; null when something is. Faults: `content/unreadable`. */
export const readTaxonomies = async (
  folder: string,
  guides: readonly Guide[],
): Promise<{ readonly taxonomies: Taxonomies | null; readonly problems: readonly Problem[] }> => {
  const file = join(folder, 'taxonomies.yaml')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('content/unreadable', `cannot read ${file}; it says what each product calls a verdict`, { cause })
  })
  const yaml = readYaml(text)
  const parsed = taxonomies.safeParse(yaml.value)
  const findings = parsed.error?.issues.flatMap((issue) => explain(issue, yaml.value)) ?? []
  const strangers = parsed.success ? strangersIn(parsed.data, guides) : []
  const problems: readonly Omit<Problem, 'file'>[] = [
    ...yaml.problems,
    ...(yaml.problems.length > 0
      ? []
      : [...findings, ...strangers].map(({ path, text: words }) => ({ line: yaml.lineOf(path), text: words }))),
  ]
  const isRight = problems.length === 0 && parsed.success
  return { taxonomies: isRight ? parsed.data : null, problems: problems.map((problem) => ({ file, ...problem })) }
}

/** Variants that are no verdict of any guide, or are told as another class than theirs. */
const strangersIn = (
  all: Taxonomies,
  guides: readonly Guide[],
): readonly { readonly path: Path; readonly text: string }[] => {
  const known = new Set(guides.flatMap(({ type, verdicts }) => verdicts.flatMap(({ id }) => [id, `${type}/${id}`])))
  return Object.entries(all).flatMap(([product, { variants }]) =>
    Object.keys(variants)
      .filter((id) => !known.has(id))
      .map((id) => ({ path: [product, 'variants', id], text: `'${id}' is no verdict of any guide; write its id` })),
  )
}

const table = <Words extends z.ZodType>(words: Words) =>
  z.strictObject({
    classes: z.strictObject({ TP: words, 'B-TP': words, FP: words, undetermined: words }),
    variants: z.record(z.string(), words),
  })

/** True for one of the pairs that a product takes. */
const isPair = <Second>(pairs: Readonly<Record<string, readonly Second[]>>, first: string, second: Second): boolean =>
  Object.hasOwn(pairs, first) && (pairs[first] ?? []).includes(second)

const pairsText = (pairs: Readonly<Record<string, readonly unknown[]>>): string =>
  Object.entries(pairs)
    .map(([first, seconds]) => `${first} with ${seconds.map(String).join(', ')}`)
    .join('; ')

const graphWords = z
  .strictObject({ classification: z.string(), determination: z.string() })
  .refine(
    ({ classification, determination }) => isPair(graphPairs, classification, determination),
    `is no pair that Microsoft Graph takes: ${pairsText(graphPairs)}`,
  )

const cloudAppsWords = z
  .strictObject({ close: z.string(), reasonId: z.number().nullable() })
  .refine(
    ({ close, reasonId }) => isPair(cloudAppsReasons, close, reasonId),
    `is no pair that Defender for Cloud Apps takes: ${pairsText(cloudAppsReasons)}`,
  )

const sentinelWords = z
  .strictObject({ classification: z.string(), classificationReason: z.string().nullable() })
  .refine(
    ({ classification, classificationReason }) => isPair(sentinelReasons, classification, classificationReason),
    `is no pair that Microsoft Sentinel takes: ${pairsText(sentinelReasons)}`,
  )

const taxonomies = z.strictObject({
  'graph-alerts': table(graphWords),
  'cloud-apps': table(cloudAppsWords),
  'defender-for-cloud': table(z.strictObject({ action: z.enum(defenderForCloudActions) })),
  sentinel: table(sentinelWords),
})
