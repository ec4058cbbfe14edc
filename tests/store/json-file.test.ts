import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { machineDisk } from '../../store/disk.js'
import { jsonReader, jsonWriter } from '../../store/json-file.js'
import { isFault } from '../../triage/fault.js'
import { withFolder } from './folder.js'

describe('store/json-file', () => {
  const parse = (bytes: Buffer): unknown => JSON.parse(bytes.toString())

  it('reads what it wrote, a line of JSON; null where there is no file', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a.json')
      assert.equal(jsonReader(machineDisk, file, parse).read(), null)
      await jsonWriter(machineDisk, file).write({ a: [1, 'ö'] })
      assert.equal(await readFile(file, 'utf8'), '{"a":[1,"ö"]}\n')
      assert.deepEqual(jsonReader(machineDisk, file, parse).read(), { a: [1, 'ö'] })
    }))

  it('takes a folder in the place of a file for damage, and says so', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a.json')
      await mkdir(file)
      assert.throws(jsonReader(machineDisk, file, parse).read, (error) => {
        assert.ok(isFault(error, 'store/damaged'))
        assert.equal(error.message, 'it is a folder')
        assert.equal(Object(error.cause).code, 'EISDIR')
        return true
      })
    }))

  it('says which file could not be read or written, and why: that is never taken for no file', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a'), '')
      const file = join(folder, 'a', 'a.json')
      assert.throws(jsonReader(machineDisk, file, parse).read, (error) => {
        assert.ok(isFault(error, 'store/unreadable') && error.message.includes(file))
        assert.equal(Object(error.cause).code, 'ENOTDIR')
        return true
      })
      await assert.rejects(jsonWriter(machineDisk, file).write({}), (error) => {
        assert.ok(isFault(error, 'store/unwritable') && error.message.includes(file))
        assert.equal(Object(error.cause).code, 'ENOTDIR')
        return true
      })
    }))
})
