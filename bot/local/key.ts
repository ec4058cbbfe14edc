import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type IntakeKey, hashKey } from '../http/intake-keys.js'

/** The intake key of local mode, made at the first start and kept in the data folder for the sample sender. */
export const localKey = async (dataFolder: string): Promise<IntakeKey> => {
  const kept = await readLocalKey(dataFolder)
  const key = kept ?? newKey()
  if (kept === null) await writeFile(fileIn(dataFolder), key, { mode: 0o600 })
  return { name: 'local', hash: Buffer.from(hashKey(key), 'hex') }
}

/** That key itself; null when Winnow has not run here in local mode. */
export const readLocalKey = async (dataFolder: string): Promise<string | null> => {
  try {
    return (await readFile(fileIn(dataFolder), 'utf8')).trim() || null
  } catch {
    return null
  }
}

/** A new intake key: 256 random bits, readable. */
export const newKey = (): string => `winnow_${randomBytes(32).toString('base64url')}`

const fileIn = (dataFolder: string): string => join(dataFolder, 'local-intake-key')
