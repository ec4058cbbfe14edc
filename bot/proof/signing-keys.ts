import { type KeyObject, createPublicKey } from 'node:crypto'
import { z } from 'zod'

/** A key that signs tokens, and the channels it may sign for, such as `msteams`; only the Bot Framework tells any. */
export type SigningKey = { readonly key: KeyObject; readonly endorsements: readonly string[] }

/** The keys of one service that signs tokens: the Bot Framework, or Entra ID. */
export type SigningKeys = {
  /** The key of that id; null when the service has none, `unavailable` while the service cannot be asked. Never rejects. */
  find(kid: string): Promise<SigningKey | null | 'unavailable'>
  /** True as long as that very key is one of them. */
  isCurrent(kid: string, key: SigningKey): boolean
}

/** Where the keys are told, how long that may take in all, and the clock, in milliseconds that never go back. */
export type SigningKeysOptions = {
  readonly metadataUrl: string
  readonly timeoutMs: number
  readonly now: () => number
  readonly log: { readonly warn: (details: object, message: string) => void }
  /** Whose keys they are, for the log: `teams` or `entra`. */
  readonly whose: string
}

/**
 * Fetches the keys when the first is asked for, again each day, and when an unknown one is asked for, then at most once a minute:
 * no stranger can make Winnow fetch more. One fetch runs at a time. The keys stay known while the service is down.
 */
export const openSigningKeys = ({ metadataUrl, timeoutMs, now, log, whose }: SigningKeysOptions): SigningKeys => {
  let keys: ReadonlyMap<string, SigningKey> = new Map()
  let fetchedAt = -Infinity
  let triedAt = -Infinity
  let failed = false
  let fetching: Promise<void> | null = null

  const refresh = async (): Promise<void> => {
    triedAt = now()
    try {
      keys = await fetchKeys(metadataUrl, AbortSignal.timeout(timeoutMs))
      fetchedAt = now()
      failed = false
    } catch (error) {
      failed = true
      log.warn({ err: error, known: keys.size }, `${whose}: the keys that sign requests could not be fetched`)
    }
  }
  const fetchOnce = (): Promise<void> => {
    fetching ??= refresh().finally(() => (fetching = null))
    return fetching
  }
  // Until the first fetch has gone well nobody can come in: waiting a whole minute after a failure would be long.
  const mayTry = (): boolean => now() - triedAt >= (keys.size === 0 ? 5000 : 60_000)

  return {
    find: async (kid) => {
      const known = keys.get(kid)
      if (known) {
        if (now() - fetchedAt >= dayMs && mayTry()) void fetchOnce()
        return known
      }
      if (fetching || mayTry()) await fetchOnce()
      return keys.get(kid) ?? (failed ? 'unavailable' : null)
    },
    isCurrent: (kid, key) => keys.get(kid) === key,
  }
}

const dayMs = 24 * 60 * 60 * 1000

const fetchKeys = async (metadataUrl: string, signal: AbortSignal): Promise<ReadonlyMap<string, SigningKey>> => {
  const { jwks_uri: keysUrl } = metadata.parse(await getJson(metadataUrl, signal))
  if (new URL(keysUrl).protocol !== new URL(metadataUrl).protocol) throw new Error(`unexpected jwks_uri: ${keysUrl}`)
  const told = keySet.parse(await getJson(keysUrl, signal)).keys
  const keys = new Map(told.flatMap((one) => (one === null ? [] : [[one.kid, keyOf(one)] as const])))
  if (keys.size === 0) throw new Error(`no key of use at ${keysUrl}`)
  return keys
}

const getJson = async (url: string, signal: AbortSignal): Promise<unknown> => {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } })
  if (!response.ok || new URL(response.url).protocol !== new URL(url).protocol) {
    throw new Error(`HTTP ${response.status} from ${response.url}`)
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > largest) throw new Error(`more than ${largest} bytes from ${url}`)
    parts.push(part)
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

/** Bytes of an answer; the real ones have a few thousand. */
const largest = 1024 * 1024

const keyOf = ({ kty, n, e, endorsements }: z.output<typeof rsaKey>): SigningKey => ({
  key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }),
  endorsements,
})

const metadata = z.object({ jwks_uri: z.url() })
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string().min(1),
  e: z.string().min(1),
  endorsements: z.array(z.string()).catch([]),
})
/** Keys of another kind are none of ours and passed over. */
const keySet = z.object({ keys: z.array(rsaKey.nullable().catch(null)) })
