import type { Picture } from './png.js'
import { type Layer, type Shape, bar, below, both, ellipse, everywhere, paint, seed, without } from './shapes.js'

/**
 * Winnow's icon: a winnowing basket; the grain falls back into it, and the chaff blows away. 192 pixels wide, and everything that
 * matters within the middle, since Teams cuts the corners of a bot's picture.
 */
export const colourIcon = (): Picture =>
  paint(192, [
    [teal, everywhere],
    ...[
      seed(0.355, 0.375, 0.16, 0.082, 60),
      seed(0.475, 0.26, 0.16, 0.082, 84),
      seed(0.51, 0.475, 0.16, 0.082, 76),
    ].map(gold),
    ...[
      seed(0.625, 0.36, 0.14, 0.04, -38),
      seed(0.735, 0.26, 0.12, 0.034, -26),
      seed(0.74, 0.43, 0.11, 0.032, -10),
    ].map(pale),
    [straw, both(ellipse(0.5, 0.61, 0.29, 0.205), below(0.61))],
    ...[0.13, 0.225].map((rx): Layer => [shade, both(ring(0.5, 0.61, rx, 0.205, 0.018), below(0.61))]),
    [shade, both(ring(0.5, 0.61, 0.29, 0.105, 0.018), below(0.61))],
    [rim, bar(0.5, 0.61, 0.66, 0.068)],
  ])

/** The same in white on nothing, 32 pixels wide, for the bar at the side of Teams; its lines fall on whole pixels. */
export const outlineIcon = (): Picture =>
  paint(32, [
    ...[seed(0.25, 0.315, 0.26, 0.14, 60), seed(0.45, 0.15, 0.26, 0.14, 84), seed(0.5, 0.47, 0.26, 0.14, 78)].map(
      white,
    ),
    ...[seed(0.735, 0.36, 0.25, 0.085, -38), seed(0.875, 0.15, 0.22, 0.08, -26)].map(white),
    white(both(ring(0.5, 0.656, 0.4, 0.315, 0.07), below(0.656))),
    white(bar(0.5, 0.65625, 0.98, 0.0625)),
  ])

const [teal, straw, shade, rim] = [0x0f4c4a, 0xe2b45a, 0xb98632, 0xf3cd7f]

const gold = (shape: Shape): Layer => [0xf6c453, shape]
const pale = (shape: Shape): Layer => [0xbfdad6, shape]
const white = (shape: Shape): Layer => [0xffffff, shape]

/** The edge of an ellipse, inwards. */
const ring = (cx: number, cy: number, rx: number, ry: number, width: number): Shape =>
  without(ellipse(cx, cy, rx, ry), ellipse(cx, cy, rx - width, ry - width))
