import * as crypto from 'node:crypto'
import { join } from 'node:path'

/** The two places a case can be: it still wants something, or it is settled. */
export type Side = 'live' | 'settled'

/** Both of them. */
export const bothSides: readonly Side[] = ['live', 'settled']

/** Where a case's file is. Spread over 256 folders by a hash, so that none gets too full. */
export const caseFileOf = (folder: string, side: Side, caseId: string): string =>
  join(folder, side, shardOf(caseId), `${caseId}.json`)

/** Where a setting's file is. */
export const settingFileOf = (folder: string, name: string): string => join(folder, 'settings', `${name}.json`)

/** Where damaged files are put. */
export const quarantineOf = (folder: string): string => join(folder, 'quarantine')

/** Where the journal's segments are. */
export const journalOf = (folder: string): string => join(folder, 'journal')

/** The folder, of two characters, that a case's file is in. */
export const shardOf = (caseId: string): string => hashOf(caseId).slice(0, 2)

/** The hash of a case's id, in hexadecimal digits. Whoever looks for a case asks several times. */
export const hashOf = (caseId: string): string => {
  if (caseId !== last.caseId) last = { caseId, hash: crypto.hash('sha256', caseId, 'hex') }
  return last.hash
}

let last = { caseId: '', hash: crypto.hash('sha256', '', 'hex') }

/** All of these folders there can be. */
export const shards: readonly string[] = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0'))
