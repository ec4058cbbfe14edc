import type { Event, Member, Report } from '../../triage/event.js'
import { memberOf, reportOf } from '../../triage/group.js'
import { winnow } from '../../triage/person.js'
import { anAlert, wrote } from './cast.js'

/** The case that leads the group another case is in. */
export const leaderId = 'L3AD-3R00-0001'

/** Another alert of the same kind about the same person. */
export const aMember = (but: Partial<Member> = {}): Member => ({
  ...memberOf('M3MB-3R00-0001', anAlert({ sourceAlertId: 'a-2', title: 'The second' })),
  ...but,
})

/** The same alert as Graph tells it. */
export const aReport = (but: Partial<Report> = {}): Report => ({
  ...reportOf('TW1N-0000-0001', anAlert({ source: 'graph', sourceAlertId: 'ca4711', severity: 'high' }), anAlert()),
  ...but,
})

/** A case that shares the card of another. */
export const joined = (as: 'twin' | 'member' = 'member'): Event =>
  wrote(winnow, { type: 'joined', leader: leaderId, as })

/** Another alert that shares the card. */
export const memberJoined = (but: Partial<Member> = {}): Event =>
  wrote(winnow, { type: 'member-joined', member: aMember(but) })
