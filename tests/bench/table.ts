import type { BodyCost } from './bodies.js'
import { type Measured, median } from './hit.js'
import { type Length, timesAsLong } from './long.js'
import { type Door, type Round, type Side, ratio } from './rounds.js'
import type { Start } from './startup.js'

/** What the columns of the ratios are. */
export const ratioHead = [
  'what',
  'clients',
  'beside',
  'ratio',
  'wanted',
  'Winnow per second',
  'the other per second',
  'Winnow p50 / p99 ms',
  'the other p50 / p99 ms',
]

/** A door with so many clients beside a bare program: how much of its rate Winnow has. */
export const besideRow = (
  rounds: readonly Round[],
  [door, clients, other, wanted]: readonly [Door, number, Side, string],
): readonly string[] => {
  const ours = rounds.map((round) => round(door, clients, 'winnow'))
  const theirs = rounds.map((round) => round(door, clients, other))
  const measured = ratio(rounds, door, clients, other)
  return row([doors[door], clients, programs[other], measured.toFixed(2), wanted], ours, theirs)
}

/**
 * A door with some stored cases beside the same with more: how much of its rate Winnow keeps. Each is first compared with the
 * bare program of its own turn, for the machine may have been slower in one of them.
 */
export const flatRow = (
  few: Sized,
  many: Sized,
  [door, clients, other]: readonly [Door, number, Side],
): readonly string[] => {
  const share = (round: Round | undefined): number =>
    (round?.(door, clients, 'winnow').perSecond ?? NaN) / (round?.(door, clients, other).perSecond ?? NaN)
  const kept = median(many.rounds.map((round, index) => share(round) / share(few.rounds[index])))
  const [more, less] = [many, few].map(({ rounds }) => rounds.map((round) => round(door, clients, 'winnow')))
  const what = `${doors[door]}, ${number(many.cases)} cases`
  return row([what, clients, `${number(few.cases)} cases`, kept.toFixed(2), '0.83'], more ?? [], less ?? [])
}

/** Rounds with so many stored cases. */
export type Sized = { readonly cases: number; readonly rounds: readonly Round[] }

/** A click on cases of one length beside one on the shortest: how many times as long it takes, told as a ratio of rates. */
export const lengthRow = (one: Length, all: readonly Length[]): readonly string[] => {
  const shortest = all.find(({ clients }) => clients === one.clients) ?? one
  const what = `a click on a case of ${number(one.length)} lines`
  const kept = (1 / timesAsLong(one, all)).toFixed(2)
  return row([what, one.clients, `${shortest.length} lines`, kept, '0.50'], one.waves, shortest.waves)
}

/** What the columns of the starts are. */
export const startHead = [
  'start with cases',
  'of them open',
  'first answer, ms',
  'board complete, ms',
  'memory, MB',
  'wanted',
]

/** The row of one start. */
export const startRow = (cases: number, open: number, wanted: string, start: Start): readonly string[] => [
  number(cases),
  number(open),
  number(start.health),
  number(start.board),
  number(start.rss / 1024 / 1024),
  wanted,
]

/** What the columns of the bodies are. */
export const bodyHead = ['the costliest bodies', 'bytes', 'processor, ms', 'event loop held, ms', 'wanted']

/** The row of one body. */
export const bodyRow = ({ name, bytes, ms, clockMs }: BodyCost): readonly string[] => [
  name.length > 60 ? `${name.slice(0, 59)}…` : name,
  number(bytes),
  ms.toFixed(1),
  clockMs.toFixed(1),
  '50',
]

const doors: Readonly<Record<Door, string>> = {
  ingest: 'an alert kept',
  again: 'an alert kept, about someone with an open case',
  click: 'a verdict recorded',
}

const programs: Readonly<Record<Side, string>> = {
  winnow: 'Winnow',
  journal: 'restify + journal',
  files: 'restify + files',
  bot: 'bare bot',
}

const row = (
  words: readonly (string | number)[],
  ours: readonly Measured[],
  theirs: readonly Measured[],
): readonly string[] => [
  ...words.map(String),
  number(middle(ours, 'perSecond')),
  number(middle(theirs, 'perSecond')),
  times(ours),
  times(theirs),
]

const times = (rounds: readonly Measured[]): string =>
  `${middle(rounds, 'p50').toFixed(2)} / ${middle(rounds, 'p99').toFixed(1)}`

const middle = (rounds: readonly Measured[], of: keyof Measured): number => median(rounds.map((round) => round[of]))

const number = (value: number): string => Math.round(value).toLocaleString('en')
