import type { ActionTerms, Command } from '../../triage/command.js'
import type { Event } from '../../triage/event.js'
import { winnow } from '../../triage/person.js'
import type { Target } from '../../triage/response-action.js'
import { ada, ben, minute, now, wrote } from './cast.js'
import { answered, claimed, judgedAs, opened } from './diary.js'

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
type Wanted = Without<Command, 'caseId' | 'line' | 'at' | 'by' | 'via'>
type About<T> = Extract<Event, { readonly type: T }>

/** A diary of four lines: Ada holds it for a TP, whose guide recommends to suspend the user. */
export const untilTp: readonly Event[] = [
  opened,
  claimed,
  answered('journey', 'no'),
  judgedAs({ verdict: 'tp', class: 'TP', label: 'Account in other hands' }),
]

/** The user whom the alert names, as the directory knows them. */
export const kim: Target = {
  kind: 'user',
  id: 'u-kim',
  name: 'Kim Karlsen',
  also: 'kim@contoso.example',
  was: 'enabled',
}

/** On which terms something is asked for: in earnest, until half past. */
export const terms = (but: Partial<ActionTerms> = {}): Omit<ActionTerms, 'reason'> => ({
  until: minute(30),
  dryRun: false,
  isProtected: false,
  ...but,
})

/** Somebody asks to have the user suspended. */
export const askToSuspend = (
  but: Partial<Command & { readonly type: 'ask-action' }> = {},
): Extract<Wanted, { readonly type: 'ask-action' }> => ({
  type: 'ask-action',
  step: 'action/suspend-user',
  operation: 'suspend-user',
  target: kim,
  reason: 'Someone else is signed in.',
  ...terms(),
  ...but,
})

/** What is written then. */
export const actionAsked = (but: Partial<Omit<About<'action-asked'>, 'type'>> = {}): Event => ({
  type: 'action-asked',
  step: 'action/suspend-user',
  do: 'Do suspend-user',
  operation: 'suspend-user',
  target: kim,
  reason: 'Someone else is signed in.',
  until: minute(30),
  needs: 'approval',
  at: now,
  by: ada,
  ...but,
})

const suspending = { asked: 4, operation: 'suspend-user', target: kim } as const

/** Ben agrees. */
export const actionApproved = (at = minute(1)): Event => wrote(ben, { type: 'action-approved', ...suspending }, at)

/** Winnow has done it, and the step counts as done. */
export const carriedOut = (at = minute(2)): readonly Event[] => [
  wrote(winnow, { type: 'action-carried-out', ...suspending }, at),
  wrote(winnow, { type: 'done', step: 'action/suspend-user', do: 'Do suspend-user' }, at),
]
