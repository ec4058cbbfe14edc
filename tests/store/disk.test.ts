import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { machineDisk as disk } from '../../store/disk.js'
import { withFolder } from './folder.js'

const code = (expected: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === expected

const looks: readonly ((path: string) => unknown)[] = [
  (path) => disk.has(path),
  (path) => disk.read(path),
  (path) => disk.list(path),
]

describe('store/disk: the disk of this machine', () => {
  it('calls absent what is not there, and nothing else', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a')
      assert.deepEqual([disk.has(file), disk.read(file), disk.list(file)], [false, null, null])
      await writeFile(file, 'text')
      assert.deepEqual([disk.has(file), disk.read(file)?.toString()], [true, 'text'])
      assert.deepEqual([disk.has(folder), disk.list(folder)], [true, ['a']])
      const below = join(file, 'below')
      for (const look of looks.slice(1)) assert.throws(() => look(below), code('ENOTDIR'))
      assert.throws(() => disk.read(folder), code('EISDIR'))
      assert.throws(() => disk.list(file), code('ENOTDIR'))
      const tooLong = join(folder, 'x'.repeat(300))
      for (const look of looks) assert.throws(() => look(tooLong), code('ENAMETOOLONG'))
    }))

  it('writes at the end of a file that is new, or empty at first', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a')
      const first = await disk.open(file, 'new')
      assert.equal(await first.write(Buffer.from('one')), 3)
      assert.equal(await first.write(Buffer.from('two')), 3)
      await first.sync()
      await first.cut(4)
      assert.equal(await first.write(Buffer.from('!')), 1)
      await first.close()
      assert.equal(await readFile(file, 'utf8'), 'onet!')
      assert.equal((await stat(file)).mode & 0o777, 0o600)
      await assert.rejects(disk.open(file, 'new'), code('EEXIST'))
      await (await disk.open(file, 'empty')).close()
      assert.equal(await readFile(file, 'utf8'), '')
    }))

  it('writes much as it writes little: in order and whole, and refuses what it can’t write by rejecting', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a')
      const open = await disk.open(file, 'new')
      const parts = [10, 100_000, 64 * 1024, 64 * 1024 + 1, 1].map((size, at) => Buffer.alloc(size, 97 + at))
      for (const part of parts) assert.equal(await open.write(part), part.length)
      await open.sync()
      await open.close()
      assert.ok(Buffer.concat(parts).equals(await readFile(file)))
      for (const part of parts.slice(0, 2)) await assert.rejects(open.write(part), code('EBADF'))
    }))

  it('makes, renames, removes and syncs', () =>
    withFolder(async (folder) => {
      const below = join(folder, 'x', 'y')
      await disk.makeFolder(below)
      await disk.makeFolder(below)
      await writeFile(join(below, 'a'), '')
      await mkdir(join(folder, 'z'))
      await disk.rename(join(below, 'a'), join(folder, 'z', 'b'))
      await disk.syncFile(join(folder, 'z', 'b'))
      await disk.syncFolder(join(folder, 'z'))
      assert.deepEqual([disk.list(below), disk.list(join(folder, 'z'))], [[], ['b']])
      await disk.remove(join(folder, 'z', 'b'))
      await disk.remove(join(folder, 'z', 'b'))
      assert.deepEqual(disk.list(join(folder, 'z')), [])
      await assert.rejects(disk.syncFile(join(folder, 'none')), code('ENOENT'))
      await assert.rejects(disk.remove(join(folder, 'x')))
    }))

  // Nothing shows from outside whether something was synced, but what cannot be synced says so.
  it('asks the system to sync a file that is open, a file that is not, and a folder', async function () {
    if (process.platform !== 'linux') this.skip()
    const device = '/dev/null'
    const opened = await disk.open(device, 'empty')
    await assert.rejects(opened.sync(), code('EINVAL'))
    await opened.close()
    await assert.rejects(disk.syncFile(device), code('EINVAL'))
    await assert.rejects(disk.syncFolder(device), code('EINVAL'))
  })

  it('leaves no file open behind it, whether it can be synced or not', async function () {
    if (process.platform !== 'linux') this.skip()
    await withFolder(async (folder) => {
      const file = join(folder, 'a')
      await writeFile(file, '')
      const before = (await readdir('/proc/self/fd')).length
      for (let count = 0; count < 20; count += 1) {
        await (await disk.open(file, 'empty')).close()
        await disk.syncFile(file)
        await disk.syncFolder(folder)
        await assert.rejects(disk.syncFile('/dev/null'), code('EINVAL'))
      }
      assert.ok((await readdir('/proc/self/fd')).length < before + 20)
    })
  })

  it('makes folders and files for this user only, and empties a file without making it another', async function () {
    if (process.platform === 'win32') this.skip()
    await withFolder(async (folder) => {
      const below = join(folder, 'x', 'y')
      await disk.makeFolder(below)
      assert.deepEqual([(await stat(below)).mode & 0o777, (await stat(join(below, '..'))).mode & 0o777], [0o700, 0o700])
      const file = join(below, 'a')
      await writeFile(file, 'former')
      const { ino } = await stat(file)
      await (await disk.open(file, 'empty')).close()
      assert.deepEqual([(await stat(file)).ino, (await stat(file)).size], [ino, 0])
    })
  })
})
