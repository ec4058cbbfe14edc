import assert from 'node:assert/strict'
import { openStore } from '../../store/open.js'
import { append } from './events.js'
import { filesIn, withFolder } from './folder.js'
import { modelDisk } from './model-disk.js'

describe('store/open', () => {
  it('opens the store it is told to', () =>
    withFolder(async (folder) => {
      for (const [spec, files] of [
        [{ kind: 'memory' }, 0],
        [{ kind: 'lowdb', folder }, 1],
      ] as const) {
        const store = await openStore(spec)
        await append(store, 'A', 'one')
        assert.equal((await store.read('A')).version, 1)
        assert.equal((await filesIn(folder)).length, files)
        await store.close()
      }
    }))

  it('opens the one with files on the disk it is given', () =>
    withFolder(async (folder) => {
      const { disk } = modelDisk()
      const store = await openStore({ kind: 'lowdb', folder }, () => undefined, { disk })
      await append(store, 'A', 'one')
      await store.close()
      assert.deepEqual(await filesIn(folder), [])
    }))
})
