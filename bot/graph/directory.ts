import { LRUCache } from 'lru-cache'
import { isGuid } from '../../triage/guid.js'
import type { Involved } from '../../triage/alert.js'
import { type Directory, type ManagerFound, managerIn } from '../people/directory.js'
import { comparable, idsIn } from '../people/person-ids.js'
import type { Graph } from './client.js'
import { type GraphUser, parseManager, parseUser, parseUsers, userFields } from './directory-user.js'
import { type GraphFailure, inWords } from './failure.js'

/** What the directory needs. */
export type GraphDirectoryParts = {
  readonly graph: Graph
  /** Asked where Graph can't be; it says so in what it finds. */
  readonly file: Directory
  /** How long an answer is good, in milliseconds. */
  readonly keepMs: number
  /** The clock, ISO 8601, and one in milliseconds that never goes back. */
  readonly now: () => string
  readonly clock: () => number
  readonly log: { warn(details: object, text: string): void }
  /** How long someone who pressed a button waits for Graph, in milliseconds. */
  readonly waitMs?: number
}

/** After a failure Graph is left in peace for so long, in milliseconds, so that a click does not wait for it again. */
export const peaceMs = 30_000
/** Where Graph can't be asked, what it said before counts for so long, in milliseconds. */
export const longestKeptMs = 24 * 3_600_000
/** That no one is known by an id is believed for so long, in milliseconds. */
const unknownMs = 600_000
/** So many levels above a manager are looked at for whether they lead back to the person. */
const levels = 2

/**
 * Who is whose manager by Microsoft Graph, with `User.Read.All`.
 *
 * What it says is kept for a while, with the time it was read. Where it can't be asked, what it said within a day counts, then the
 * file. A manager who is a contact, a guest, switched off, the person themselves, or reports to them is nobody to ask.
 */
