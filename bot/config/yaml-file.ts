import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { explain } from '../../content/load/explain.js'
import { listed } from '../../content/load/problem.js'
import { readYaml } from '../../content/load/read-yaml.js'
import { zoneNamed } from '../../dialogs/time.js'
import { isGuid } from '../../triage/guid.js'
import { Fault } from '../../triage/fault.js'

/** A file of settings: the fault's code and the variable that names it. */
export type SettingsFile = { readonly path: string; readonly code: string; readonly variable: string }

/** Something wrong at a place in it. */
export type FileProblem = { readonly path: readonly (string | number)[]; readonly text: string }

/**
 * Read a YAML file of settings and make something of it.
 *
 * The fault lists everything that is wrong with it at once, each with its line and what would be right; `check` finds what a schema
 * can't.
 */
export const readSettingsFile = async <S extends z.ZodType>(
  { path, code, variable }: SettingsFile,
  shape: S,
  check: (data: z.output<S>) => readonly FileProblem[] = () => [],
): Promise<z.output<S>> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault(code, `${path} can't be read. Set ${variable} to a readable file, or leave it out.`, { cause })
  })
  const yaml = readYaml(text)
  const parsed = shape.safeParse(yaml.value)
  const findings = parsed.success
    ? check(parsed.data)
    : parsed.error.issues.flatMap((issue) => explain(issue, yaml.value))
  const problems = [
    ...yaml.problems,
    ...(yaml.problems.length > 0 ? [] : findings.map((one) => ({ line: yaml.lineOf(one.path), text: one.text }))),
  ]
  if (problems.length === 0 && parsed.success) return parsed.data
  const lines = listed(problems.map((problem) => ({ file: path, ...problem })))
  throw new Fault(code, [`${variable} names a file that must be corrected:`, ...lines].join('\n'))
}

/** A zone by the name that times are told in. */
export const zone = z.string().transform((text, context) => {
  const named = zoneNamed(text)
  if (named !== null) return named
  context.addIssue({ code: 'custom', message: 'write the name of a time zone, such as Europe/Stockholm or UTC' })
  return z.NEVER
})

/** A time of day in quotes, as minutes. */
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day in quotes, such as "08:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))

/** A day of the calendar. */
export const calendarDay = z.iso.date('write a day of the calendar, such as 2026-12-24')

/** A person by their Entra object id, or the chat's own id. */
export const personId = z
  .string()
  .min(1)
  .transform((id) => (isGuid(id) ? id.toLowerCase() : id))

/** Days of the week, such as [mon, tue], as numbers; 0 is Sunday. */
export const weekdays = z
  .array(z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']))
  .min(1)
  .transform((days) => days.map((one) => dayNames.indexOf(one)))

const dayNames: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
