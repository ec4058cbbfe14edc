// As `bot/start.ts` does it, so that a Winnow of the tests starts as fast as a real one, and has its memory.
import { fileURLToPath } from 'node:url'
import { openBundle } from '../../bot/bundle/open-bundle.js'
import { keepHeapSmall } from '../../bot/heap.js'

const load = openBundle(fileURLToPath(new URL('winnow-child.js', import.meta.url)))
keepHeapSmall()
const { program } = load?.() ?? (await import('./winnow-child.js'))
await program.run()
