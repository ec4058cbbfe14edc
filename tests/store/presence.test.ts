import assert from 'node:assert/strict'
import type { Disk } from '../../store/disk.js'
import { caseFileOf, type Side, shardOf } from '../../store/layout.js'
import { openPresence } from '../../store/presence.js'
import { systemError } from './model-disk.js'

describe('store/presence', () => {
  /** A disk with those files, that counts how often folders are listed; `isWell` false: it can't be read. */
  const diskWith = (...files: readonly string[]) => {
    const told = { lists: 0, isWell: true }
    const list = (folder: string) => {
      told.lists += 1
      if (!told.isWell) throw systemError('EIO')
      const names = files.flatMap((file) => (file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : []))
      return names.length > 0 ? names : null
    }
    const disk: Pick<Disk, 'list'> = { list }
    return { told, presence: openPresence(disk, '/data') }
  }
  const ids = Array.from({ length: 2000 }, (_, at) => `CASE-${at}`)
  const file = (caseId: string, side: Side = 'live') => caseFileOf('/data', side, caseId)

  it('knows on which side a case has a file, or may have got one since', () => {
    const { presence } = diskWith(file('CASE-1'), file('CASE-2', 'settled'), file('CASE-4'), file('CASE-4', 'settled'))
    assert.deepEqual(presence.sides('CASE-1'), ['live'])
    assert.deepEqual(presence.sides('CASE-2'), ['settled'])
    assert.deepEqual(presence.sides('CASE-4'), ['live', 'settled'])
    assert.deepEqual(presence.sides('CASE-3'), [])
    presence.note('CASE-3', 'settled')
    assert.deepEqual(presence.sides('CASE-3'), ['settled'])
  })

  it('knows of nearly every other case that it has none, and lists each folder once for that', () => {
    const { told, presence } = diskWith(...ids.map((id) => file(id)))
    const others = Array.from({ length: 2000 }, (_, at) => `OTHER-${at}`)
    const doubtful = others.filter((id) => presence.sides(id).length > 0)
    assert.ok(doubtful.length < 20, `${doubtful.length} of 2000`)
    assert.ok(ids.every((id) => presence.sides(id).length > 0))
    assert.equal(told.lists, 2 * new Set([...ids, ...others].map(shardOf)).size)
  })

  it('calls nothing absent while the folder can’t be listed, and looks again then', () => {
    const { told, presence } = diskWith(file('CASE-1'))
    told.isWell = false
    for (const id of ids) assert.ok(presence.sides(id).length > 0)
    told.isWell = true
    assert.ok(presence.sides('CASE-1').includes('live'))
    assert.ok(!ids.every((id) => presence.sides(id).length > 0))
  })
})
