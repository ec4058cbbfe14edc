import { setFlagsFromString } from 'node:v8'

/**
 * Keep the space that new objects are made in as small as it is. While all the code is loaded it would grow to its largest, and
 * never shrink: 20 MB and more that an idle server does not use.
 */
export const holdYoungSpace = (): void => setFlagsFromString('--semi-space-growth-factor=1')

/** Let it grow with the work again, as it does unless told; a busy server is then as fast as any. */
export const releaseYoungSpace = (): void => setFlagsFromString('--semi-space-growth-factor=2')
