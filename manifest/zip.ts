import { crc32 } from 'node:zlib'

/** A file in an archive: its path there, with `/` between folders, and its bytes. */
export type ZipFile = { readonly path: string; readonly bytes: Buffer }

/**
 * A zip archive of some files, stored as they are: an app package holds little more than pictures, which are compressed already.
 * The same files give the same bytes, whenever they are packed.
 */
export const zip = (files: readonly ZipFile[]): Buffer => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  for (const { path, bytes } of files) {
    const name = Buffer.from(path)
    const about = aboutOf(name, bytes)
    const offset = sizeOf(locals)
    locals.push(numbers([4, 0x04034b50]), about, name, bytes)
    // Made by version 2.0; then, after what both headers tell: no comment, first disk, no attributes, and where the file begins.
    const rest = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset])
    directory.push(numbers([4, 0x02014b50], [2, 20]), about, rest, name)
  }
  const [count, size] = [files.length, sizeOf(directory)]
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, sizeOf(locals)], [2, 0])
  return Buffer.concat([...locals, ...directory, end])
}

/** Version 2.0, names in UTF-8, stored, midnight of 1 January 1980 (the first time a zip knows), checksum, sizes, no extras. */
const aboutOf = (name: Buffer, bytes: Buffer): Buffer => {
  const { length } = bytes
  return numbers(
    [2, 20],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, 0x21],
    [4, crc32(bytes)],
    [4, length],
    [4, length],
    [2, name.length],
    [2, 0],
  )
}

/** Little-endian numbers, each with how many bytes it takes. */
const numbers = (...all: readonly (readonly [size: 2 | 4, value: number])[]): Buffer =>
  Buffer.concat(
    all.map(([size, value]) => {
      const bytes = Buffer.alloc(size)
      bytes.writeUIntLE(value, 0, size)
      return bytes
    }),
  )

const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0)
