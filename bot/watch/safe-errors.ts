/** An error as the log tells it. */
export type LoggedError = {
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly status?: number
  readonly stack?: string
  readonly cause?: LoggedError
}

/** Causes are followed so far. */
const deepest = 4
const longest = 300

/**
 * An error for the log: its kind, message, codes and where it happened, and the same of its cause. Nothing else an error carries
 * gets there, for libraries hang whole requests on theirs; messages are cut, and what a parser quotes of its input is left out.
 * `inSources` tells the places of a stack as one reads them in the sources.
 */
export const safeError = (
  error: unknown,
  inSources: (stack: string) => string = (stack) => stack,
  depth = 0,
): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' }
  const code = 'code' in error ? error.code : undefined
  const status = 'statusCode' in error ? error.statusCode : undefined
  return {
    type: error.name,
    message: messageOf(error),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
    // Where a message could not be delivered is told by its code; the place in our code is always the same.
    ...(error.stack !== undefined && error.name !== 'DeliveryFailure' && { stack: inSources(placesIn(error.stack)) }),
    ...(error.cause !== undefined && depth < deepest && { cause: safeError(error.cause, inSources, depth + 1) }),
  }
}

const messageOf = (error: Error): string =>
  // A parser quotes what it could not read.
  error instanceof SyntaxError ? 'it could not be parsed' : error.message.slice(0, longest)

/** The lines that tell places: the first lines repeat the message. */
const placesIn = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 12)
    .join('\n')
