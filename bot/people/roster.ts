import type { ConversationRef } from '../../triage/card.js'
import { openBoundedSet } from '../pacing/bounded-set.js'
import type { Member, Messenger } from '../chat.js'

/** What the rosters say of someone. `unknown`: they could not be read just now, and as last read they do not have that person. */
export type Membership = 'member' | 'guest' | 'stranger' | 'unknown'

/** Who belongs to the teams of the bound channels, as last read; in memory only. */
export type Roster = {
  /** What someone is there: a member of one of the teams, else a guest, else a stranger. Never rejects. */
  readonly membership: (personId: string, places: readonly ConversationRef[]) => Promise<Membership>
  /** The same as last read, at once: nothing is asked. */
  readonly lastMembership: (personId: string, places: readonly ConversationRef[]) => Membership
  /** At most so many members of a team, as last read and without guests; who did something last comes first. */
  readonly someOf: (place: ConversationRef, most: number, isWanted: (member: Member) => boolean) => readonly Member[]
  /** Every id of those people in the teams read so far: object id, the chat's own id, user name, email. At once. */
  readonly idsOf: (personIds: readonly string[]) => readonly string[]
  /** Names of those people who are members, as far as known. */
  readonly namesOf: (personIds: readonly string[]) => readonly string[]
  /** Read what was read some minutes ago, so that no click need wait for it. Never rejects. */
  readonly keepFresh: (places: readonly ConversationRef[]) => Promise<void>
}

type Parts = {
  readonly messenger: Pick<Messenger, 'roster'>
  /** The clock, in milliseconds. */
  readonly now: () => number
  readonly log: { warn(details: object, text: string): void }
  /** How long an answer waits for a roster, in milliseconds; then the last known one counts. */
  readonly waitMs?: number
}

/** What is read is good for so long, in milliseconds. */
export const goodForMs = 600_000
/** A person whom no one knows makes it read anew, but not more often than this. */
export const strangerPauseMs = 15_000
/** After a failure it is tried again, but not more often than this. */
export const failurePauseMs = 2000

/** An empty roster, until it is asked. */
export const openRoster = ({ messenger, now, log, waitMs = 4000 }: Parts): Roster => {
  const teams = new Map<string, Team>()
  const entriesOf = (personId: string): readonly Member[] =>
    [...teams.values()].flatMap(({ people }) => people?.get(personId.toLowerCase()) ?? [])
  const lately = openBoundedSet(1000)

  const teamOf = (place: ConversationRef): Team => {
    const key = JSON.stringify([place.tenantId, place.conversationId])
    const team = teams.get(key) ?? {
      place,
      people: null,
      readAt: -Infinity,
      endedAt: -Infinity,
      failed: false,
      now: null,
    }
    teams.set(key, team)
    return team
  }

  const read = async (team: Team): Promise<void> => {
    try {
      team.people = byId(await messenger.roster(team.place))
      team.readAt = now()
      team.failed = false
    } catch (error) {
      team.failed = true
      log.warn({ err: error, known: team.people !== null }, 'a team’s roster could not be read; the last one counts')
    }
    team.endedAt = now()
    team.now = null
  }

  /** Read once for all who ask meanwhile, not too soon after the last time. */
  const refresh = async (team: Team): Promise<void> => {
    const pause = team.failed ? failurePauseMs : strangerPauseMs
    if (!team.now && now() - team.endedAt < pause) return
    await within(waitMs, (team.now ??= read(team)))
  }

  const refreshOlder = (found: readonly Team[], ageMs: number) =>
    Promise.all(found.filter(({ readAt }) => now() - readAt >= ageMs).map(refresh))

  return {
    membership: async (personId, places) => {
      lately.note(personId.toLowerCase())
      const found = places.map(teamOf)
      await refreshOlder(found, goodForMs)
      const known = membershipIn(personId, found)
      if (known !== 'stranger') return known
      await refreshOlder(found, 0)
      const again = membershipIn(personId, found)
      const isSure = found.every(({ failed, people, now: reading }) => !failed && people !== null && reading === null)
      return again === 'stranger' && !isSure ? 'unknown' : again
    },
    lastMembership: (personId, places) => {
      const found = places.map(teamOf)
      const known = membershipIn(personId, found)
      return known === 'stranger' && found.some(({ people }) => people === null) ? 'unknown' : known
    },
    someOf: (place, most, isWanted) => {
      const people = teamOf(place).people ?? new Map<string, Member>()
      const found = new Set<Member>()
      for (const id of [...lately.newestFirst(), ...people.keys()]) {
        if (found.size >= most) break
        const member = people.get(id)
        if (member && !member.guest && isWanted(member)) found.add(member)
      }
      return [...found]
    },
    idsOf: (personIds) => [...new Set(personIds.flatMap(entriesOf).flatMap(({ ids }) => ids))],
    namesOf: (personIds) => personIds.flatMap((id) => entriesOf(id)[0]?.name || []),
    keepFresh: async (places) => void (await refreshOlder(places.map(teamOf), goodForMs * 0.8)),
  }
}

type Team = {
  readonly place: ConversationRef
  people: ReadonlyMap<string, Member> | null
  readAt: number
  endedAt: number
  failed: boolean
  /** The reading under way. */
  now: Promise<void> | null
}

/** By every id: an object id or the chat's own can be all that is known of someone who clicks. */
const byId = (members: readonly Member[]): ReadonlyMap<string, Member> =>
  new Map(members.flatMap((member) => member.ids.map((id) => [id.toLowerCase(), member] as const)))

const membershipIn = (personId: string, found: readonly Team[]): Exclude<Membership, 'unknown'> => {
  const entries = found.flatMap(({ people }) => people?.get(personId.toLowerCase()) ?? [])
  if (entries.some(({ guest }) => !guest)) return 'member'
  return entries.length > 0 ? 'guest' : 'stranger'
}

const within = async (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
