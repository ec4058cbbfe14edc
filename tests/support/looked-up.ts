import type { FailedLookUp, LookUpFinding } from '../../triage/look-up.js'
import { minute } from './cast.js'

/** What was found for the check of the address; some of it otherwise. */
export const aFinding = (but: Partial<LookUpFinding> = {}): LookUpFinding => ({
  lookUp: 'sign-ins-query',
  checks: ['address'],
  what: 'Sign-ins',
  source: 'advanced-hunting',
  from: '2026-01-31T08:41:00.000Z',
  to: minute(1),
  count: 2,
  rows: ['2026-03-02 08:41Z, Office, 192.0.2.10, NO', '2026-03-01 07:02Z, Office, 192.0.2.10, NO'],
  ...but,
})

/** What could not be looked up for it. */
export const aFailure = (but: Partial<FailedLookUp> = {}): FailedLookUp => ({
  lookUp: 'devices-of-user',
  checks: ['address'],
  what: 'Devices',
  why: 'forbidden',
  permission: 'ThreatHunting.Read.All',
  ...but,
})
