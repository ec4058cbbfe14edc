import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml'

/** Where something stands in a file: keys and positions from the top. */
export type Path = readonly (string | number)[]

/** A problem within one file. */
export type Located = { readonly line: number; readonly text: string }

/** A YAML file as plain data, with the line of everything in it; `value` means nothing when there are problems. */
export type Yaml = {
  readonly value: unknown
  /** The line of a place, or of the nearest thing around it when there is nothing at that place. Counts from 1. */
  readonly lineOf: (path: Path) => number
  readonly problems: readonly Located[]
}

/** Read a YAML text that must be one map, or one list where that is said. Never throws. */
export const readYaml = (text: string, root: 'map' | 'list' = 'map'): Yaml => {
  const monster = monstrous(text)
  if (monster) return failed(monster.line, monster.text)
  const counter = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'error',
    })
    const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line)
    const all = [...document.errors, ...document.warnings]
    // A tab makes everything after it look wrong; told alone, it is soon found.
    const tabs = all.filter(({ code }) => code === 'TAB_AS_INDENT')
    const wrong = tabs.length > 0 ? tabs : all
    if (wrong.length > 0) {
      const problems = wrong.map((error) => {
        const line = lineAt(error.pos[0])
        return { line, text: misplaced(text.split('\n'), line) ?? explain(error, text) }
      })
      return { value: null, lineOf: () => 1, problems: distinct(problems) }
    }
    if (document.contents === null) return failed(1, 'the file is empty; begin with a copy of a file that works')
    if (root === 'list' && !isSeq(document.contents)) {
      return failed(1, 'this is not a list; begin each of its items with "- "')
    }
    if (root === 'map' && !isMap(document.contents)) {
      return failed(lineAt(document.contents.range[0]), 'this is not a map; write lines of the form "key: value"')
    }
    return { value: document.toJS(), lineOf: (path) => lineAt(offsetOf(document, path)), problems: [] }
  } catch (error) {
    return failed(1, `cannot be read (${error instanceof Error ? error.message : String(error)}); simplify the YAML`)
  }
}

/** Said of an item that begins where no item above it does; null for any other line. The parser would speak of keys and quotes. */
const misplaced = (lines: readonly string[], line: number): string | null => {
  const own = itemIndent(lines[line - 1] ?? '')
  const above = lines.slice(0, line - 1).flatMap((one) => itemIndent(one) ?? [])
  const last = above.at(-1)
  return own === null || last === undefined || above.includes(own)
    ? null
    : `this item begins after ${own} blanks, the one above it after ${last}; begin both at the same place`
}

const itemIndent = (line: string): number | null => /^( *)- /.exec(line)?.[1]?.length ?? null

const distinct = (problems: readonly Located[]): readonly Located[] =>
  problems.filter(({ line, text }, at) => problems.findIndex((one) => one.line === line && one.text === text) === at)

/** What no author writes; the YAML parser would need seconds for it, or end the process. */
const monstrous = (text: string): Located | null => {
  if (text.length > 100_000) return { line: 1, text: 'the file is over 100,000 characters long; split it' }
  let depth = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > 2000) return { line: index + 1, text: 'the line is over 2,000 characters long; break it up' }
    for (const mark of line.match(/[[{\]}]/g) ?? []) depth += mark === '[' || mark === '{' ? 1 : -1
    if (depth > 50) return { line: index + 1, text: 'more than 50 brackets are open here; close them' }
  }
  return null
}

const failed = (line: number, text: string): Yaml => ({ value: null, lineOf: () => 1, problems: [{ line, text }] })

const offsetOf = (document: Document, path: Path): number => {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      // A list of one may be written without the list: then its position is not a step.
      if (!pair && typeof step === 'number') continue
      if (!pair || !isScalar(pair.key)) break
      offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step]
      if (!isMap(item) && !isScalar(item) && !isSeq(item) && !isAlias(item)) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}

const explain = (error: YAMLError, text: string): string => {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab is used as indentation; use two blanks for each level'
    case 'DUPLICATE_KEY':
      return `the key '${/^[^:\s]*/.exec(text.slice(error.pos[0]))?.[0] ?? ''}' appears here a second time; keep one of them`
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; a file holds one, so take the "---" out'
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'there are two ": " in this line; put a text that contains ": " in quotes'
    case 'BAD_SCALAR_START':
      return 'a text cannot begin with this character; put it in quotes'
    case 'MISSING_CHAR':
    case 'MULTILINE_IMPLICIT_KEY':
      return `${error.message}; write "key: value", close every quote, and begin a text of several lines with ">-"`
    case 'TAG_RESOLVE_FAILED':
      return `${error.message}; leave the "!" out, or put the text in quotes`
    default:
      return `${error.message}; look at the indentation and the quotes here`
  }
}
