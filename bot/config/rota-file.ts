import { stat } from 'node:fs/promises'
import * as z from 'zod'
import { map } from '../../content/load/schema-parts.js'
import { severities } from '../../triage/alert.js'
import type { Person } from '../../triage/person.js'
import type { Rota } from '../../triage/rota.js'
import { dayNumber, instantOf } from '../../triage/zone.js'
import { type FileProblem, calendarDay, clockTime, personId, readSettingsFile, weekdays, zone } from './yaml-file.js'

/** The rota as its file was when it was last read. */
export type RotaFile = {
  readonly rota: () => Rota
  /** Read it again if it has changed; what can't be read leaves the rota as it was. Never rejects. */
  readonly refresh: () => Promise<void>
}

/**
 * Read a rota (see rota.example.yaml), and read it again when it changes; times without a zone are in that one.
 *
 * Fault `rota/invalid` lists everything that is wrong with it at first, each with its line.
 */
export const openRotaFile = async (
  path: string,
  usualZone: string,
  log: { info(details: object, text: string): void; error(details: object, text: string): void },
): Promise<RotaFile> => {
  let current = await readRota(path, usualZone)
  let changed = await changedAt(path)
  return {
    rota: () => current,
    refresh: async () => {
      const now = await changedAt(path)
      if (now === changed) return
      changed = now
      try {
        current = await readRota(path, usualZone)
        log.info({ count: current.layers.length }, 'the rota was read again')
      } catch (error) {
        log.error({ err: error }, 'the rota could not be read again; the last one counts')
      }
    },
  }
}

const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

/** Read a rota. Fault `rota/invalid` lists everything that is wrong with it, each with its line. */
export const readRota = async (path: string, usualZone: string): Promise<Rota> => {
  const data = await readSettingsFile({ path, code: 'rota/invalid', variable: 'ROTA_FILE' }, shape, unknownNames)
  const people = new Map(Object.entries(data.people))
  const called = (one: string): readonly Person[] => {
    const person = people.get(one)
    return person ? [person] : []
  }
  const at = ({ day, minute }: z.output<typeof moment>): number =>
    instantOf({ day: dayNumber(day), minute }, data.zone ?? usualZone)
  return {
    atLeast: data['at-least'],
    layers: data.layers.map((layer) => {
      const where = layer.zone ?? data.zone ?? usualZone
      return {
        name: layer.name,
        people: layer.people.flatMap(called),
        zone: where,
        from: layer.from,
        handover: layer.handover,
        everyDays: layer.every,
        hours: layer.hours ? { ...layer.hours, zone: where, off: data.holidays } : null,
      }
    }),
    overrides: data.overrides.flatMap(({ person, layer, from, to }) =>
      called(person).map((one) => ({ person: one, layer: layer ?? null, from: at(from), to: at(to) })),
    ),
    away: data.away.flatMap(({ person, from, to }) => called(person).map(({ id }) => ({ personId: id, from, to }))),
  }
}

const every = z
  .string()
  .regex(/^[1-9]\d{0,2}[dw]$/, 'write a number and d or w, such as 1d or 2w')
  .transform((text) => Number(text.slice(0, -1)) * (text.endsWith('w') ? 7 : 1))

const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/, 'write a day and a time, such as 2026-12-24 08:00')
  .refine((text) => !Number.isNaN(Date.parse(text.slice(0, 10))), 'write a day of the calendar')
  .transform((text) => ({
    day: text.slice(0, 10),
    minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14)),
  }))

const name = z.string().min(1).max(40)

const shape = map({
  zone: zone.optional(),
  'at-least': z.enum(severities).default('medium'),
  people: z.record(name, map({ id: personId, name: z.string().min(1).max(120) })),
  layers: z
    .array(
      map({
        name,
        people: z.array(name).min(1),
        zone: zone.optional(),
        from: calendarDay,
        handover: clockTime,
        every,
        hours: map({ days: weekdays, from: clockTime, to: clockTime }).optional(),
      }),
    )
    .min(1),
  overrides: z.array(map({ person: name, layer: name.optional(), from: moment, to: moment })).default([]),
  away: z.array(map({ person: name, from: calendarDay, to: calendarDay })).default([]),
  holidays: z.array(calendarDay).default([]),
})

/** Names that stand for no one, and spans that end before they begin. */
const unknownNames = (data: z.output<typeof shape>): readonly FileProblem[] => {
  const known = Object.keys(data.people)
  const layers = data.layers.map((layer) => layer.name)
  const person = (path: FileProblem['path'], one: string): readonly FileProblem[] =>
    known.includes(one) ? [] : [{ path, text: `no one is called '${one}'; 'people' has ${known.join(', ')}` }]
  return [
    ...data.layers.flatMap((layer, at) =>
      layer.people.flatMap((one, place) => person(['layers', at, 'people', place], one)),
    ),
    ...layers.flatMap((one, at) =>
      layers.indexOf(one) < at
        ? [{ path: ['layers', at, 'name'], text: `there are two layers '${one}'; rename one` }]
        : [],
    ),
    ...data.overrides.flatMap((one, at) => [
      ...person(['overrides', at, 'person'], one.person),
      ...(one.layer === undefined || layers.includes(one.layer)
        ? []
        : [
            {
              path: ['overrides', at, 'layer'],
              text: `there is no layer '${one.layer}'; there is ${layers.join(', ')}`,
            },
          ]),
      ...(`${one.from.day} ${one.from.minute + 10_000}` < `${one.to.day} ${one.to.minute + 10_000}`
        ? []
        : [{ path: ['overrides', at, 'to'], text: "'to' must be later than 'from'" }]),
    ]),
    ...data.away.flatMap((one, at) => [
      ...person(['away', at, 'person'], one.person),
      ...(one.from <= one.to ? [] : [{ path: ['away', at, 'to'], text: "'to' must not be before 'from'" }]),
    ]),
  ]
}
