import type { Case } from './case.js'
import type { Person } from './person.js'

/** What Winnow can do by itself where a guide recommends it. Their names lie on disk, so they are never renamed. */
export const operations = [
  'suspend-user',
  'enable-user',
  'revoke-sessions',
  'confirm-compromised',
  'dismiss-risk',
  'remove-inbox-rule',
  'disable-app',
  'enable-app',
] as const

/** One of them. */
export type Operation = (typeof operations)[number]

/** What an operation is done to. */
export type TargetKind = 'user' | 'inbox-rule' | 'app'

/** The exact thing an operation is done to, as the directory knew it when it was asked for. Every text but `kind` and `was` is untrusted. */
export type Target = {
  readonly kind: TargetKind
  /** The object id in Entra ID; of an inbox rule the rule's own. */
  readonly id: string
  readonly name: string
  /** A user's sign-in name, an app's client id, or what an inbox rule does. */
  readonly also: string
  /** Whose mailbox an inbox rule is in. */
  readonly mailbox?: { readonly kind: 'user'; readonly id: string; readonly name: string; readonly also: string }
  /** Whether it could sign in before; left out where that has no meaning. */
  readonly was?: 'enabled' | 'disabled'
}

/** How a target is told from every other: what a button carries, and what an approval is bound to. */
export const targetKey = ({ kind, id, mailbox }: Pick<Target, 'kind' | 'id' | 'mailbox'>): string =>
  mailbox ? `${kind}:${mailbox.id}/${id}` : `${kind}:${id}`

/** What is known of an operation without asking anyone. */
type Known = {
  readonly on: TargetKind
  /** It can stop somebody's work, or let an attacker in again: a second person has to approve it. */
  readonly needsApproval: boolean
  /** What takes it back; null where nothing does. */
  readonly undo: Operation | null
}

/** The operations: what they are done to, who has to agree, and how they are taken back. */
export const knownOperations: Readonly<Record<Operation, Known>> = {
  'suspend-user': { on: 'user', needsApproval: true, undo: 'enable-user' },
  'enable-user': { on: 'user', needsApproval: true, undo: null },
  'revoke-sessions': { on: 'user', needsApproval: false, undo: null },
  'confirm-compromised': { on: 'user', needsApproval: true, undo: 'dismiss-risk' },
  'dismiss-risk': { on: 'user', needsApproval: true, undo: null },
  'remove-inbox-rule': { on: 'inbox-rule', needsApproval: false, undo: null },
  'disable-app': { on: 'app', needsApproval: true, undo: 'enable-app' },
  'enable-app': { on: 'app', needsApproval: true, undo: null },
}

/** What Winnow can do for a step; `completes` is false where the step asks for more than that, so that a person marks it as done. */
export type StepOperation = { readonly operation: Operation; readonly completes: boolean }

const stepOperations: ReadonlyMap<string, StepOperation> = new Map([
  ['suspend-user', { operation: 'suspend-user', completes: true }],
  ['disable-user', { operation: 'suspend-user', completes: false }],
  ['reenable-plan', { operation: 'enable-user', completes: false }],
  ['revoke-sessions', { operation: 'revoke-sessions', completes: true }],
  ['mark-compromised', { operation: 'confirm-compromised', completes: true }],
  ['dismiss-risk', { operation: 'dismiss-risk', completes: true }],
  ['remove-inbox-rule', { operation: 'remove-inbox-rule', completes: true }],
  ['remove-forwarding-rule', { operation: 'remove-inbox-rule', completes: false }],
  ['disable-service-principal', { operation: 'disable-app', completes: true }],
  ['ban-oauth-app', { operation: 'disable-app', completes: false }],
])

/** The ids of the steps that Winnow can do something for. */
export const stepsWithOperation: readonly string[] = [...stepOperations.keys()]

/** What Winnow can do for that step (`action/<id>` or `urgent/<id>`); null for nothing. Scope and tuning are for people. */
export const operationFor = (step: string): StepOperation | null => {
  const [kind, id = ''] = step.split('/')
  return kind === 'action' || kind === 'urgent' ? (stepOperations.get(id) ?? null) : null
}

/** What Winnow could do now, to which exact target; nobody is offered what is never touched. */
export type Offer = {
  readonly step: string
  readonly operation: Operation
  readonly target: Target
  readonly isProtected: boolean
}

/** Why an operation was not carried out, or nobody knows whether it was (`unreachable`). */
export const whyFailed = [
  'forbidden',
  'signed-out',
  'unreachable',
  'not-found',
  'invalid',
  'too-late',
  'protected',
  'off',
] as const

/** One of them. */
export type WhyFailed = (typeof whyFailed)[number]

/** Something that Winnow was asked to do, and what became of it. */
export type ResponseAction = {
  /** The line at which it was asked for: its name. */
  readonly line: number
  readonly step: string
  readonly do: string
  readonly operation: Operation
  readonly target: Target
  readonly reason: string
  readonly askedBy: Person
  readonly askedAt: string
  /** Until when it may be approved, or carried out where nobody has to. */
  readonly until: string
  /** It only tells what it would do. */
  readonly isDryRun: boolean
  /** The line of the one it takes back; null for what takes nothing back. */
  readonly undoes: number | null
  /** `approved`: it is to be carried out, now. */
  readonly state: 'asked' | 'approved' | 'declined' | 'expired' | 'carried-out' | 'rehearsed' | 'failed' | 'undone'
  readonly approvedBy: Person | null
  /** When it came into this state. */
  readonly at: string
  /** Until when it may be carried out once it is approved. */
  readonly carryOutUntil: string
  readonly why: WhyFailed | null
  /** The permission that is missing, or the code of what went wrong; '' for nothing. */
  readonly detail: string
  /** It failed when its first part was done. */
  readonly isPartly: boolean
}

/** The one with that line; null when there is none. */
export const responseAt = ({ responses }: Pick<Case, 'responses'>, line: number): ResponseAction | null =>
  responses.find((one) => one.line === line) ?? null

/** True while it waits for a person or for Winnow. At that time (ISO 8601) what waited too long does not wait any more. */
export const isUnderWay = ({ state, until }: ResponseAction, at: string): boolean =>
  state === 'approved' || (state === 'asked' && at <= until)

/** True for what a step was marked as done by, as long as it was not taken back: then nobody marks it as not done by hand. */
export const isDoneByWinnow = ({ responses }: Pick<Case, 'responses'>, step: string): boolean =>
  responses.some((one) => one.step === step && one.state === 'carried-out' && operationFor(step)?.completes === true)

/** What takes it back now; null where nothing does, it was not carried out, or it could not sign in before either. */
export const undoOf = ({ operation, state, target, undoes }: ResponseAction): Operation | null =>
  state === 'carried-out' && undoes === null && target.was !== 'disabled' ? knownOperations[operation].undo : null

/** The targets on offer for an operation, each once; what is protected is among them, for its refusal says so. */
export const offersOf = (offers: readonly Offer[], operation: Operation): readonly Offer[] => [
  ...new Map(
    offers.filter((one) => one.operation === operation).map((one) => [targetKey(one.target), one] as const),
  ).values(),
]

/** How to name a target in words: the sign-in name of a user, else its id. */
export const nameToSay = ({ kind, id, also }: Target): string => (kind === 'inbox-rule' || also === '' ? id : also)
