import { crc32, deflateSync } from 'node:zlib'

/** A square picture: `size` rows of `size` pixels, each red, green, blue and opacity in a byte. */
export type Picture = { readonly size: number; readonly pixels: Buffer }

/** A picture as a PNG file: 8 bits a channel, with opacity, rows unfiltered. */
export const png = ({ size, pixels }: Picture): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(y * size * 4, (y + 1) * size * 4)]),
  )
  const data = deflateSync(Buffer.concat(rows), { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
