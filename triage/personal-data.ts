import { type Cards, audienceOf, channelCard, chatOwnerOf } from './card.js'
import type { Alert, Involved } from './alert.js'
import type { Diary, Event } from './event.js'
import { replay } from './evolve.js'
import { type Person, winnow } from './person.js'
import type { Target } from './response-action.js'

/** A case's history and cards. */
export type HistoryAndCards = { readonly diary: Diary; readonly cards: Cards }

/** Somebody whom a record names: the ids and names it has for them, as they are written there. */
export type Mention = { readonly ids: readonly string[]; readonly names: readonly string[] }

/** Whom to take out of a record: everything they are known by, and what is to stand there instead. */
export type Removal = Mention & { readonly placeholder: Person }

/** Why, when, and how to make a checksum of a text. */
export type RemovalReason = {
  readonly reason: 'request' | 'age'
  readonly at: string
  readonly digest: (text: string) => string
}

const namesManager = (
  event: Event,
): event is Extract<Event, { readonly type: 'manager-asked' | 'manager-doubted' | 'verifier-allowed' }> =>
  event.type === 'manager-asked' || event.type === 'manager-doubted' || event.type === 'verifier-allowed'

/** Who stands for a person who was taken out; `mark` tells two of them apart. */
export const placeholderOf = (mark: string): Person => ({ id: `${prefix}${mark}`, name: `Removed person ${mark}` })

/** Everyone a history names where it names people, in order and with repetitions; not those in free text, nor who was taken out. */
export const mentionsIn = (diary: Diary): readonly Mention[] =>
  diary.flatMap((event): readonly Mention[] => [
    ...alertsIn(event).flatMap(({ people }) => people.map(mentionOf)),
    ...targetsIn(event).map(({ id, name, also }) => ({ ids: [id, also], names: [name] })),
    ...[
      event.by,
      ...(event.type === 'handed-over' ? [event.to] : namesManager(event) ? [event.manager] : []),
      ...clockPeople(event),
    ]
      .filter(isSomeone)
      .map(({ id, name }) => ({ ids: [id], names: [name] })),
  ])

/**
 * The record without these people; null when it names none of them.
 *
 * Their ids and names are replaced wherever they stand, in free text as well, and so are the addresses of an alert about them; who
 * is described there in other words stays. Lines keep their number, time, type and ids. A line is added that says what was done,
 * with a checksum of everything before it: see `isAsLeft`.
 */
export const withoutPeople = (
  record: HistoryAndCards,
  removals: readonly Removal[],
  why: RemovalReason,
): HistoryAndCards | null => cleaned(record, removals, why, (text) => text)

/** The record without anyone: each person gets a placeholder of their own, and email addresses in free text go too. */
export const withoutAnyone = (record: HistoryAndCards, why: RemovalReason): HistoryAndCards | null =>
  cleaned(
    record,
    joined(mentionsIn(record.diary)).map((one, at) => ({ ...one, placeholder: placeholderOf(String(at + 1)) })),
    why,
    (text) => text.replace(email, 'removed address'),
  )

/** True when nothing before the last removal has been changed since, null when nothing was ever removed. */
export const isAsLeft = (diary: Diary, digest: RemovalReason['digest']): boolean | null => {
  const line = diary.findLastIndex(({ type }) => type === 'personal-data-removed')
  const event = diary[line]
  return event?.type === 'personal-data-removed' ? event.digest === digest(JSON.stringify(diary.slice(0, line))) : null
}

/** Mentions that share an id are of one person; each person once, in the order of their first mention. */
export const joined = (mentions: readonly Mention[]): readonly Mention[] => {
  const people: { readonly ids: Set<string>; readonly names: Set<string> }[] = []
  for (const { ids, names } of mentions) {
    const keys = ids.map(lower)
    const same = people.filter((one) => [...one.ids].some((id) => keys.includes(lower(id))))
    const [first = { ids: new Set<string>(), names: new Set<string>() }, ...more] = same
    for (const one of [{ ids, names }, ...more]) {
      for (const id of one.ids) first.ids.add(id)
      for (const name of one.names) first.names.add(name)
    }
    for (const one of more) people.splice(people.indexOf(one), 1)
    if (same.length === 0) people.push(first)
  }
  return people.map(({ ids, names }) => ({ ids: [...ids], names: [...names] }))
}

/** Whom clocks concern. */
const clockPeople = (event: Event): readonly Person[] => {
  if (event.type === 'paged') return event.to
  if (event.type === 'reminded') return [event.person]
  if (event.type === 'confirmation-passed-on') return [event.from, event.to]
  return event.type === 'released' && event.from ? [event.from] : []
}

/** The alerts that a line tells of: the case's own, those that share its card, and the same one as other sources told it. */
const alertsIn = (event: Event): readonly Pick<Alert, 'people' | 'addresses'>[] => {
  if (event.type === 'opened') return [event.alert]
  if (event.type === 'member-joined') return [event.member]
  return event.type === 'also-reported' ? [event.report.adds] : []
}

