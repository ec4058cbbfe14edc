/** An index of closed cases' threads that knows none and keeps none. */
export const noThreads = { note: (): void => {}, caseIn: (): null => null }
