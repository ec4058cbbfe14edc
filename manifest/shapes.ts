import type { Picture } from './png.js'

/** Where a shape is, on a square from 0 to 1 with y downwards. */
export type Shape = (x: number, y: number) => boolean

/** A shape and its colour as 0xRRGGBB. */
export type Layer = readonly [colour: number, shape: Shape]

/** Everywhere. */
export const everywhere: Shape = () => true

/** An ellipse around a centre. */
export const ellipse =
  (cx: number, cy: number, rx: number, ry: number): Shape =>
  (x, y) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1

/** A seed, pointed at both ends: where two circles overlap; lying at 0 degrees, turned clockwise. */
export const seed = (cx: number, cy: number, length: number, width: number, degrees: number): Shape => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const radius = (length ** 2 + width ** 2) / (4 * width)
  return (x, y) => {
    const along = (x - cx) * cos + (y - cy) * sin
    const across = Math.abs((y - cy) * cos - (x - cx) * sin)
    return along ** 2 + (across + radius - width / 2) ** 2 <= radius ** 2
  }
}

/** A level bar with round ends. */
export const bar =
  (cx: number, cy: number, length: number, width: number): Shape =>
  (x, y) =>
    Math.hypot(Math.max(0, Math.abs(x - cx) - (length - width) / 2), y - cy) <= width / 2

/** Where both are. */
export const both =
  (one: Shape, other: Shape): Shape =>
  (x, y) =>
    one(x, y) && other(x, y)

/** Where the one is and the other is not. */
export const without =
  (one: Shape, other: Shape): Shape =>
  (x, y) =>
    one(x, y) && !other(x, y)

/** Below a level. */
export const below =
  (level: number): Shape =>
  (_, y) =>
    y >= level

/** Paint layers over each other, the last on top, on nothing; edges are smoothed by looking at 64 points in each pixel. */
export const paint = (size: number, layers: readonly Layer[]): Picture => {
  const pixels = Buffer.alloc(size * size * 4)
  for (let at = 0; at < size * size; at++) {
    const context = points.flatMap(([dx, dy]) => {
      const [x, y] = [((at % size) + dx) / size, (Math.floor(at / size) + dy) / size]
      return layers.findLast(([, shape]) => shape(x, y))?.[0] ?? []
    })
    const mean = (shift: number) => context.reduce((sum, colour) => sum + ((colour >> shift) & 255), 0) / context.length
    if (context.length > 0)
      pixels.set([mean(16), mean(8), mean(0), (context.length / points.length) * 255].map(Math.round), at * 4)
  }
  return { size, pixels }
}

const points = Array.from({ length: 64 }, (_, n) => [((n % 8) + 0.5) / 8, (Math.floor(n / 8) + 0.5) / 8] as const)