export const openGraphDirectory = (parts: GraphDirectoryParts): Directory => {
  const { graph, file, keepMs, now, clock, log, waitMs = 4000 } = parts
  const users = shelf<GraphUser | null>()
  const managers = shelf<Manager>()
  let [peaceUntil, lastFailure]: [number, GraphFailure | null] = [-Infinity, null]

  const ask = async <T>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: (body: unknown) => T | null,
    none: T,
  ): Promise<Got<T>> => {
    if (clock() < peaceUntil && lastFailure) return { ok: false, failure: lastFailure }
    const signal = AbortSignal.timeout(waitMs)
    const headers = { ConsistencyLevel: 'eventual' }
    const answer = await graph.ask({ method: 'GET', path, query, headers, permission: 'User.Read.All', signal })
    if (answer.ok) {
      lastFailure = null
      const value = parse(answer.body)
      return value === null ? fail({ kind: 'invalid', says: 'no user' }) : { ok: true, value, readAt: now() }
    }
    if (answer.failure.kind === 'not-found') return { ok: true, value: none, readAt: now() }
    return fail(answer.failure)
  }

  const fail = <T>(failure: GraphFailure): Got<T> => {
    // What is wrong with one person's name says nothing about the next one.
    if (failure.kind !== 'invalid') {
      if (clock() >= peaceUntil) log.warn({ kind: failure.kind }, `the directory: ${inWords(failure)}`)
      peaceUntil = clock() + peaceMs
      lastFailure = failure
    }
    return { ok: false, failure }
  }

  /** From what is kept, unless it is too old; asked once for all who want to know meanwhile. */
  const kept = async <T>({ cache, underWay }: Shelf<T>, key: string, read: () => Promise<Got<T>>): Promise<Got<T>> => {
    const known = cache.get(key)
    const age = known ? clock() - known.at : Infinity
    if (known && age < (known.value === null ? Math.min(unknownMs, keepMs) : keepMs)) return { ok: true, ...known }
    const reading = underWay.get(key) ?? read()
    underWay.set(key, reading)
    const got = await reading.finally(() => underWay.delete(key))
    if (got.ok) {
      cache.set(key, { value: got.value, readAt: got.readAt, at: clock() })
      return got
    }
    return known && age < longestKeptMs ? { ok: true, ...known } : got
  }

  const userBy = (id: string): Promise<Got<GraphUser | null>> =>
    kept(users, id, async () => {
      const select = { $select: userFields }
      const user = await ask<GraphUser | null>(`/users/${encodeURIComponent(id)}`, select, parseUser, null)
      if (isGuid(id) || (user.ok && user.value !== null) || !user.ok) return noted(user)
      // It is no user name; it can be one of somebody's addresses.
      const quoted = id.replaceAll("'", "''")
      const $filter = `mail eq '${quoted}' or proxyAddresses/any(p:p eq 'smtp:${quoted}')`
      const found = await ask<readonly GraphUser[]>(
        '/users',
        { ...select, $filter, $top: '2', $count: 'true' },
        parseUsers,
        [],
      )
      if (!found.ok) return found
      const [one = null, another] = found.value
      return noted({ ok: true, value: another === undefined ? one : null, readAt: found.readAt })
    })

  /** Somebody who was found by one id is known by all. */
  const noted = (got: Got<GraphUser | null>): Got<GraphUser | null> => {
    if (got.ok && got.value)
      for (const id of comparable(got.value.ids))
        users.cache.set(id, { value: got.value, readAt: got.readAt, at: clock() })
    return got
  }

  const managerBy = (id: string): Promise<Got<Manager>> =>
    kept(managers, id, async () => {
      const query = { $select: userFields }
      const got = await ask<GraphUser | { readonly contact: string } | null>(
        `/users/${encodeURIComponent(id)}/manager`,
        query,
        parseManager,
        null,
      )
      return got.ok ? { ...got, value: { of: got.value } } : got
    })

  /** True when the people above lead back to the person; what can't be read leads nowhere. */
  const leadsBack = async (manager: GraphUser, personId: string): Promise<boolean> => {
    let above: GraphUser = manager
    for (let level = 0; level < levels; level += 1) {
      const next = await managerBy(above.id)
      if (!next.ok || next.value.of === null || 'contact' in next.value.of) return false
      above = next.value.of
      if (above.id === personId) return true
    }
    return false
  }

  const relationOf = async (person: Involved): Promise<ManagerFound> => {
    for (const id of askable([...idsIn(person)])) {
      const user = await userBy(id)
      if (!user.ok) return instead(person, user.failure)
      if (user.value === null) continue
      const found = await managerBy(user.value.id)
      if (!found.ok) return instead(person, found.failure)
      const { readAt, value } = found
      const manager = value.of
      if (manager === null) return { kind: 'none' }
      if ('contact' in manager) return { kind: 'unfit', why: 'contact', name: manager.contact }
      const { name } = manager
      if (manager.id === user.value.id) return { kind: 'unfit', why: 'loop', name }
      if (manager.isGuest) return { kind: 'unfit', why: 'guest', name }
      if (!manager.isEnabled) return { kind: 'unfit', why: 'disabled', name }
      if (await leadsBack(manager, user.value.id)) return { kind: 'unfit', why: 'loop', name }
      noted({ ok: true, value: manager, readAt })
      return {
        kind: 'found',
        manager: { id: manager.id, name },
        relation: { source: 'graph', readAt, of: user.value.id },
      }
    }
    return { kind: 'none' }
  }

  /** What the file knows, which says that Graph could not be asked. */
  const instead = async (person: Involved, { kind }: GraphFailure): Promise<ManagerFound> => {
    const found = await managerIn(file, person)
    if (found.kind === 'none') return { kind: 'failed', why: kind }
    return found.kind === 'found' && found.relation
      ? { ...found, relation: { ...found.relation, because: kind } }
      : found
  }

  return {
    managerOf: async (person) => {
      const found = await relationOf(person)
      return found.kind === 'found' ? found.manager : null
    },
    relationOf,
    idsOf: async (ids) => {
      const found = await Promise.all(askable([...comparable(ids)]).map(userBy))
      const known = found.flatMap((one) => (one.ok && one.value ? one.value.ids : []))
      return [...comparable(known), ...(await file.idsOf(ids))]
    },
    ...(file.refresh && { refresh: file.refresh }),
    problems: () => [
      ...(lastFailure ? [`The directory: ${inWords(lastFailure)}. The file answers meanwhile.`] : []),
      ...(file.problems?.() ?? []),
    ],
  }
}

type Got<T> =
  | { readonly ok: true; readonly value: T; readonly readAt: string }
  | { readonly ok: false; readonly failure: GraphFailure }

/** What was read, and what is being read. */
type Shelf<T> = {
  readonly cache: LRUCache<string, Kept<T>>
  readonly underWay: Map<string, Promise<Got<T>>>
}

const shelf = <T>(): Shelf<T> => ({ cache: new LRUCache({ max: 5000 }), underWay: new Map() })

type Kept<T> = { readonly value: T; readonly readAt: string; readonly at: number }

/** Who is somebody's manager; null for no one. */
type Manager = { readonly of: GraphUser | { readonly contact: string } | null }

/** What Graph can be asked for: object ids first, then what is written like an address. All else can't name a user there. */
const askable = (ids: readonly string[]): readonly string[] => {
  const addresses = ids.filter((id) => id.length <= 320 && /^[^\s@/\\?$]+@[^\s@/\\?]+$/.test(id))
  return [...ids.filter((id) => isGuid(id)), ...addresses]
}
