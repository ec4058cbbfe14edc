import { Fault } from '../triage/fault.js'
import { shardOf, type Side } from './layout.js'

/** Fault `store/stale` unless the case has the version the writer believes. */
export function checkVersion(caseId: string, believed: number, stored: number): void {
  if (believed === stored) return
  throw new Fault(
    'store/stale',
    `Case ${caseId} has version ${stored}, not ${believed}. Read it again, then decide again.`,
  )
}

/** Fault `store/stale` unless the setting has the version the writer believes. */
export function checkSettingVersion(name: string, believed: number, stored: number): void {
  if (believed === stored) return
  throw new Fault('store/stale', `The setting ${name} has version ${stored}, not ${believed}. Read it again first.`)
}

/** Fault `store/open` for a case that can't be replaced, because it still wants something. */
export const caseOpen = (caseId: string): Fault =>
  new Fault('store/open', `Case ${caseId} is open, or a card of it is not up to date. Close it first.`)

/** Fault `store/closed` for a call after `close`. */
export const storeClosed = (): Fault =>
  new Fault('store/closed', 'The store is closed already. Stop what still uses it before closing it.')

/** Fault `store/damaged` for a case whose file is in quarantine; `side` is where it was. */
export const caseDamaged = (caseId: string, moved: string, side: Side): Fault =>
  new Fault(
    'store/damaged',
    `Case ${caseId} is damaged; its file is ${moved}. ${remedyFor(`${side}/${shardOf(caseId)}/${caseId}.json`)}`,
  )

/** Fault `store/damaged` for a file that is left where it is, because only a newer Winnow can read it. */
export const fileIsNewer = (file: string): Fault =>
  new Fault('store/damaged', `A newer Winnow wrote ${file}, this one cannot read it. Start the newer version again.`)

/** What the operator can do about a damaged case. */
export const remedyFor = (place: string): string =>
  `Put it right and move it to ${place}, or restore that from a backup; delete it, and the case is forgotten.`

/** The system's code of an error, such as `ENOSPC`; its text when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)
