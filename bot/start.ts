// What Winnow is started with: what is loaded from here on finds the heap kept small.
import { keepHeapSmall } from './heap.js'

keepHeapSmall()
await import('./main.js')
