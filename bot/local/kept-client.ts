import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** What is kept of the local client that runs: where it listens, which Winnow it speaks to, and what it knows that one by. */
export type Kept = { readonly port: number; readonly botUrl: string; readonly token: string }

/** The name of the file with it, in the client's own folder. */
export const keptFile = 'client.json'

/** The path at which the guard in the client answers Winnow, and nobody else. */
export const ownPath = '/_winnow'

/** Keep it, readable by this user alone. */
export const keep = (folder: string, client: Kept): Promise<void> =>
  writeFile(join(folder, keptFile), JSON.stringify(client), { mode: 0o600 })

/** What was kept of a client that may still run; null when there is nothing that can be read. */
export const readKept = async (folder: string): Promise<Kept | null> => {
  try {
    return kept.parse(JSON.parse(await readFile(join(folder, keptFile), 'utf8')))
  } catch {
    return null
  }
}

const kept = z.object({ port: z.int().min(1).max(65_535), botUrl: z.string(), token: z.string().min(32) })

/** True when that very client runs: whatever else may listen there by now does not know the token. */
export const runs = (client: Kept): Promise<boolean> => ask(client, 'GET')

/** End that client, and nothing else; resolves when it is gone. Does nothing when something else listens there by now. */
export const end = async (client: Kept): Promise<void> => {
  await ask(client, 'DELETE')
  for (let tries = 0; tries < 30 && (await runs(client)); tries++) await sleep(100)
}

const ask = async ({ port, token }: Kept, method: 'GET' | 'DELETE'): Promise<boolean> => {
  try {
    const headers = { authorization: `Bearer ${token}` }
    const request = { method, headers, signal: AbortSignal.timeout(2000) }
    return (await fetch(`http://127.0.0.1:${port}${ownPath}`, request)).status === 204
  } catch {
    return false
  }
}
