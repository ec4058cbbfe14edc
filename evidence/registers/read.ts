import { parse as parseCsv } from 'csv-parse/sync'
import { LineCounter, isMap, isNode, isSeq, parseDocument } from 'yaml'
import type * as z from 'zod'
import type { RegisterName } from '../../triage/register.js'
import { type Entry, entryOf } from './schema.js'

/** What one file of a register holds: the entries that can be read, and for every other the line and what is wrong. */
export type RegisterRead = {
  readonly entries: readonly Entry[]
  readonly problems: readonly { readonly line: number; readonly text: string }[]
}

/** Read the text of a register, YAML (a list of entries) or CSV (a line of names first). A wrong entry never costs the others. */
export const readRegister = (register: RegisterName, text: string, format: 'yaml' | 'csv'): RegisterRead => {
  const rows = format === 'yaml' ? yamlRows(text) : csvRows(text)
  const entries: Entry[] = []
  const problems = [...rows.problems]
  const schema = entryOf(register)
  for (const { value, line, lineOf } of rows.rows) {
    const parsed = schema.safeParse(value)
    if (parsed.success) entries.push(parsed.data)
    else
      problems.push(
        ...parsed.error.issues.map((issue) => {
          const [key] = issue.path
          if (issue.code === 'unrecognized_keys') {
            return { line: lineOf(issue.keys[0] ?? ''), text: `unknown key '${issue.keys.join("', '")}'` }
          }
          if (typeof key !== 'string') return { line, text: `the entry ${said(issue, true)}` }
          return { line: lineOf(key), text: `'${key}' ${said(issue, hasKey(value, key))}` }
        }),
      )
  }
  return { entries, problems }
}

const hasKey = (value: unknown, key: string): boolean => typeof value === 'object' && value !== null && key in value

/** What zod says in the words of a program is said in ours. */
const said = (issue: z.core.$ZodIssue, isThere: boolean): string => {
  if (issue.code !== 'invalid_type') return issue.message
  return isThere ? `must be ${kinds[issue.expected] ?? 'a text'}` : 'is missing'
}

const kinds: Readonly<Record<string, string>> = { object: 'keys with values', array: 'a list' }

type Rows = {
  readonly rows: readonly {
    readonly value: unknown
    readonly line: number
    readonly lineOf: (key: string) => number
  }[]
  readonly problems: RegisterRead['problems']
}

const yamlRows = (text: string): Rows => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core' })
  const at = (offset: number | undefined): number => (offset === undefined ? 1 : lines.linePos(offset).line)
  if (document.errors.length > 0) {
    return {
      rows: [],
      problems: document.errors.map((error) => ({
        line: at(error.pos[0]),
        text: `is not YAML: ${error.message.split('\n')[0] ?? ''}`,
      })),
    }
  }
  const { contents } = document
  if (contents === null) return { rows: [], problems: [] }
  if (!isSeq(contents))
    return { rows: [], problems: [{ line: 1, text: 'must be a list of entries, each beginning with -' }] }
  return {
    rows: contents.items.map((item) => ({
      value: isMap(item) ? item.toJS(document, { maxAliasCount: 100 }) : null,
      line: lineAt(item, at),
      lineOf: (key) => {
        const pair = isMap(item) ? item.items.find((one) => String(one.key) === key) : undefined
        return lineAt(pair?.key ?? item, at)
      },
    })),
    problems: [],
  }
}

const lineAt = (node: unknown, at: (offset: number | undefined) => number): number =>
  at(isNode(node) ? node.range?.[0] : undefined)

const csvRows = (text: string): Rows => {
  try {
    const parsed: readonly {
      readonly record: Readonly<Record<string, string>>
      readonly info: { readonly lines: number }
    }[] = parseCsv(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true })
    return {
      rows: parsed.map(({ record, info }) => ({
        // An empty cell says nothing.
        value: Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')),
        line: info.lines,
        lineOf: () => info.lines,
      })),
      problems: [],
    }
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1
    return { rows: [], problems: [{ line, text: `is not CSV: ${error instanceof Error ? error.message : ''}` }] }
  }
}
