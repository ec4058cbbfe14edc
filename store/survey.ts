import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isFault } from '../triage/fault.js'
import { shardOf, type Side } from './layout.js'
import { loadCase, type Report } from './load.js'
import { isCaseId } from './names.js'
import { quarantined } from './quarantine.js'

/**
 * Look over a folder at opening, and answer the ids of the live cases.
 *
 * Goes by the names of the files; opened are only those that a crash left in both places and those with something in
 * quarantine, so it is fast with any number of cases. Removes the temporary files of crashed writes.
 */
export async function survey(folder: string, report: Report): Promise<Set<string>> {
  const [live, settled] = await Promise.all([casesOf(folder, 'live', report), casesOf(folder, 'settled', report)])
  await namesIn(join(folder, 'settings'))
  const ids = new Set(live)
  const twice = settled.filter((caseId) => ids.has(caseId))
  const ill = (await quarantined(folder)).filter(isCaseId)
  for (const caseId of new Set([...twice, ...ill])) {
    const isLive = await look(folder, caseId, report)
    if (isLive) ids.add(caseId)
    else ids.delete(caseId)
  }
  return ids
}

async function casesOf(folder: string, side: Side, report: Report): Promise<readonly string[]> {
  const shards = (await readdir(join(folder, side))).filter((shard) => /^[0-9a-f]{2}$/.test(shard))
  const lists = await Promise.all(
    shards.map(async (shard) => {
      const ids = (await namesIn(join(folder, side, shard))).filter(isCaseId)
      return ids.filter((caseId) => {
        if (shardOf(caseId) === shard) return true
        const there = join(side, shardOf(caseId), `${caseId}.json`)
        report(`Case ${caseId} lies in the folder ${join(side, shard)} and is not seen there. Move it to ${there}.`)
        return false
      })
    }),
  )
  return lists.flat()
}

/** The names of the JSON files in a folder, after what crashed writes left there is removed. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder)
  const left = files.filter((file) => /\.json\.\d{1,10}$/.test(file))
  await Promise.all(left.map((file) => rm(join(folder, file), { force: true })))
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length))
}

async function look(folder: string, caseId: string, report: Report): Promise<boolean> {
  try {
    return (await loadCase(folder, caseId, report))?.side === 'live'
  } catch (error) {
    // One case that cannot be read keeps nobody from the others.
    if (!isFault(error)) throw error
    report(error.message)
    return false
  }
}
