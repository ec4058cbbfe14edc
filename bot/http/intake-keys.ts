import * as crypto from 'node:crypto'
import { type SourceName, isSourceName, sourceNames } from '../../intake/sources.js'

/** A key that callers of the intake may prove themselves with: only its hash is known. One with a source is for that source alone. */
export type IntakeKey = { readonly name: string; readonly hash: Buffer; readonly source?: SourceName }

/** Read `name:sha256,name@source:sha256`; every part that is wrong is told, with the remedy. */
export const readIntakeKeys = (
  text: string,
): { readonly keys: readonly IntakeKey[]; readonly problems: readonly string[] } => {
  const parts = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => /^([a-z0-9-]{1,40})(?:@([a-z0-9-]{1,40}))?:([0-9a-f]{64})$/.exec(part.toLowerCase())?.slice(1) ?? [])
  const keys = parts.flatMap(([name, source, hash]): readonly IntakeKey[] => {
    if (!name || !hash || (source !== undefined && !isSourceName(source))) return []
    return [{ name, hash: Buffer.from(hash, 'hex'), ...(source !== undefined && { source }) }]
  })
  const names = keys.map(({ name }) => name)
  const problems = [
    ...parts.flatMap(([name, source, hash], index) => {
      if (!name || !hash) {
        return [
          `key ${index + 1} must be name:hash with the SHA-256 of the key in 64 hex digits; \`npm run key -- NAME\` makes one`,
        ]
      }
      return source === undefined || isSourceName(source)
        ? []
        : [`key ${index + 1} is for a source that doesn't exist; the sources are ${sourceNames.join(', ')}`]
    }),
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `the name ${name} is used twice`),
  ]
  return { keys, problems }
}

/** How a key is remembered: the hex of its SHA-256. Keys are long and random, so no salt is needed. */
export const hashKey = (key: string): string => crypto.hash('sha256', key, 'hex')

/** The name of the key an Authorization header proves; null when it proves none. */
export const callerOf = (header: string | undefined, keys: readonly IntakeKey[]): string | null =>
  keyOf(header, keys)?.name ?? null

/** The key an Authorization header proves; null when it proves none. The time taken tells nothing. */
export const keyOf = (header: string | undefined, keys: readonly IntakeKey[]): IntakeKey | null => {
  const key = /^Bearer +(.+)$/i.exec(header ?? '')?.[1]?.trim() ?? ''
  const given = crypto.hash('sha256', key, 'buffer')
  const proven = keys.reduce<IntakeKey | null>(
    (found, one) => (crypto.timingSafeEqual(one.hash, given) ? one : found),
    null,
  )
  // No key at all proves nothing, whatever hash somebody has configured.
  return key === '' ? null : proven
}
