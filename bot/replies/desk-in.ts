import type { Desk } from '../cases/desk.js'

/** The desk for what people do in that language: the record keeps the words they chose by, and the language of them. */
export const deskIn = (desk: Desk, language: string): Desk => ({
  ...desk,
  settle: (caseId, commands) =>
    desk.settle(
      caseId,
      commands.map((command) => ({ ...command, language })),
    ),
})
