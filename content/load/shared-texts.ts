import type { SchemaIssue } from './explain.js'
import { nearest } from './nearest.js'
import type { Shared } from './read-shared.js'
import type { Path } from './read-yaml.js'

/**
 * Put shared texts where a guide file refers to them: for each `{id}` in a `how` or `do`, and as the `do` of a step that gives
 * only its id. The value may be anything at all; references that lead nowhere stay, each with a finding.
 */
export const withSharedTexts = (
  value: unknown,
  shared: Shared,
): { readonly value: unknown; readonly findings: SchemaIssue[] } => {
  const findings: SchemaIssue[] = []
  const visit = (node: unknown, path: Path): unknown => {
    if (path.length > deepest) return node
    if (Array.isArray(node)) return node.map((item: unknown, index) => visit(item, [...path, index]))
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).map(([key, one]: [string, unknown]) => [
      key,
      typeof one === 'string' && (key === 'how' || key === 'do')
        ? filled(one, [...path, key], shared.hows, findings)
        : visit(one, [...path, key]),
    ])
    return Object.fromEntries(isStep(path) ? [...entries, ...missing(node, path, shared.actions, findings)] : entries)
  }
  return { value: visit(value, []), findings }
}

/** verdicts, 1, actions, 1, do: nothing of a guide lies deeper, and YAML can be made to have no end. */
const deepest = 5

/** True for the places of a file where a step stands. */
const isStep = (path: Path): boolean =>
  typeof path.at(-1) === 'number' && ['urgent', 'actions', 'scope', 'tuning'].includes(String(path.at(-2)))

const filled = (text: string, path: Path, hows: Shared['hows'], findings: SchemaIssue[]): string =>
  text.replace(/\{[^}]*\}?|\}/g, (reference) => {
    const id = /^\{(.*)\}$/s.exec(reference)?.[1] ?? ''
    if (Object.hasOwn(hows, id)) return hows[id] ?? ''
    const meant = nearest(id, Object.keys(hows))
    const hint = meant ? `did you mean '{${meant}}'?` : 'shared/hows.yaml has those there are; add it there first'
    findings.push({ path, text: `there is no shared text '${reference}'; ${hint}` })
    return reference
  })

const missing = (
  node: object,
  path: Path,
  actions: Shared['actions'],
  findings: SchemaIssue[],
): readonly [string, string][] => {
  if ('do' in node || !('id' in node) || typeof node.id !== 'string') return []
  const { id } = node
  if (Object.hasOwn(actions, id)) return [['do', actions[id] ?? '']]
  const meant = nearest(id, Object.keys(actions))
  const hint = meant ? `, or did you mean '${meant}'?` : ''
  findings.push({
    path,
    text: `'${id}' does not say what to do, and shared/actions.yaml does not list it; add a do${hint}`,
  })
  return []
}
