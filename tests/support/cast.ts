import type { Alert, Reading } from '../../triage/alert.js'
import type { Answer } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import type { EffectNote } from '../../triage/effect.js'
import type { Event, Stamp } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { type Card, type MessageRef, audienceOf } from '../../triage/card.js'

/** Two analysts, a manager, and somebody who has nothing to do with it. */
export const ada: Person = { id: 'u-ada', name: 'Ada Analyst' }
export const ben: Person = { id: 'u-ben', name: 'Ben Analyst' }
export const mia: Person = { id: 'u-mia', name: 'Mia Manager' }
export const eve: Person = { id: 'u-eve', name: 'Eve Elsewhere' }

/** The case everything is about. */
export const caseId = '7K3F-9QXM-2ABC'

/** Some minutes into the shift in which everything happens. */
export const minute = (count: number): string => new Date(Date.UTC(2026, 2, 2, 9, count)).toISOString()

/** When the tests' commands are given, unless they say otherwise. */
export const now = minute(0)

/** What a source says, complete; a test names what matters to it. */
export const aReading = (but: Partial<Reading> = {}): Reading => ({
  source: 'winnow',
  sourceAlertId: 'a-1',
  family: 'cloud-apps',
  key: 'impossible-travel',
  title: 'Impossible travel activity',
  description: 'Sign-ins from Norway and Brazil within an hour.',
  severity: 'medium',
  occurredAt: '2026-03-02T08:41:00.000Z',
  people: [{ upn: 'kim@contoso.example', objectId: null, name: 'Kim Karlsen' }],
  addresses: [
    { ip: '192.0.2.10', country: 'NO' },
    { ip: '198.51.100.7', country: 'BR' },
  ],
  apps: ['Exchange Online'],
  resources: [],
  tactics: ['initial-access'],
  link: 'https://security.example/alerts/a-1',
  sample: false,
  ...but,
})

/** The same as an alert that found its type. */
export const anAlert = (but: Partial<Alert> = {}): Alert => ({
  ...aReading(),
  type: 'impossible-travel',
  severity: 'medium',
  ...but,
})

/** What the alert's source says has become of it. */
export const aSaid = (but: Partial<SourceSaid> = {}): SourceSaid => ({
  source: 'graph',
  sourceAlertId: 'a-1',
  status: 'resolved',
  classification: 'truePositive',
  determination: 'compromisedAccount',
  assignedTo: 'ben@contoso.example',
  changedBy: null,
  changedAt: '2026-03-02T10:14:00.000Z',
  ...but,
})

/** What is written down of something told outside. */
export const aNote = (but: Partial<EffectNote> = {}): EffectNote => ({
  effect: `graph/${caseId}/3`,
  target: 'graph',
  state: 'done',
  does: 'closed as false positive',
  ...but,
})

/** A union without some keys, member by member. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** What somebody writes in a diary. */
export const wrote = <const E extends Without<Event, keyof Stamp>>(by: Person, event: E, at = now): E & Stamp => ({
  ...event,
  at,
  by,
})

/** A command without the case it is for: on the newest line, unless one is given. */
export type Draft = Without<Command, 'caseId' | 'line'> & { readonly line?: number | null }

/** What somebody wants, now. */
export const intent = <const C extends Without<Command, 'caseId' | 'line' | keyof Stamp>>(
  by: Person,
  command: C,
  more: { readonly at?: string; readonly line?: number | null } = {},
) => ({ ...command, at: now, by, ...more })

/** An answer as a case keeps it, without the words it was given in. */
export const anAnswer = (check: string, option: string, finding = ''): Answer => ({
  check,
  option,
  ask: null,
  text: null,
  finding,
  at: now,
  by: ada,
})

/** A card that stands somewhere. */
export const posted = (messageId = 'm-1'): MessageRef => ({
  place: { serviceUrl: 'https://smba.example/', tenantId: 't-1', conversationId: 'c-1', botId: 'b-1' },
  messageId,
})

/** A card of a case; it is nowhere and shows nothing unless said otherwise. */
export const aCard = (name: string, but: Partial<Card> = {}): Card => ({
  audience: audienceOf(name),
  state: 'missing',
  posted: but.state === 'shown' ? posted() : null,
  shownLine: -1,
  detail: '',
  since: now,
  ...but,
})

/** An alert that names nobody and nothing but what is told. */
export const bareAlert = (but: Partial<Alert>): Alert =>
  anAlert({
    occurredAt: '2026-11-12T08:30:00.000Z',
    people: [],
    identities: [],
    addresses: [],
    apps: [],
    resources: [],
    ...but,
  })
