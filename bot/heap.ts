import { setFlagsFromString } from 'node:v8'

/**
 * Keep the heap as small as it is while all the code is loaded and what was kept is read. The space that new objects are made in would
 * grow to its largest and never shrink, 20 MB and more that an idle server does not use; and what is garbage after the reading, as much
 * again, would stay until the heap has grown by half.
 */
export const keepHeapSmall = (): void => set({ young: 1, percent: 30 })

/** Let it grow with the work again, as it does unless told; a busy server is then as fast as any. */
export const letHeapGrow = (): void => set({ young: 2, percent: 0 })

/** By how much the space for new objects grows at a time, and the whole heap between two collections; 0 percent leaves that to V8. */
const set = ({ young, percent }: { readonly young: number; readonly percent: number }): void => {
  setFlagsFromString(`--semi-space-growth-factor=${young}`)
  setFlagsFromString(`--heap-growing-percent=${percent}`)
}
