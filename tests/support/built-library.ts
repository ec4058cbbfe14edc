import { type LibraryData, readCompiled } from '../../bot/config/compiled-library.js'
import { codeRoot } from '../../bot/config/root.js'

/**
 * The library beside the compiled tests, read once for all tests of a process; null when they run from source. What is in it is the
 * same as what its sources say: `bot/config/library` has the test of that.
 */
export const builtLibrary = (): Promise<LibraryData | null> => (read ??= readCompiled(codeRoot()))

let read: Promise<LibraryData | null> | undefined
