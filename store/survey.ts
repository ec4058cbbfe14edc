import { join } from 'node:path'
import { isFault } from '../triage/fault.js'
import { type CaseFiles, removeTemporaries } from './case-files.js'
import type { Damages } from './damages.js'
import type { Disk } from './disk.js'
import { shardOf } from './layout.js'
import { isCaseId } from './names.js'
import { quarantined } from './quarantine.js'

/**
 * Look over a folder at opening, and answer the ids of the cases that lie under `live/`.
 *
 * Goes by the names of the files; opened are only those of cases with something in quarantine, so it is fast with any number of
 * cases, and with any number of settled ones. One that a crash left on both sides is put right by its first reader.
 */
export async function survey(disk: Disk, folder: string, files: CaseFiles, damages: Damages): Promise<Set<string>> {
  const live = new Set(await liveCases(disk, folder, damages))
  const settings = join(folder, 'settings')
  await removeTemporaries(disk, settings)
  // A setting may have been put there just before a kill: whoever reads it must not lose it with the power. A disk that can't make it
  // durable now takes no journal either, which is told.
  await disk.syncFolder(settings).catch(() => undefined)
  const ill = quarantined(disk, folder)
    .map((name) => name.replace(/\.settled$/, ''))
    .filter(isCaseId)
  for (const caseId of new Set(ill)) {
    files.noteIll(caseId)
    const isLive = await look(caseId, files, damages)
    if (isLive) live.add(caseId)
    else live.delete(caseId)
  }
  return live
}

async function liveCases(disk: Disk, folder: string, damages: Damages): Promise<readonly string[]> {
  const live: string[] = []
  for (const shard of disk.list(join(folder, 'live')) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue
    for (const name of disk.list(join(folder, 'live', shard)) ?? []) {
      const caseId = name.endsWith('.json') ? name.slice(0, -'.json'.length) : ''
      if (!isCaseId(caseId)) continue
      if (shardOf(caseId) === shard) live.push(caseId)
      else noteMisplaced(caseId, shard, damages)
    }
    // One folder at a time: there may be a hundred thousand names.
    await new Promise<void>((go) => setImmediate(go))
  }
  return live
}

function noteMisplaced(caseId: string, shard: string, damages: Damages): void {
  const there = join('live', shardOf(caseId), `${caseId}.json`)
  const where = join('live', shard)
  const text = `Case ${caseId} lies in the folder ${where} and is not seen there. Move it to ${there}.`
  damages.note(text, { caseId, open: true, text })
}

async function look(caseId: string, files: CaseFiles, damages: Damages): Promise<boolean> {
  try {
    return (await files.load(caseId))?.side === 'live'
  } catch (error) {
    // One case that cannot be read keeps nobody from the others.
    if (!isFault(error)) throw error
    if (!damages.has(caseId)) damages.note(caseId, { caseId, open: true, text: error.message })
    return false
  }
}
