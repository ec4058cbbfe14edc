// As `bot/start.ts` does it, so that a Winnow of the tests has the memory of a real one.
import { holdYoungSpace } from '../../bot/young-space.js'

holdYoungSpace()
await import('./winnow-child.js')
