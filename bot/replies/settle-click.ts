import type { Command } from '../../triage/command.js'
import type { Desk, CommandResult } from '../cases/desk.js'

/**
 * All that a click asks for. When it is refused, the ticks that came along are saved alone, for the card is drawn anew without them;
 * and what may be done by others than who may tick, such as a note, is done without them.
 */
export const settleClick = async (caseId: string, commands: readonly Command[], desk: Desk): Promise<CommandResult> => {
  const whole = await desk.settle(caseId, commands)
  const stepStates = commands.filter(({ type }) => type === 'mark-steps')
  const rest = commands.filter(({ type }) => type !== 'mark-steps')
  if (!whole.refusal || stepStates.length === 0 || rest.length === 0) return whole
  const saved = await desk.settle(caseId, stepStates)
  if (!saved.refusal) return { ...saved, refusal: whole.refusal }
  const [first] = stepStates
  return desk.settle(
    caseId,
    rest.map((command) => ({ ...command, line: first?.line ?? null })),
  )
}
