import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'

/**
 * The lines of a file in an order drawn by lot, each as a range that Stryker reads; the same order for the same seed. Lines that hold
 * nothing to change are left out: comments, imports, types, closing brackets.
 */
export const drawLines = (file: string, seed: number): readonly string[] => {
  const lot = lots(seed)
  return linesWithCode(readFileSync(join(root(), file), 'utf8'))
    .map((line) => ({ line, lot: lot() }))
    .toSorted((one, other) => one.lot - other.lot)
    .map(({ line }) => `${file}:${line}-${line}`)
}

/** The numbers of the lines in which something runs. What stands at the left margin begins a declaration; one of a type runs nothing. */
export const linesWithCode = (text: string): readonly number[] => {
  let isOfType = false
  return text.split('\n').flatMap((line, index) => {
    if (/^[a-z]/.test(line)) isOfType = /^(export )?(declare )?(type|interface)\b/.test(line)
    const isEmpty = /^\s*(\/\/|\*|\/\*|import\b|export \* |[)}\]\s,]*$)/.test(line)
    return isOfType || isEmpty ? [] : [index + 1]
  })
}

/** How far a sample is: lines tried of each file, minutes since its begin, changes tried. */
export type Drawn = { readonly drawn: number; readonly minutes: number; readonly tried: number }

/** The most lines of each file, the minutes to keep to (Infinity: however long it takes), and the least changes to try even so. */
export type DrawLimits = { readonly lines: number; readonly minutes: number; readonly least: number }

/**
 * How many more lines of each file are tried next; 0 to stop. With a time limit the first line of each file tells what a line costs on
 * this machine, and the rest of the time is for as many more; with too few changes tried it goes on, each time twice as far.
 */
export const linesToDraw = ({ drawn, minutes, tried }: Drawn, limits: DrawLimits): number => {
  const left = limits.lines - drawn
  if (left <= 0) return 0
  if (limits.minutes === Infinity) return left
  if (drawn === 0) return 1
  const affordable = Math.floor((drawn * (limits.minutes - minutes)) / minutes)
  if (affordable >= 1) return Math.min(left, affordable)
  return tried < limits.least ? Math.min(left, drawn) : 0
}

/** Numbers that look like chance and follow from the seed (mulberry32). */
const lots = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
