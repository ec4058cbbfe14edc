import { type Measured, median } from './hit.js'
import { type Pair, ratio } from './rounds.js'
import type { Start } from './startup.js'

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** The rows of one size: a door with so many clients each. */
export const pairRows = (cases: number, pairs: readonly Pair[]): readonly (readonly string[])[] =>
  pairs.map((pair) => [
    number(cases),
    pair.what,
    String(pair.clients),
    ...told(pair.winnow),
    ...told(pair.bare),
    ...(['p50', 'p99', 'perSecond'] as const).map((of) => ratio(pair, of).toFixed(2)),
  ])

/** The row of one start. */
export const startRow = (cases: number, open: number, { health, board, rss }: Start): readonly string[] => [
  number(cases),
  number(open),
  number(health),
  number(board),
  number(rss / 1024 / 1024),
]

const told = (rounds: readonly Measured[]): readonly string[] => [
  `${middle(rounds, 'p50').toFixed(2)} / ${middle(rounds, 'p99').toFixed(1)}`,
  number(middle(rounds, 'perSecond')),
]

const middle = (rounds: readonly Measured[], of: keyof Measured): number => median(rounds.map((round) => round[of]))

const number = (value: number): string => Math.round(value).toLocaleString('en')
