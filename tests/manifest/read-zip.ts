import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'

/** Read a zip of stored files as any reader does: from its directory at the end. Anything else is a failed assertion. */
export const readZip = (file: Buffer): ReadonlyMap<string, Buffer> => {
  const end = file.length - 22
  assert.equal(file.readUInt32LE(end), 0x06054b50)
  const files = new Map<string, Buffer>()
  let at = file.readUInt32LE(end + 16)
  assert.equal(at + file.readUInt32LE(end + 12), end)
  while (at < end) {
    assert.equal(file.readUInt32LE(at), 0x02014b50)
    const [size, length, local] = [file.readUInt32LE(at + 24), file.readUInt16LE(at + 28), file.readUInt32LE(at + 42)]
    assert.equal(file.readUInt32LE(local), 0x04034b50)
    // Everything that both headers tell is the same in both.
    assert.deepEqual(file.subarray(local + 4, local + 30), file.subarray(at + 6, at + 32))
    const path = file.subarray(at + 46, at + 46 + length)
    assert.deepEqual(file.subarray(local + 30, local + 30 + length), path)
    const bytes = file.subarray(local + 30 + length, local + 30 + length + size)
    assert.deepEqual(
      [file.readUInt16LE(at + 10), file.readUInt32LE(at + 16), file.readUInt32LE(at + 20)],
      [0, crc32(bytes), size],
    )
    files.set(path.toString('utf8'), bytes)
    at += 46 + length
  }
  assert.deepEqual([file.readUInt16LE(end + 8), file.readUInt16LE(end + 10)], [files.size, files.size])
  return files
}
