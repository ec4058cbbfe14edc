import { z } from 'zod'
import type { Diary, Event } from '../triage/event.js'
import { Fault } from '../triage/fault.js'

/** What a case's file holds. */
export type CaseFile = { readonly format: 1; readonly caseId: string; readonly diary: Diary }

/** What a setting's file holds. */
export type SettingFile = { readonly format: 1; readonly name: string; readonly value?: unknown }

/** Read a case's file. Fault `store/damaged` with the reason in words, `store/newer` for a format of the future. */
export const parseCase = (text: string, caseId: string): CaseFile =>
  checked<CaseFile>(text, caseFile, (file) => file.caseId === caseId)

/** Read a setting's file; the same faults. */
export const parseSetting = (text: string, name: string): SettingFile =>
  checked<SettingFile>(text, settingFile, (file) => file.name === name)

/** Fault `store/bad-event` when something could be written that could not be read again. */
export function checkEvents(events: readonly Event[]): void {
  const result = z.array(event).safeParse(events)
  if (!result.success) {
    throw new Fault('store/bad-event', `Nothing was stored: an event needs type, at and by; ${where(result.error)}.`)
  }
}

const event = z.looseObject({ type: z.string().min(1), at: z.string().min(1), by: z.looseObject({}) })
const caseFile = z.object({ format: z.literal(1), caseId: z.string(), diary: z.array(event).min(1) })
const settingFile = z.object({ format: z.literal(1), name: z.string() })
const future = z.object({ format: z.int().min(2) })

function checked<T>(text: string, schema: z.ZodType, isItself: (file: T) => boolean): T {
  const json: T = parse(text)
  if (future.safeParse(json).success) throw new Fault('store/newer', 'a newer Winnow wrote it')
  const result = schema.safeParse(json)
  if (!result.success) throw new Fault('store/damaged', `it does not have the right shape: ${where(result.error)}`)
  if (!isItself(json)) throw new Fault('store/damaged', 'it is named after something else than it holds')
  return json
}

function parse(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may be an attacker's.
    throw new Fault('store/damaged', text.trim() === '' ? 'it is empty' : 'it is not JSON, or cut off')
  }
}

const where = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the whole'} (${issue.code})`)
    .join(', ')
