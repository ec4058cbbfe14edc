import type { GraphFailure } from '../graph/failure.js'
import type { Sent } from './target.js'

/** What becomes of an effect that Graph did not carry out: what the same again may mend waits, the rest is refused. */
export const afterGraphFailure = (failure: GraphFailure): Sent => {
  switch (failure.kind) {
    case 'forbidden':
      return { state: 'waiting', why: 'forbidden', detail: failure.permission, retryAfterMs: null }
    case 'throttled':
      return { state: 'waiting', why: 'throttled', retryAfterMs: failure.retryAfterMs }
    case 'signed-out':
    case 'unreachable':
    case 'conflict':
      return { state: 'waiting', why: failure.kind, detail: failure.says, retryAfterMs: null }
    case 'not-found':
      return { state: 'refused', why: 'not-found' }
    case 'invalid':
      return { state: 'refused', why: 'invalid', detail: failure.says }
  }
}
