import * as z from 'zod'
import { map } from '../../content/load/schema-parts.js'
import { type Severity, severities } from '../../triage/alert.js'
import { type Clocks, usualClocks } from '../../triage/clocks.js'
import type { WorkingHours } from '../../triage/working-hours.js'
import { type FileProblem, calendarDay, clockTime, personId, readSettingsFile, weekdays, zone } from './yaml-file.js'

/**
 * Read how long what may last (see clocks.example.yaml). What the file leaves out is as usual; hours without a zone are in that one.
 *
 * Fault `clocks/invalid` lists everything that is wrong with it, each with its line.
 */
export const readClocks = async (path: string, usualZone: string): Promise<Clocks> => {
  const data = await readSettingsFile({ path, code: 'clocks/invalid', variable: 'CLOCKS_FILE' }, shape, outOfOrder)
  const holidays = data.holidays ?? []
  const team = data['working-hours']
  const hoursOf = (written: Hours, off: readonly string[]): WorkingHours => ({
    zone: written.zone ?? team?.zone ?? usualZone,
    days: written.days,
    from: written.from,
    to: written.to,
    off,
  })
  return {
    unassigned: bySeverity('unassigned', data.unassigned),
    owner: bySeverity('owner', data.owner),
    manager: bySeverity('manager', data.manager),
    nightFrom: data['night-from'] === 'off' ? null : (data['night-from'] ?? usualClocks.nightFrom),
    hours: team ? hoursOf(team, holidays) : null,
    hoursOf: new Map(
      (data.people ?? []).map((one) => [
        one.id.toLowerCase(),
        hoursOf(one, [...(one['own-holidays'] ? [] : holidays), ...one.off]),
      ]),
    ),
  }
}

type Kind = 'unassigned' | 'owner' | 'manager'

const bySeverity = <K extends Kind>(
  kind: K,
  written: { readonly [S in Severity]?: object | undefined } = {},
): Clocks[K] => ({
  ...usualClocks[kind],
  ...Object.fromEntries(
    Object.entries(written).map(([severity, windows]) => [
      severity,
      { ...usualClocks[kind][severities.find((one) => one === severity) ?? 'medium'], ...windows },
    ]),
  ),
})

/** A stretch of time in milliseconds; null for never. */
const stretch = z
  .string()
  .regex(/^(off|[1-9]\d{0,4}[mhd])$/, 'write a number and m, h or d, such as 30m, 4h or 2d, or write off (in quotes)')
  .transform((text) => (text === 'off' ? null : Number(text.slice(0, -1)) * (units.get(text.slice(-1)) ?? 0)))

const units: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

const forEach = <S extends z.ZodType>(windows: S) =>
  map({
    high: windows.optional(),
    medium: windows.optional(),
    low: windows.optional(),
    informational: windows.optional(),
  }).optional()

const hours = { zone: zone.optional(), days: weekdays, from: clockTime, to: clockTime }

type Hours = {
  readonly zone?: string | undefined
  readonly days: readonly number[]
  readonly from: number
  readonly to: number
}

const shape = map({
  unassigned: forEach(
    map({
      again: stretch.optional(),
      leads: stretch.optional(),
      next: stretch.optional(),
      repeat: stretch.optional(),
    }),
  ),
  owner: forEach(map({ remind: stretch.optional(), release: stretch.optional() })),
  manager: forEach(map({ remind: stretch.optional(), answer: stretch.optional() })),
  'night-from': z.enum([...severities, 'off']).optional(),
  'working-hours': map(hours).optional(),
  holidays: z.array(calendarDay).optional(),
  people: z
    .array(
      map({ id: personId, ...hours, off: z.array(calendarDay).default([]), 'own-holidays': z.boolean().optional() }),
    )
    .optional(),
})

/** Windows that come one after the other must be as long as the one before, at least. */
const outOfOrder = (data: z.output<typeof shape>): readonly FileProblem[] =>
  severities.flatMap((severity) => [
    ...inOrder(['unassigned', severity], { ...usualClocks.unassigned[severity], ...data.unassigned?.[severity] }, [
      'again',
      'leads',
      'next',
    ]),
    ...inOrder(['owner', severity], { ...usualClocks.owner[severity], ...data.owner?.[severity] }, [
      'remind',
      'release',
    ]),
    ...inOrder(['manager', severity], { ...usualClocks.manager[severity], ...data.manager?.[severity] }, [
      'remind',
      'answer',
    ]),
  ])

const inOrder = (
  path: readonly string[],
  windows: Readonly<Record<string, number | null | undefined>>,
  names: readonly string[],
): readonly FileProblem[] => {
  const set = names.filter((name) => windows[name] !== null && windows[name] !== undefined)
  return set.flatMap((name, at) => {
    const before = set[at - 1]
    return before === undefined || (windows[before] ?? 0) <= (windows[name] ?? 0)
      ? []
      : [
          {
            path: [...path, name],
            text: `'${[...path, name].join('.')}' is shorter than '${before}'; make it as long, or switch ${before} off`,
          },
        ]
  })
}
