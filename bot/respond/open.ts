import type { Registers } from '../../evidence/registers/folder.js'
import type { Case } from '../../triage/case.js'
import type { Desk } from '../cases/desk.js'
import type { Target } from '../effects/target.js'
import type { Graph } from '../graph/client.js'
import { openResponseGraph } from '../graph/response-graph.js'
import { openCarryOut } from './carry-out.js'
import { openExpireActions } from './expire-actions.js'
import { openProtection } from './protection.js'
import { type ResponseActions, openResponseActions } from './response-actions.js'

/** Response actions, switched on: what people ask for, what carries it out, and what expires. */
export type Responding = {
  /** Asking, through that desk: each language has one of its own. */
  readonly actionsAt: (desk: Parts['desk']) => ResponseActions
  readonly target: Target
  /** The case stands so now. */
  note(state: Case): void
  stop(): void
}

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly graph: Graph
  readonly registers: Pick<Registers, 'peopleOf'>
  readonly mode: 'dry-run' | 'on'
  readonly approvalMinutes: number
  /** The client ids that Winnow signs in with. */
  readonly own: readonly string[]
  /** The wall clock in milliseconds, null while it is not to be believed. */
  readonly steadyWall: () => number | null
  /** ISO 8601. */
  readonly now: () => string
  readonly log: Readonly<Record<'info' | 'warn' | 'error', (details: object, text: string) => void>>
}

/** Loaded only where they are switched on. */
export const openResponding = (parts: Parts): Responding => {
  const { desk, registers, own, steadyWall, log, mode, now } = parts
  const graph = openResponseGraph(parts.graph)
  const protection = openProtection({ registers, own })
  if (registers.peopleOf('people', 'break-glass')?.length === 0)
    log.warn({}, 'response actions are switched on, and the register of people lists no break-glass account')
  const expire = openExpireActions(desk, (error) => log.error({ err: error }, 'a response action could not expire'))
  const timer = setInterval(() => {
    const at = steadyWall()
    if (at !== null) void expire.run(new Date(at).toISOString())
  }, 15_000).unref()
  return {
    actionsAt: (at) => openResponseActions({ ...parts, desk: at, graph, protection }),
    target: openCarryOut({ graph, protection, mode, now }),
    note: (state) => expire.note(state),
    stop: () => clearInterval(timer),
  }
}
