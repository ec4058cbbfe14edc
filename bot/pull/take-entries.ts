import { parseJson } from '../../intake/parse.js'
import { isFault } from '../../triage/fault.js'
import type { IntakeResult } from '../cases/open-case.js'

/** Takes a payload in, as the alert door does: faults `intake/…` when nothing in it can be read, anything else when not stored. */
export type Take = (body: unknown) => Promise<IntakeResult>

/**
 * Take in the entries of a page. Resolves when every one that can be read is on disk; one that can't never costs the others, and is
 * named among the ignored. Rejects when the store takes nothing.
 */
export const takeEntries = async (entries: readonly unknown[], take: Take): Promise<IntakeResult> => {
  const checked = entries.map(check)
  const good = checked.flatMap((one) => ('entry' in one ? [one.entry] : []))
  const bad = checked.flatMap((one) => ('reason' in one ? [{ reason: one.reason }] : []))
  const taken = good.length === 0 ? nothing : await takeAll(good, take)
  return { alerts: taken.alerts, ignored: [...taken.ignored, ...bad] }
}

/** Together, for alerts of one page know of one another; where that fails, one by one. */
const takeAll = async (entries: readonly unknown[], take: Take): Promise<IntakeResult> => {
  try {
    return await take({ value: entries })
  } catch (error) {
    if (!isFault(error) || !error.code.startsWith('intake/')) throw error
    if (entries.length === 1) return { alerts: [], ignored: [{ reason: error.message }] }
  }
  const results: IntakeResult[] = []
  for (const entry of entries) results.push(await takeAll([entry], take))
  return { alerts: results.flatMap(({ alerts }) => alerts), ignored: results.flatMap(({ ignored }) => ignored) }
}

/** The same limits that hold at the alert door, for each entry by itself. */
const check = (entry: unknown): { readonly entry: unknown } | { readonly reason: string } => {
  try {
    return { entry: parseJson(JSON.stringify(entry)) }
  } catch (error) {
    return { reason: isFault(error) ? error.message : 'this entry is nested too deep' }
  }
}

const nothing: IntakeResult = { alerts: [], ignored: [] }
