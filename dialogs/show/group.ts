import type { Address, Involved } from '../../triage/alert.js'
import type { Report } from '../../triage/event.js'
import { groupLedBy, membersOf } from '../../triage/group.js'
import { peopleKeys } from '../../triage/follow.js'
import { say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { clockTime } from '../time.js'
import { hostOf, isPortalLink } from './portal-link.js'
import type { GroupPart, ReportView } from './view-parts.js'

/** The alerts that share a case's card, and who else told of its own. */
export const groupPart = (context: CaseContext): GroupPart => {
  const { state, phrases } = context
  const members = membersOf(state)
  const reports = state.reports.slice(-mostReports).map((report) => reportView(report, context))
  const more = members.length - mostListed
  return {
    groupSummary: groupSummary(context),
    groupNames: members.length === 0 ? '' : namesIn(context),
    hasGroup: members.length > 0,
    // The newest are the ones to look at: the others were there when somebody looked before.
    members: members.slice(-mostListed).map(({ caseId, title, occurredAt, people, addresses }) => ({
      caseId,
      when: clockTime(occurredAt),
      title: escapeUntrusted(title, 100),
      about: escapeUntrusted([whoIn(people), whereIn(addresses)].filter((part) => part !== '').join(' · '), 120),
    })),
    moreMembers: more > 0 ? say(phrases, 'group.more', { count: String(more) }) : '',
    hasMoreMembers: more > 0,
    reports,
    reportedBy: [...new Set(state.reports.map(({ source }) => say(phrases, `source.${source}`)))].join(', '),
    hasReports: reports.length > 0,
  }
}

/** "4 alerts, 3 people, 12:01 to 12:20"; "" for an alert that is alone. */
export const groupSummary = ({ state, phrases }: Pick<CaseContext, 'state' | 'phrases'>): string => {
  if (membersOf(state).length === 0) return ''
  const { size, first, last } = groupLedBy(state)
  const people = peopleIn(state).length
  const [from, to] = [clockTime(first), clockTime(last)]
  return [
    say(phrases, 'group.alerts', { count: String(size) }),
    ...(people > 1 ? [say(phrases, 'group.people', { count: String(people) })] : []),
    from === to ? from : say(phrases, 'group.times', { from, to }),
  ].join(', ')
}

/** So many members are listed with a button each: more would be more than a card may weigh. */
const mostListed = 3

/** So many tellings of other sources are listed, the newest; who else told of it stands above. */
const mostReports = 1

/** For how many related cases the list leaves room: a card may weigh no more than Teams takes. */
export const roomBeside = ({ members, reports }: CaseContext['state'], most: number): number => {
  const rows = Math.min(membersOf({ members }).length, mostListed) + Math.min(reports.length, mostReports)
  return rows === 0 ? most : Math.max(0, most - 2 * rows - 2)
}

/** Each person once, whatever each alert calls them. */
const peopleIn = ({ alert, members }: CaseContext['state']): readonly Involved[] => {
  const known = new Set<string>()
  return [...alert.people, ...membersOf({ members }).flatMap(({ people }) => people)].filter((one) => {
    const keys = peopleKeys({ people: [one] })
    const isNew = !keys.some((key) => known.has(key))
    for (const key of keys) known.add(key)
    return isNew
  })
}

/** Who they are about; where it is one person, from where. */
const namesIn = ({ state }: CaseContext): string => {
  const people = peopleIn(state).map(shortName)
  const places = [state.alert, ...membersOf(state)].flatMap(({ addresses }) => addresses.map(({ ip }) => ip))
  return escapeUntrusted(few(people.length > 1 ? people : [...new Set(places)], 3), 80)
}

const whoIn = (people: readonly Involved[]): string => few(people.map(shortName), 1)
const whereIn = (addresses: readonly Address[]): string =>
  few(
    addresses.map(({ ip, country }) => (country === null ? ip : `${ip} (${country})`)),
    1,
  )

const shortName = ({ upn, name, objectId }: Involved): string => name ?? upn ?? objectId ?? ''

const few = (values: readonly string[], most: number): string =>
  values.slice(0, most).join(', ') + (values.length > most ? ` +${values.length - most}` : '')

const reportView = (report: Report, { phrases, portals }: CaseContext): ReportView => {
  const { source, sourceAlertId, title, severity, link, adds } = report
  const places = adds.addresses.map(({ ip, country }) => (country === null ? ip : `${ip} (${country})`))
  const added = [adds.people.map(shortName), places, adds.apps, adds.resources].map((names) => few(names, 3))
  const isPortal = link !== null && isPortalLink(link, portals ?? [])
  const host = link === null || isPortal ? '' : hostOf(link)
  return {
    source: say(phrases, `source.${source}`),
    severity: say(phrases, `severity.${severity}`),
    title: escapeUntrusted(title, 120),
    id: escapeUntrusted(sourceAlertId, 100),
    adds: escapeUntrusted([...added, host].filter((part) => part !== '').join(' · '), 240),
    hasAdds: [...added, host].some((part) => part !== ''),
    link: isPortal ? link : '',
    hasLink: isPortal,
  }
}