/** The people that a response action is done to, or whose mailbox it is done in. */
const targetsIn = (event: Event): readonly Pick<Target, 'id' | 'name' | 'also'>[] => {
  if (event.type !== 'action-asked' || event.target.id.startsWith(prefix)) return []
  const { target } = event
  return [target.kind === 'user' ? target : target.mailbox].filter((one) => one !== undefined)
}

const prefix = 'removed-'
const email = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/g

const isSomeone = ({ id }: Person): boolean => id !== winnow.id && !id.startsWith(prefix)

const mentionOf = ({ upn, objectId, name }: Involved): Mention => ({
  ids: [upn, objectId].filter((id) => id !== null),
  names: name === null || name.startsWith(placeholderOf('').name) ? [] : [name],
})

const cleaned = (
  { diary, cards }: HistoryAndCards,
  removals: readonly Removal[],
  { reason, at, digest }: RemovalReason,
  also: (text: string) => string,
): HistoryAndCards | null => {
  const isAffected = (one: Involved): boolean => removals.some((removal) => isOf(removal, one))
  const addresses = diary.flatMap(alertsIn).flatMap((alert) => (alert.people.some(isAffected) ? alert.addresses : []))
  const words = new Map([
    ...removals.flatMap(({ ids, names, placeholder }) =>
      [...ids, ...names].map((word) => [lower(word), placeholder.name] as const),
    ),
    ...[...new Set(addresses.map(({ ip }) => ip))].map(
      (ip, index) => [lower(ip), `removed address ${index + 1}`] as const,
    ),
  ])
  const replace = replacer(words)
  const text = (value: string): string => also(replace(value))
  // What was looked up about someone names others, and addresses that no alert has: the count stays.
  const isLookedUp = reason === 'age' || diary.flatMap(alertsIn).some(({ people }) => people.some(isAffected))
  const lines: Diary = JSON.parse(
    JSON.stringify(diary, (key, value: unknown): unknown => {
      if (kept.has(key)) return value
      if (key === 'rows' && isLookedUp) return []
      if (typeof value === 'string') return text(value)
      if (isPerson(value)) return removals.find(({ ids }) => has(ids, value.id))?.placeholder ?? value
      if (!isInvolved(value)) return value
      const found = removals.find((removal) => isOf(removal, value))
      return found ? { upn: null, objectId: null, name: found.placeholder.name } : value
    }),
  )
  const left = cardsWithout(diary, cards, removals)
  if (JSON.stringify(lines) === JSON.stringify(diary) && Object.keys(left).length === Object.keys(cards).length)
    return null
  const removed: Event = {
    type: 'personal-data-removed',
    reason,
    digest: digest(JSON.stringify(lines)),
    at,
    by: winnow,
  }
  // No card is owed because of it: what stands in the chat is the chat's own to delete.
  const shown = Object.entries(left).map(([name, card]) => [
    name,
    card.state === 'shown' ? { ...card, shownLine: Math.max(card.shownLine, diary.length) } : card,
  ])
  return { diary: [...lines, removed], cards: Object.fromEntries(shown) }
}

/** The cards in these people's own chats go. */
const cardsWithout = (diary: Diary, cards: Cards, removals: readonly Removal[]): Cards => {
  const isGone = (id: string): boolean => removals.some(({ ids }) => has(ids, id))
  const manager = replay(diary)?.confirmation?.manager.id
  return Object.fromEntries(
    Object.entries(cards).filter(([name]) => {
      if (name === channelCard) return true
      const owner = audienceOf(name) === 'analyst' ? chatOwnerOf(name) : (manager ?? null)
      return owner === null || !isGone(owner)
    }),
  )
}

/** Ids, times and names of kinds stay, whatever they look like: the record is read by them. */
const kept = new Set(
  'type at caseId sourceAlertId playbook version language check option verdict class step occurredAt source message digest operation why'.split(
    ' ',
  ),
)

const lower = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

const has = (ids: readonly string[], id: string): boolean => ids.some((one) => lower(one) === lower(id))

const isOf = ({ ids, names }: Mention, { upn, objectId, name }: Involved): boolean =>
  upn === null && objectId === null
    ? name !== null && (has(names, name) || has(ids, name))
    : [upn, objectId].some((id) => id !== null && has(ids, id))

/** Whole words only, the longest first: a name may be part of another. */
const replacer = (words: ReadonlyMap<string, string>): ((text: string) => string) => {
  const found = [...words.keys()].filter((word) => word.length >= 3).toSorted((a, b) => b.length - a.length)
  if (found.length === 0) return (text) => text
  const any = found.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu')
  return (text) => text.replace(pattern, (word) => words.get(lower(word)) ?? word)
}

const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'name' in value &&
  typeof value.name === 'string' &&
  !('kind' in value)

const isInvolved = (value: unknown): value is Involved =>
  typeof value === 'object' && value !== null && 'upn' in value && 'objectId' in value && 'name' in value
