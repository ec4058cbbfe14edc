import assert from 'node:assert/strict'
import { crc32, inflateSync } from 'node:zlib'

/** A square picture: `size` rows of `size` pixels, each red, green, blue and opacity in a byte. */
export type Picture = { readonly size: number; readonly pixels: Buffer }

/** Read a PNG: 8-bit red, green, blue and opacity, in unfiltered rows; anything else is a failed assertion. */
export const readPng = (file: Buffer): Picture => {
  assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < file.length;) {
    const named = file.subarray(at + 4, at + 8 + file.readUInt32BE(at))
    assert.equal(file.readUInt32BE(at + 4 + named.length), crc32(named))
    chunks.set(named.subarray(0, 4).toString('latin1'), named.subarray(4))
    at += named.length + 8
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND'])
  const [header, data] = [chunks.get('IHDR') ?? Buffer.alloc(13), inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))]
  const size = header.readUInt32BE(0)
  assert.deepEqual([header.readUInt32BE(4), ...header.subarray(8)], [size, 8, 6, 0, 0, 0])
  assert.equal(data.length, size * (size * 4 + 1))
  const rows = Array.from({ length: size }, (_, y) => data.subarray(y * (size * 4 + 1), (y + 1) * (size * 4 + 1)))
  assert.ok(rows.every((row) => row[0] === 0))
  return { size, pixels: Buffer.concat(rows.map((row) => row.subarray(1))) }
}
