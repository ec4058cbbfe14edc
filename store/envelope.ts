import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import type { Cards } from '../triage/card.js'
import type { Diary } from '../triage/event.js'
import { Fault } from '../triage/fault.js'
import { faultOfCard, faultOfEvent, isObject } from './shapes.js'
import type { StoredCase } from './store.js'
import { fromFormat1, type Line } from './upcast.js'

/** What a case's file holds. */
export type CaseFile = {
  readonly format: 2
  readonly caseId: string
  readonly version: number
  readonly diary: Diary
  readonly cards: Cards
}

/** What a setting's file holds. */
export type SettingFile = {
  readonly format: 2
  readonly name: string
  readonly version: number
  readonly value?: unknown
}

/** Read a case's file of any known format. Fault `store/damaged` with the reason in words, `store/newer` for one of the future. */
export function parseCase(bytes: Buffer, caseId: string): StoredCase {
  const file = parse(bytes)
  if (file['caseId'] !== caseId) throw otherName()
  const { version, diary, cards } = file
  if (!isDiary(diary)) throw damaged(whyNoDiary(diary))
  if (file['format'] === 1) return upcast(diary)
  if (!isVersion(version)) throw damaged('it has no version')
  if (!isCards(cards)) throw damaged(whyNoCards(cards))
  return { version, diary, cards }
}

/** Read a setting's file of any known format; the same faults. */
export function parseSetting(bytes: Buffer, name: string): SettingFile {
  const file = parse(bytes)
  if (file['name'] !== name) throw otherName()
  // The first format did not count; what it kept was written at least once.
  const version = file['format'] === 1 ? 1 : file['version']
  if (!isVersion(version)) throw damaged('it has no version')
  return { format: 2, name, version, value: file['value'] }
}

function upcast(lines: readonly Line[]): StoredCase {
  const stored = fromFormat1(lines)
  const why = whyNoCards(stored.cards)
  if (why !== '') throw damaged(why)
  return stored
}

/** The newest format that is known. */
export const format = 2

function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  if (!isUtf8(bytes)) throw damaged('it is not UTF-8 text')
  const json = parseJson(bytes.toString('utf8'))
  if (!isObject(json)) throw damaged('it is no JSON object')
  if (json['format'] === format || json['format'] === 1) return json
  if (future.safeParse(json).success) throw new Fault('store/newer', 'a newer Winnow wrote it')
  throw damaged('it has no format')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may be an attacker's.
    throw damaged(text.trim() === '' ? 'it is empty' : 'it is not JSON, or cut off')
  }
}

const future = z.object({ format: z.int().min(format + 1) })

const isVersion = (version: unknown): version is number =>
  typeof version === 'number' && Number.isSafeInteger(version) && version > 0

const isDiary = (diary: unknown): diary is Diary & readonly Line[] => whyNoDiary(diary) === ''

function whyNoDiary(diary: unknown): string {
  if (!Array.isArray(diary) || diary.length === 0) return 'it has no lines'
  for (const event of diary) {
    const wrong = faultOfEvent(event)
    if (wrong !== null) return wrong
  }
  return ''
}

const isCards = (cards: unknown): cards is Cards => whyNoCards(cards) === ''

function whyNoCards(cards: unknown): string {
  if (!isObject(cards)) return 'it has no cards'
  for (const name in cards) {
    const wrong = faultOfCard(cards[name])
    if (wrong !== null) return wrong
  }
  return ''
}

const damaged = (why: string): Fault => new Fault('store/damaged', why)

const otherName = (): Fault => damaged('it is named after something else than it holds')
