import type { Alert } from '../../triage/alert.js'
import type { Event, ManagerAnswer, Related } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { ada, anAlert, caseId, mia, minute, now, wrote } from './cast.js'
import { winnow } from '../../triage/person.js'

/** The first line of a diary: this alert, and what came before for the same person. */
export const openedWith = (alert: Partial<Alert>, related: readonly Related[] = []): Event =>
  wrote(winnow, {
    type: 'opened',
    caseId,
    alert: anAlert(alert),
    playbook: 'impossible-travel',
    ...(related.length > 0 && { related }),
  })
export const opened = openedWith({})

/** Ada has it. */
export const claimed = wrote(ada, { type: 'claimed' })

/** An answer to a check. */
export const answered = (check: string, option: string, by: Person = ada): Event =>
  wrote(by, { type: 'answered', check, option })

/** The verdict that a VPN of ours allows, with the because of that answer; some of it otherwise. */
export const judgedAs = (but: Partial<Omit<Judged, 'type'>>): Event => ({ ...vpn, ...but })

type Judged = Extract<Event, { readonly type: 'judged' }>

const vpn: Judged = {
  type: 'judged',
  verdict: 'fp-vpn',
  class: 'FP',
  label: 'Untagged VPN',
  because: '192.0.2.10 and 198.51.100.7 belongs to a VPN of ours. What of address? It is ours.',
  evidence: [{ check: 'address', option: 'ours' }],
  against: null,
  at: now,
  by: ada,
}

/** The same as it is. */
export const judged = judgedAs({})

/** A diary up to the verdict, and one up to its end. */
export const untilJudged = [opened, claimed, answered('address', 'ours'), judged] as const
export const done = (step: string): Event => wrote(ada, { type: 'done', step })
export const closed = wrote(ada, { type: 'closed' })
export const untilClosed = [...untilJudged, done('action/close-alert'), done('action/tag-range'), closed] as const

/** A manager is asked about somebody; the question lasts an hour. */
export const askedOf = (manager: Person, about: string): Event =>
  wrote(ada, { type: 'manager-asked', manager, check: 'journey', about, until: minute(60) })
export const asked = askedOf(mia, 'Kim Karlsen')

/** What Mia says. */
export const managerSaid = (answer: ManagerAnswer, from: string | null = null, to: string | null = null, note = '') =>
  wrote(mia, { type: 'manager-answered', answer, from, to, note })
