import type { Handle } from './handle.js'

/** The same, and `count` hears the reason of each refusal. */
export const countRefusals =
  (handle: Handle, count: (reason: string) => void): Handle =>
  async (intent, origin) => {
    const result = await handle(intent, origin)
    const refusal = 'refusal' in result ? result.refusal : null
    if (refusal) count(refusal.refusal)
    return result
  }
