// What Winnow is started with. What is loaded finds the heap kept small; V8 takes its cache only before it is told so.
import { fileURLToPath } from 'node:url'
import { openBundle } from './bundle/open-bundle.js'
import { keepHeapSmall } from './heap.js'

const load = openBundle(fileURLToPath(new URL('main.js', import.meta.url)))
keepHeapSmall()
const { program } = load?.() ?? (await import('./main.js'))
await program.run()
