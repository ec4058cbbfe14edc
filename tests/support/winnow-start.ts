// As `bot/start.ts` does it, so that a Winnow of the tests has the memory of a real one.
import { keepHeapSmall } from '../../bot/heap.js'

keepHeapSmall()
await import('./winnow-child.js')
