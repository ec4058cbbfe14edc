import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'

/** The folders whose tests are put to the test, and where those tests are: no others count. */
export const rooms: Readonly<Record<string, Room>> = {
  triage: { tests: 'tests/triage', slow: [] },
  store: { tests: 'tests/store', slow: ['crash.test.ts', 'backup.test.ts', 'one-process.test.ts'] },
  'bot/pacing': { tests: 'tests/bot/pacing', slow: [] },
  'bot/outbox': { tests: 'tests/bot/outbox', slow: ['deliver-burst.test.ts', 'outage.test.ts'] },
}

/** Where tests are; the slow files among them are only tried on what the others did not notice. */
export type Room = { readonly tests: string; readonly slow: readonly string[] }

/** Every source in a folder, from the root; folders in it as well. */
export const sourcesIn = (folder: string): readonly string[] => filesIn(folder, (name) => name.endsWith('.ts'))

/** The quick test files of a room, from the root, and the slow ones. */
export const testsOf = ({
  tests,
  slow,
}: Room): { readonly quick: readonly string[]; readonly slow: readonly string[] } => ({
  quick: filesIn(tests, (name) => name.endsWith('.test.ts') && !slow.includes(name)),
  slow: slow.map((name) => join(tests, name)),
})

const filesIn = (folder: string, isOne: (name: string) => boolean): readonly string[] =>
  readdirSync(join(root(), folder), { recursive: true, encoding: 'utf8' })
    .filter(isOne)
    .map((name) => join(folder, name))
    .toSorted()
