import type { Event, ManagerAnswer } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { ada, anAlert, caseId, mia, minute, wrote } from './cast.js'
import { winnow } from '../../triage/person.js'

/** The first line of every diary here. */
export const opened = wrote(winnow, { type: 'opened', caseId, alert: anAlert(), playbook: 'impossible-travel' })

/** Ada has it. */
export const claimed = wrote(ada, { type: 'claimed' })

/** An answer to a check. */
export const answered = (check: string, option: string, by: Person = ada): Event =>
  wrote(by, { type: 'answered', check, option })

/** The verdict that a VPN of ours allows, with the because of that answer. */
export const judged = wrote(ada, {
  type: 'judged',
  verdict: 'fp-vpn',
  class: 'FP',
  label: 'Untagged VPN',
  because: '192.0.2.10 and 198.51.100.7 belongs to a VPN of ours. What of address? It is ours.',
  evidence: [{ check: 'address', option: 'ours' }],
  against: null,
})

/** A diary up to the verdict, and one up to its end. */
export const untilJudged = [opened, claimed, answered('address', 'ours'), judged] as const
export const done = (step: string): Event => wrote(ada, { type: 'done', step })
export const closed = wrote(ada, { type: 'closed' })
export const untilClosed = [...untilJudged, done('action/close-alert'), done('action/tag-range'), closed] as const

/** Mia is asked; the question lasts an hour. */
export const asked = wrote(ada, {
  type: 'manager-asked',
  manager: mia,
  check: 'journey',
  about: 'Kim Karlsen',
  until: minute(60),
})

/** What Mia says. */
export const managerSaid = (answer: ManagerAnswer, from: string | null = null, to: string | null = null, note = '') =>
  wrote(mia, { type: 'manager-answered', answer, from, to, note })
