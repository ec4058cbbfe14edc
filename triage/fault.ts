/**
 * Something is wrong with the program or its surroundings, not with what a person asked.
 *
 * `code` is `room/what` and stable; the message says what to do about it.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** True for a fault, and for one of that code when a code is given. */
export const isFault = (error: unknown, code?: string): error is Fault =>
  error instanceof Fault && (code === undefined || error.code === code)
