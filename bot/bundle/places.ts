import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { bundleFiles } from './open-bundle.js'

/**
 * Where the lines of a bundle come from. `runs` holds three numbers for each run of lines that follow one another in both: the first of
 * them in the bundle, the index of the source, and the line there; lines count from 0. A source is null when it is not to be found.
 */
export type Places = { readonly sources: readonly (string | null)[]; readonly runs: readonly number[] }

/**
 * The places of a bundle, from the source map of its code, which will lie in `file`. Sources are told from the project's folder, such as
 * `bot/main.ts`.
 */
export const placesOf = (map: string, file: string, project: string): Places => {
  const payload: SourceMapPayload = JSON.parse(map)
  const found = new SourceMap(payload)
  const sources = new Map<string, number>()
  const runs: number[] = []
  let before = { line: -1, source: -1, at: -1 }
  const lines = payload.mappings.split(';').length
  for (let line = 0; line < lines; line += 1) {
    // Esbuild tells it for where each line begins.
    const entry = found.findEntry(line, 0)
    if (!('originalSource' in entry) || typeof entry.originalSource !== 'string' || entry.generatedLine !== line)
      continue
    const source = sources.get(entry.originalSource) ?? sources.size
    sources.set(entry.originalSource, source)
    const now = { line, source, at: entry.originalLine }
    if (now.source !== before.source || now.line - before.line !== now.at - before.at)
      runs.push(now.line, source, now.at)
    before = now
  }
  return { sources: [...sources.keys()].map((source) => nameOf(source, file, project)), runs }
}

/** A package can name a source that it does not bring along, as if it lay here. */
const nameOf = (source: string, file: string, project: string): string | null => {
  const name = relative(project, resolve(dirname(file), source))
    .split(sep)
    .join('/')
  return name.startsWith('node_modules/') || existsSync(join(project, name)) ? name : null
}

/**
 * How to tell the lines of a stack that lie in a program's bundle by their sources, as `bot/main.ts:12`. Places that aren't in it, and
 * all when the build left none, stay as they are. They are read when the first is asked for.
 */
export const openSourcePlaces = (program: string): ((stack: string) => string) => {
  const { code, places: file } = bundleFiles(program)
  let places: Places | null | undefined
  return (stack) => {
    if (!stack.includes(code)) return stack
    places ??= readPlaces(file)
    const known = places
    if (known === null) return stack
    const [before = '', ...after] = stack.split(`${code}:`)
    const told = after.map((text) => {
      const [place, line] = /^(\d+):\d+/.exec(text) ?? []
      const source = line === undefined ? null : sourceOf(known, Number(line) - 1)
      return source === null || place === undefined ? `${code}:${text}` : source + text.slice(place.length)
    })
    return before + told.join('')
  }
}

const sourceOf = ({ sources, runs }: Places, line: number): string | null => {
  // The last run that begins at or before the line.
  let low = 0
  let high = runs.length / 3
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * 3] ?? 0) <= line) low = middle + 1
    else high = middle
  }
  const [from, source, at] = runs.slice(low * 3 - 3, low * 3)
  const name = sources[source ?? -1] ?? null
  if (from === undefined || at === undefined || name === null) return null
  return `${name}:${at + line - from + 1}`
}

const readPlaces = (file: string): Places | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
