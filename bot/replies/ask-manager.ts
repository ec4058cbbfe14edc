import { nameOf } from '../../dialogs/show/header.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { type Clocks, usualClocks } from '../../triage/clocks.js'
import { endOf } from '../../triage/deadlines.js'
import type { Stamp } from '../../triage/event.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { ownersOnly } from '../../triage/rules.js'
import { openDoubts } from '../../triage/verifier.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import type { ManagerLoad } from '../people/manager-load.js'
import { type Verifiers, refusedFor } from '../people/verifiers.js'

/** Ask the manager of the first person of an alert who has one to ask. `line` is the newest line the asker saw. */
export type AskManager = (caseId: string, line: number, stamp: Stamp) => Promise<CommandResult>

/** Allow that the manager of a case is asked in spite of what speaks against it, for that written reason. */
export type AllowManager = (caseId: string, reason: string, stamp: Stamp) => Promise<CommandResult>

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly verifiers: Pick<Verifiers, 'find'>
  readonly load: Pick<ManagerLoad, 'isFull' | 'note'>
  /** How long a manager has to answer, in hours. */
  readonly confirmationHours: number
  /** How long by the clocks: how severe an alert is and who works when count. */
  readonly clocks?: Clocks
}

/** Look managers up, hold what speaks against them against what a lead has allowed, and ask. */
export const openAskManager =
  ({ desk, verifiers, load, confirmationHours, clocks = usualClocks }: Parts): AskManager =>
  async (caseId, line, stamp) => {
    const before = await desk.look(caseId)
    const { state } = before
    if (!state) return { ...before, refusal: refuse('no-case', { code: caseId }) }
    // Whoever may not ask does not wait for the directory.
    const refusal = ownersOnly(stamp, state)
    if (refusal) return { ...before, refusal }
    const found = await verifiers.find(state, stamp.at)
    if (isRefusal(found)) return { ...before, refusal: found }
    const { manager, relation, doubts } = found
    const [doubt] = openDoubts(state, manager.id, doubts)
    if (doubt) {
      // It stands on the card from then on, where a lead can allow it.
      const noted = await desk.settle(caseId, [{ type: 'note-doubts', caseId, line: null, manager, doubts, ...stamp }])
      return { ...noted, refusal: noted.refusal ?? refusedFor(doubt, manager) }
    }
    const { severity } = state.alert
    const waitMs = clocks.manager[severity].answer ?? confirmationHours * 3_600_000
    const ends = endOf(Date.parse(stamp.at), waitMs, { severity, personId: manager.id }, clocks)
    const until = new Date(ends).toISOString()
    const about = escapeUntrusted(nameOf(found.about), 120)
    const isMuch = load.isFull(manager.id, stamp.at)
    const settled = await desk.settle(caseId, [
      {
        type: 'ask-manager',
        caseId,
        line,
        manager,
        about,
        until,
        ...(relation && { relation }),
        ...(doubts.length > 0 && { despite: doubts }),
        ...(isMuch && { together: true as const }),
        ...stamp,
      },
    ])
    if (!isMuch && settled.written.some(({ type }) => type === 'manager-asked')) load.note(manager.id, stamp.at)
    return settled
  }

/** Only what speaks against the manager now can be allowed: it is written down with the reason. */
export const openAllowManager =
  ({ desk, verifiers }: Pick<Parts, 'desk' | 'verifiers'>): AllowManager =>
  async (caseId, reason, stamp) => {
    const before = await desk.look(caseId)
    const { state } = before
    if (!state) return { ...before, refusal: refuse('no-case', { code: caseId }) }
    const found = await verifiers.find(state, stamp.at)
    if (isRefusal(found)) return { ...before, refusal: found }
    const { manager, doubts } = found
    return desk.settle(caseId, [
      { type: 'allow-verifier', caseId, line: null, manager, despite: doubts, reason, ...stamp },
    ])
  }
