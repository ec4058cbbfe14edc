import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves as soon as it is so, however slow the machine; fails after a minute and a half, when it never will be. */
export const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const from = performance.now()
  while (!(await isSo())) {
    assert.ok(performance.now() - from < 90_000, `it did not become so: ${String(isSo)}`)
    await sleep(2)
  }
}
