import { isIP } from 'node:net'
import * as z from 'zod'
import { type RegisterName, registerKinds } from '../../triage/register.js'

/** One entry of a register, whichever it is in: what it is called, whom and what it covers, and from when to when. */
export type Entry = {
  readonly name: string
  readonly kind: string | null
  readonly owner: string | null
  /** The day it begins and the last day it holds, `YYYY-MM-DD`, or times in UTC (ISO 8601); null for always. */
  readonly from: string | null
  readonly to: string | null
  readonly note: string | null
  /** Address ranges, such as `198.51.100.0/24`. */
  readonly ranges: readonly string[]
  /** UPNs, mail addresses or object ids. */
  readonly people: readonly string[]
  /** Names or ids of apps, with `*` at the beginning or end for anything. */
  readonly apps: readonly string[]
  /** Names or ids of resources, with `*` at the beginning or end for anything. */
  readonly resources: readonly string[]
  /** ISO 3166 codes. */
  readonly countries: readonly string[]
}

/** The schema of an entry of that register; unknown keys are errors. In CSV a list is written with `;` between its parts. */
export const entryOf = (register: RegisterName): z.ZodType<Entry> =>
  z
    .strictObject({
      name,
      kind: kindOf(register),
      owner: name.nullable().default(null),
      from: moment.nullable().default(null),
      to: moment.nullable().default(null),
      note: z.string().trim().max(200).nullable().default(null),
      ranges: list(range),
      people: list(name),
      apps: list(name),
      resources: list(z.string().trim().min(1).max(400)),
      countries: list(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as SE')),
    })
    .refine((entry) => needs[register].some((key) => entry[key].length > 0), {
      error: `needs ${needs[register].join(' or ')}: without it the entry covers nothing`,
    })
    .refine((entry) => entry.from === null || entry.to === null || dayOf(entry.from) <= dayOf(entry.to), {
      error: 'ends before it begins',
    })

const dayOf = (text: string): string => text.slice(0, 10)

/** What an entry must name at the least. */
const needs: Readonly<Record<RegisterName, readonly ('ranges' | 'people' | 'apps' | 'resources')[]>> = {
  networks: ['ranges'],
  tests: ['people', 'ranges', 'apps', 'resources'],
  changes: ['people', 'ranges', 'apps', 'resources'],
  travel: ['people'],
  people: ['people'],
  providers: ['ranges', 'people', 'apps'],
  software: ['apps'],
  apps: ['apps'],
}

const name = z.string().trim().min(1).max(200)

const kindOf = (register: RegisterName) => {
  const kinds: readonly string[] = registerKinds[register]
  return kinds.length === 0
    ? z
        .string()
        .nullable()
        .default(null)
        .refine((kind) => kind === null, 'has no place here: this register knows no kinds')
    : z
        .string()
        .refine((kind) => kinds.includes(kind), `must be one of ${kinds.join(', ')}`)
        .nullable()
        .default(null)
}

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a day such as 2026-11-28, or a time such as 2026-11-28T08:00:00Z',
})

const range = z
  .string()
  .trim()
  .refine(isRange, 'must be an address or a range such as 198.51.100.0/24 or 2001:db8::/32')

/** True for an address, or an address with the length of its prefix. */
function isRange(text: string): boolean {
  const [ip = '', bits, ...rest] = text.split('/')
  const family = isIP(ip)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

const list = (one: z.ZodType<string>) =>
  z.preprocess(
    (written) =>
      typeof written === 'string'
        ? written
            .split(';')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : written,
    z.array(one).max(2000).default([]),
  )
