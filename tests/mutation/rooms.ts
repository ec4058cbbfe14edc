import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bot/config/root.js'

/** The folders whose tests are put to the test, and where those tests are: no others count. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  triage: ['tests/triage'],
  store: ['tests/store'],
  'bot/pacing': ['tests/bot/pacing'],
  'bot/outbox': ['tests/bot/outbox'],
}

/** Every source in a folder, from the root; folders in it as well. */
export const sourcesIn = (folder: string): readonly string[] => filesIn(folder, (name) => name.endsWith('.ts'))

/** Every test file in these folders, from the root. */
export const testsIn = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) => filesIn(folder, (name) => name.endsWith('.test.ts')))

const filesIn = (folder: string, isOne: (name: string) => boolean): readonly string[] =>
  readdirSync(join(root(), folder), { recursive: true, encoding: 'utf8' })
    .filter(isOne)
    .map((name) => join(folder, name))
    .toSorted()
