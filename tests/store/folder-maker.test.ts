import assert from 'node:assert/strict'
import { folderMaker } from '../../store/folder-maker.js'
import { modelDisk, systemError } from './model-disk.js'

describe('store/folder-maker', () => {
  const open = async () => {
    const model = modelDisk()
    await model.disk.makeFolder('/data')
    await model.disk.syncFolder('/')
    const done: string[] = []
    model.meddle = ({ kind, path }) => void done.push(`${kind} ${path}`)
    return { model, done, ensure: folderMaker(model.disk) }
  }

  it('has made the folder for good when it says so: a power cut leaves it there', async () => {
    const { model, done, ensure } = await open()
    await ensure('/data/live')
    assert.deepEqual(done, ['make /data/live', 'sync /data'])
    assert.deepEqual(model.afterPowerCut().disk.list('/data'), ['live'])
  })

  it('makes each once, also for several who ask at the same time', async () => {
    const { done, ensure } = await open()
    await Promise.all([ensure('/data/live'), ensure('/data/live'), ensure('/data/settled')])
    await ensure('/data/live')
    assert.deepEqual(done.toSorted(), ['make /data/live', 'make /data/settled', 'sync /data', 'sync /data'])
  })

  for (const kind of ['make', 'sync'] as const) {
    it(`tries again for the next who asks when the disk failed to ${kind} it`, async () => {
      const { model, ensure } = await open()
      let failures = 1
      model.meddle = (operation) => {
        if (operation.kind === kind && (failures -= 1) >= 0) throw systemError('EIO')
      }
      await assert.rejects(ensure('/data/live'), { code: 'EIO' })
      await ensure('/data/live')
      assert.deepEqual(model.afterPowerCut().disk.list('/data'), ['live'])
    })
  }
})
