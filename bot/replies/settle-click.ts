import type { Command } from '../../triage/command.js'
import type { Desk, Settled } from '../cases/desk.js'

/**
 * All that a click asks for. When it is refused, the ticks that came along are saved alone, for the card is drawn anew without them;
 * and what may be done by others than who may tick, such as a note, is done without them.
 */
export const settleClick = async (caseId: string, commands: readonly Command[], desk: Desk): Promise<Settled> => {
  const whole = await desk.settle(caseId, commands)
  const ticks = commands.filter(({ type }) => type === 'tick')
  const rest = commands.filter(({ type }) => type !== 'tick')
  if (!whole.refusal || ticks.length === 0 || rest.length === 0) return whole
  const saved = await desk.settle(caseId, ticks)
  if (!saved.refusal) return { ...saved, refusal: whole.refusal }
  const [first] = ticks
  return desk.settle(
    caseId,
    rest.map((command) => ({ ...command, line: first?.line ?? null })),
  )
}
