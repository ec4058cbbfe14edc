import type { Command } from '../../triage/command.js'
import type { CommandResult, Desk } from '../cases/desk.js'

/**
 * All that was asked for at once. When it is refused, the steps that came along are saved alone, because the card is drawn again
 * without them; and what may be done by others than those who may mark steps, such as a note, is done without them. What the owner
 * decides goes by the steps on the card: it is not done when those are from an old one.
 */
export const settleCommands = async (
  caseId: string,
  commands: readonly Command[],
  desk: Pick<Desk, 'settle'>,
): Promise<CommandResult> => {
  const whole = await desk.settle(caseId, commands)
  const marks = commands.filter(({ type }) => type === 'mark-steps')
  const rest = commands.filter(({ type }) => type !== 'mark-steps')
  if (!whole.refusal || marks.length === 0 || rest.length === 0) return whole
  const saved = await desk.settle(caseId, marks)
  if (!saved.refusal) return { ...saved, refusal: whole.refusal }
  if (saved.refusal.refusal === 'old-card' && rest.some(({ type }) => type !== 'note')) return whole
  const line = marks[0]?.line ?? null
  return desk.settle(
    caseId,
    rest.map((command) => ({ ...command, line })),
  )
}
