import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { colourIcon, outlineIcon } from '../../manifest/icons.js'
import { type Picture, png } from '../../manifest/png.js'
import { paint } from '../../manifest/shapes.js'
import { readPng } from './read-png.js'

const colour = readPng(readFileSync('manifest/color.png'))
const outline = readPng(readFileSync('manifest/outline.png'))

const pixelsOf = ({ size, pixels }: Picture) =>
  Array.from({ length: size * size }, (_, at) => ({
    x: (at % size) / size,
    y: Math.floor(at / size) / size,
    rgb: [...pixels.subarray(at * 4, at * 4 + 3)].join(' '),
    opacity: pixels[at * 4 + 3] ?? 0,
  }))

describe('manifest/icons', () => {
  it('the colour icon is 192 pixels wide, in colours, and covers the whole square', () => {
    const pixels = pixelsOf(colour)
    assert.equal(colour.size, 192)
    assert.ok(pixels.every(({ opacity }) => opacity === 255))
    assert.ok(new Set(pixels.map(({ rgb }) => rgb)).size > 20)
  })

  it('the colour icon keeps what matters within the hexagon that Teams cuts out', () => {
    const pixels = pixelsOf(colour)
    const ground = pixels[0]?.rgb
    const hidden = pixels.filter(
      ({ x, y }) => Math.abs(y - 0.5) > 0.5 - Math.abs(x - 0.5) / 2 - 0.02 || Math.abs(x - 0.5) > 0.42,
    )
    assert.ok(hidden.length > 5000)
    assert.deepEqual(
      hidden.filter(({ rgb }) => rgb !== ground),
      [],
    )
  })

  it('the outline icon is 32 pixels wide, white on nothing, and not empty', () => {
    const drawn = pixelsOf(outline).filter(({ opacity }) => opacity > 0)
    assert.equal(outline.size, 32)
    assert.deepEqual(
      drawn.filter(({ rgb }) => rgb !== '255 255 255'),
      [],
    )
    assert.ok(drawn.length > 100 && drawn.length < 700)
    assert.ok(drawn.some(({ opacity }) => opacity === 255))
  })

  it('are what icons.ts draws; `npm run icons` draws them anew', () => {
    assert.ok(colour.pixels.equals(colourIcon().pixels))
    assert.ok(outline.pixels.equals(outlineIcon().pixels))
  })

  it('are small files', () => {
    assert.ok(statSync('manifest/color.png').size < 20_000 && statSync('manifest/outline.png').size < 2000)
  })
})

describe('manifest/png', () => {
  it('writes pixels that can be read again', () => {
    const half = paint(4, [[0x102030, (x) => x < 0.5]])
    const read = readPng(png(half))
    assert.deepEqual(read, half)
    assert.deepEqual([...read.pixels.subarray(0, 4)], [16, 32, 48, 255])
    assert.deepEqual([...read.pixels.subarray(12, 16)], [0, 0, 0, 0])
  })
})
