import { isGuid } from '../../triage/guid.js'
import type { Alert } from '../../triage/alert.js'
import type { LookUpRead } from '../../triage/look-up.js'
import type { AskGraph, LookUpAnswer } from './answer.js'
import { readAppCredentials } from './read-app-credentials.js'
import { readInboxRules } from './read-inbox-rules.js'
import { readRisk } from './read-risk.js'
import { readRoleAssignments } from './read-role-assignments.js'
import { readSignIns } from './read-sign-ins.js'

/** Whom and what of an alert can be read about, each of the right shape or null. */
export type Subject = Readonly<Record<'objectId' | 'upn' | 'appId', string | null>>

/** One read of Graph, for a stretch of time (ISO 8601); null when the alert names nothing that can be read about. */
export type Read = (
  subject: Subject,
  window: { readonly from: string; readonly to: string },
  ask: AskGraph,
) => Promise<LookUpAnswer> | null

/** The reads by their names. */
export const reads: Readonly<Record<LookUpRead, Read>> = {
  'sign-ins': readSignIns,
  risk: readRisk,
  'inbox-rules': readInboxRules,
  'app-credentials': readAppCredentials,
  'role-assignments': readRoleAssignments,
}

/** The first person and the first app of an alert; what is not of the right shape never gets into a request. */
export const subjectOf = ({ people, identities = [] }: Pick<Alert, 'people' | 'identities'>): Subject => ({
  objectId: people.map(({ objectId }) => objectId ?? '').find((one) => isGuid(one)) ?? null,
  upn: people.map(({ upn }) => upn ?? '').find((one) => upnShape.test(one)) ?? null,
  appId:
    identities
      .filter(({ kind }) => kind === 'service-principal' || kind === 'managed-identity')
      .map(({ id }) => id ?? '')
      .find((one) => isGuid(one)) ?? null,
})

const upnShape = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}\.[a-z]{2,24}$/i
