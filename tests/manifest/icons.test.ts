import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { type Picture, readPng } from './read-png.js'

const color = readPng(readFileSync('manifest/color.png'))
const outline = readPng(readFileSync('manifest/outline.png'))

const pixelsOf = ({ size, pixels }: Picture) =>
  Array.from({ length: size * size }, (_, at) => ({
    x: (at % size) / size,
    y: Math.floor(at / size) / size,
    rgb: [...pixels.subarray(at * 4, at * 4 + 3)].join(' '),
    opacity: pixels[at * 4 + 3] ?? 0,
  }))

describe('manifest/icons', () => {
  it('the color icon is 192 pixels wide, in colors, and covers the whole square', () => {
    const pixels = pixelsOf(color)
    assert.equal(color.size, 192)
    assert.ok(pixels.every(({ opacity }) => opacity === 255))
    assert.ok(new Set(pixels.map(({ rgb }) => rgb)).size > 20)
  })

  it('the color icon keeps what matters within the hexagon that Teams cuts out', () => {
    const pixels = pixelsOf(color)
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

  it('are small files', () => {
    assert.ok(statSync('manifest/color.png').size < 20_000 && statSync('manifest/outline.png').size < 2000)
  })
})
