import { crc32 } from 'node:zlib'
import type { Cards } from '../triage/card.js'
import { isCaseId } from './names.js'
import { faultOfCard, faultOfEvent, isObject } from './shapes.js'
import type { Change, StoredCase } from './store.js'

/** One write of a case, as it stands in the journal: the case had `version` before. */
export type JournalRecord = Change & { readonly caseId: string; readonly version: number }

/** What was found in a segment. */
export type Segment = {
  /** The records that can be read, in order, each with its text. */
  readonly records: readonly { readonly record: JournalRecord; readonly text: string }[]
  /** How many whole lines can't be read. */
  readonly damaged: number
  /** The cases they seem to be of. */
  readonly suspects: readonly string[]
  /** A newer Winnow wrote it. */
  readonly newer: boolean
}

/** The text of a record. */
export const recordText = (caseId: string, version: number, { events = [], cards = {}, open }: Change): string =>
  JSON.stringify({ caseId, version, open, events, cards })

/** A line of a segment: the length of the text in bytes and its checksum, eight hexadecimal digits each, and the text. */
export function frame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const line = Buffer.allocUnsafe(headerBytes + length + 1)
  line.write(text, headerBytes)
  const sum = crc32(line.subarray(headerBytes, headerBytes + length))
  line.write(`${hex(length)} ${hex(sum)} `, 'latin1')
  line[headerBytes + length] = newline
  return line
}

/** The first line of a segment: how the others are written. */
export const firstLine = (): Buffer => frame(JSON.stringify({ journal: journalFormat }))

/**
 * Read a segment. What a crash cut off at its end was never acknowledged and is left out; a line in the middle that can't be read
 * is counted, and the ones behind it are read all the same.
 */
export function readSegment(bytes: Buffer): Segment {
  const records: { readonly record: JournalRecord; readonly text: string }[] = []
  const suspects = new Set<string>()
  let damaged = 0
  let newer = false
  for (let from = 0; from < bytes.length && !newer;) {
    const end = bytes.indexOf(newline, from)
    // Without its end, it was being written when everything stopped.
    if (end < 0) break
    const text = textIn(bytes.subarray(from, end))
    const parsed = text === null ? null : parse(text)
    if (isObject(parsed) && 'journal' in parsed) newer = parsed['journal'] !== journalFormat
    else if (text !== null && isRecord(parsed)) records.push({ record: parsed, text })
    else {
      damaged += 1
      const [, caseId = ''] = /"caseId":"([^"]*)"/.exec(bytes.toString('latin1', from, end)) ?? []
      if (isCaseId(caseId)) suspects.add(caseId)
    }
    from = end + 1
  }
  return { records, damaged, suspects: [...suspects], newer }
}

/** What becomes of a case by these writes; those that are in it already are passed over. Null when one in between is missing. */
export function apply(stored: StoredCase, records: readonly JournalRecord[]): StoredCase | null {
  let { version } = stored
  const diary = [...stored.diary]
  const cards = new Map(Object.entries(stored.cards))
  for (const record of records) {
    if (record.version < version) continue
    if (record.version > version) return null
    version += 1
    diary.push(...(record.events ?? []))
    for (const [name, card] of Object.entries(record.cards ?? {})) {
      if (card) cards.set(name, card)
      else cards.delete(name)
    }
  }
  const result: Cards = Object.fromEntries(cards)
  return { version, diary, cards: result }
}

/** Read the text of a record that was made by `recordText`. */
export function parseRecord(text: string): JournalRecord {
  const record: JournalRecord = JSON.parse(text)
  return record
}

const journalFormat = 1
const newline = 10
const headerBytes = 18

const hex = (number: number): string => number.toString(16).padStart(8, '0')

function textIn(line: Buffer): string | null {
  const length = line.length - headerBytes
  if (length < 0) return null
  const body = line.subarray(headerBytes)
  const header = line.toString('latin1', 0, headerBytes)
  return header === `${hex(length)} ${hex(crc32(body))} ` ? body.toString('utf8') : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is JournalRecord =>
  isObject(value) &&
  typeof value['caseId'] === 'string' &&
  isCaseId(value['caseId']) &&
  Number.isSafeInteger(value['version']) &&
  typeof value['open'] === 'boolean' &&
  Array.isArray(value['events']) &&
  value['events'].every((event) => faultOfEvent(event) === null) &&
  isObject(value['cards']) &&
  Object.values(value['cards']).every((card) => card === null || faultOfCard(card) === null)
