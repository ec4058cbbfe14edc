// What Winnow is started with: what is loaded from here on finds the young space held.
import { holdYoungSpace } from './young-space.js'

holdYoungSpace()
await import('./main.js')
