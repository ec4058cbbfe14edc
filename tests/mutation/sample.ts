import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'

/** Ranges of at most so many lines of a file, drawn by lot; the same lot for the same seed. Lines without code are not drawn. */
export const drawLines = (file: string, most: number, seed: number): readonly string[] => {
  const lines = readFileSync(join(root(), file), 'utf8').split('\n')
  const withCode = lines.flatMap((line, index) =>
    /^\s*(\/\/|\*|\/\*|import\b|[)}\]\s]*$)/.test(line) ? [] : [index + 1],
  )
  const lot = lots(seed)
  return withCode
    .map((line) => ({ line, lot: lot() }))
    .toSorted((one, other) => one.lot - other.lot)
    .slice(0, most)
    .map(({ line }) => `${file}:${line}-${line}`)
}

/** Numbers that look like chance and follow from the seed (mulberry32). */
const lots = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
