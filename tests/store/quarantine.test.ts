import assert from 'node:assert/strict'
import { type Damage } from '../../store/store.js'
import { openDamages } from '../../store/damages.js'
import { inQuarantine, putInQuarantine, quarantine, quarantined } from '../../store/quarantine.js'
import { modelDisk } from './model-disk.js'

const open = async () => {
  const model = modelDisk()
  for (const folder of ['/data/quarantine', '/data/live']) await model.disk.makeFolder(folder)
  for (const folder of ['/', '/data']) await model.disk.syncFolder(folder)
  return model
}

describe('store/quarantine', () => {
  it('moves a file, for good: after a power cut it is in quarantine and nowhere else', async () => {
    const model = await open()
    model.put('/data/live/A.json', 'bad')
    assert.equal(await quarantine(model.disk, '/data', 'A', '/data/live/A.json'), '/data/quarantine/A.1.json')
    assert.deepEqual([...model.afterPowerCut().files()], [['/data/quarantine/A.1.json', 'bad']])
  })

  it('writes what has no other place any more, for good', async () => {
    const model = await open()
    assert.equal(await putInQuarantine(model.disk, '/data', 'A', '[]'), '/data/quarantine/A.1.json')
    assert.deepEqual([...model.afterPowerCut().files()], [['/data/quarantine/A.1.json', '[]']])
  })

  it('counts each name for itself, goes on behind the highest, and knows the newest', async () => {
    const model = await open()
    for (const name of ['A.2.json', 'A.10.json', 'A.settled.3.json', 'B.1.json'])
      model.put(`/data/quarantine/${name}`, '')
    const newest = (name: string) => inQuarantine(model.disk, '/data', name)
    assert.deepEqual(
      [newest('A'), newest('A.settled'), newest('B'), newest('C')],
      ['/data/quarantine/A.10.json', '/data/quarantine/A.settled.3.json', '/data/quarantine/B.1.json', null],
    )
    assert.equal(await putInQuarantine(model.disk, '/data', 'A', ''), '/data/quarantine/A.11.json')
    assert.equal(await putInQuarantine(model.disk, '/data', 'C', ''), '/data/quarantine/C.1.json')
  })

  it('names what is in it once, and passes over what somebody else put there', async () => {
    const model = await open()
    for (const name of ['A.1.json', 'A.2.json', 'B.settled.1.json', 'README.md', 'C.json', 'D.1.json.bak', '.1.json'])
      model.put(`/data/quarantine/${name}`, '')
    assert.deepEqual(quarantined(model.disk, '/data').toSorted(), ['A', 'B.settled'])
  })

  it('is empty when there is no such folder', () => {
    const { disk } = modelDisk()
    assert.deepEqual([quarantined(disk, '/data'), inQuarantine(disk, '/data', 'A')], [[], null])
  })
})

describe('store/damages', () => {
  const damage = (text: string): Damage => ({ caseId: 'A', open: true, text })

  it('tells each damage when it is noted, and the same one not again', () => {
    const heard: Damage[] = []
    const damages = openDamages((one) => heard.push(one))
    for (const text of ['bad', 'bad', 'worse', 'worse', 'bad']) damages.note('A', damage(text))
    damages.note('B', damage('bad'))
    assert.deepEqual(
      heard.map(({ text }) => text),
      ['bad', 'worse', 'bad', 'bad'],
    )
  })

  it('knows the newest of each, until it is well again; then it is told anew', () => {
    const heard: Damage[] = []
    const damages = openDamages((one) => heard.push(one))
    damages.note('A', damage('bad'))
    damages.note('A', damage('worse'))
    damages.note('B', damage('odd'))
    assert.deepEqual([damages.has('A'), damages.has('C')], [true, false])
    assert.deepEqual(damages.all(), [damage('worse'), damage('odd')])
    damages.clear('A')
    assert.deepEqual([damages.has('A'), damages.all()], [false, [damage('odd')]])
    damages.note('A', damage('worse'))
    assert.equal(heard.length, 4)
  })

  it('needs nobody to hear of it', () => {
    const damages = openDamages()
    damages.note('A', damage('bad'))
    assert.equal(damages.all().length, 1)
  })
})
