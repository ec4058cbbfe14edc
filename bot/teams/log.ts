/** What this room writes for the operator: details first, then the sentence, as pino takes them. Never a message's content. */
export type Log = {
  readonly warn: (details: object, message: string) => void
  readonly error: (details: object, message: string) => void
}
