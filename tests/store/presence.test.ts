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

  it('never calls a case absent that has a file on either side, or may have got one since', () => {
    const { presence } = diskWith(file('CASE-1'), file('CASE-2', 'settled'))
    assert.ok(presence.maybe('CASE-1'))
    assert.ok(presence.maybe('CASE-2'))
    presence.note('CASE-3')
    assert.ok(presence.maybe('CASE-3'))
  })

  it('knows of nearly every other case that it has none, and lists each folder once for that', () => {
    const { told, presence } = diskWith(...ids.map((id) => file(id)))
    const others = Array.from({ length: 2000 }, (_, at) => `OTHER-${at}`)
    const doubtful = others.filter((id) => presence.maybe(id))
    assert.ok(doubtful.length < 20, `${doubtful.length} of 2000`)
    assert.ok(ids.every((id) => presence.maybe(id)))
    assert.equal(told.lists, 2 * new Set([...ids, ...others].map(shardOf)).size)
  })

  it('calls nothing absent while the folder can’t be listed, and looks again then', () => {
    const { told, presence } = diskWith(file('CASE-1'))
    told.isWell = false
    for (const id of ids) assert.ok(presence.maybe(id))
    told.isWell = true
    assert.ok(presence.maybe('CASE-1'))
    assert.ok(!ids.every((id) => presence.maybe(id)))
  })
})
