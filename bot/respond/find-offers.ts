import type { Involved } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import { everyoneIn } from '../../triage/group.js'
import type { Guide } from '../../triage/guide.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import {
  type Offer,
  type Operation,
  type TargetKind,
  isUnderWay,
  knownOperations,
  operationFor,
  targetKey,
} from '../../triage/response-action.js'
import { inWords } from '../graph/failure.js'
import type { FoundTarget, LookedUp, ResponseGraph } from '../graph/response-graph.js'
import type { Protection } from './protection.js'

/** What Winnow could do in a case now, to which exact targets; or why it can't tell. */
export type FindOffers = (state: Case, guide: Guide, at: string) => Promise<readonly Offer[] | Refusal>

type Parts = {
  readonly graph: ResponseGraph
  readonly protection: Protection
  /** How long somebody waits for a form, in milliseconds. */
  readonly waitMs?: number
}

/** Look up in Graph whom and what the alert names, for the steps that its guide recommends now. */
export const openFindOffers =
  ({ graph, protection, waitMs = 8000 }: Parts): FindOffers =>
  async (state, guide, at) => {
    const steps = Object.keys(stepsOf(state, guide)).flatMap((step) => {
      const known = operationFor(step)
      return known ? [{ step, operation: known.operation }] : []
    })
    const kinds = new Set(steps.map(({ operation }) => knownOperations[operation].on))
    const targets = await targetsIn(state, kinds, graph, AbortSignal.timeout(waitMs))
    if (!targets.ok) return refuse('graph-silent', { why: inWords(targets.failure) })
    const found = targets.found.map((one) => ({ target: one.target, protection: protection(one) }))
    if (found.some((one) => one.protection === 'unsure')) return refuse('no-register')
    return steps.flatMap(({ step, operation }) =>
      found
        .filter(({ target }) => target.kind === knownOperations[operation].on && isUseful(operation, target.was))
        .filter(({ target }) => !isDoneOrUnderWay(state, operation, targetKey(target), at))
        .map(({ target, protection: is }) => ({ step, operation, target, isProtected: is === 'protected' })),
    )
  }

/** What is so already is not offered. */
const isUseful = (operation: Operation, was: 'enabled' | 'disabled' | undefined): boolean =>
  operation === 'suspend-user' || operation === 'disable-app'
    ? was !== 'disabled'
    : operation === 'enable-user' || operation === 'enable-app'
      ? was !== 'enabled'
      : true

const isDoneOrUnderWay = ({ responses }: Case, operation: Operation, key: string, at: string): boolean =>
  responses.some(
    (one) =>
      one.operation === operation &&
      targetKey(one.target) === key &&
      (isUnderWay(one, at) || (one.state === 'carried-out' && operation === 'confirm-compromised')),
  )

/** So many of each kind are looked up: who is compromised is among the first. */
const mostPeople = 5
const mostApps = 5

const targetsIn = async (
  state: Case,
  kinds: ReadonlySet<TargetKind>,
  graph: ResponseGraph,
  signal: AbortSignal,
): Promise<LookedUp> => {
  const wantsUsers = kinds.has('user') || kinds.has('inbox-rule')
  const users = await all(
    wantsUsers ? idsOf(everyoneIn(state)).map((id) => graph.user(id, signal)) : [],
    (user) => `user ${user.target.id}`,
  )
  if (!users.ok) return users
  const rules = await all(
    kinds.has('inbox-rule') ? users.found.map((user) => graph.inboxRules(user, signal)) : [],
    ({ target }) => targetKey(target),
  )
  if (!rules.ok) return rules
  const apps = await all(
    kinds.has('app')
      ? [
          ...(state.alert.identities ?? [])
            .flatMap(({ kind, id }) => (id !== null && kind !== 'machine' ? [id] : []))
            .slice(0, mostApps)
            .map((id) => graph.app(id, signal)),
          ...state.alert.apps.slice(0, mostApps).map((name) => graph.appsNamed(name, signal)),
        ]
      : [],
    ({ target }) => targetKey(target),
  )
  if (!apps.ok) return apps
  return { ok: true, found: [...(kinds.has('user') ? users.found : []), ...rules.found, ...apps.found] }
}

/** By the id that can't be given to somebody else. */
const idsOf = (people: readonly Involved[]): readonly string[] =>
  [...new Set(people.flatMap(({ upn, objectId }) => objectId ?? upn ?? []))].slice(0, mostPeople)

/** Everything found, each thing once; the first failure where there is one. */
const all = async (asked: readonly Promise<LookedUp>[], keyOf: (found: FoundTarget) => string): Promise<LookedUp> => {
  const answers = await Promise.all(asked)
  const failed = answers.find((one) => !one.ok)
  if (failed) return failed
  const found = answers.flatMap((one) => (one.ok ? one.found : []))
  return { ok: true, found: [...new Map(found.map((one) => [keyOf(one), one])).values()] }
}
