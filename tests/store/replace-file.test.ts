import assert from 'node:assert/strict'
import { isTemporary, replaceFile, replaceFileDurably } from '../../store/replace-file.js'
import { type ModelDisk, type Operation, modelDisk, systemError } from './model-disk.js'

const file = '/data/a.json'

/** A disk with the file in its place, and what is done from then on. */
const open = async (): Promise<{ readonly model: ModelDisk; readonly done: string[] }> => {
  const model = modelDisk()
  await model.disk.makeFolder('/data')
  await model.disk.syncFolder('/')
  model.put(file, 'former')
  const done: string[] = []
  model.meddle = ({ kind, path }) => void done.push(path === '/data' ? `${kind} folder` : kind)
  return { model, done }
}

const failing =
  (code: string, kinds: readonly Operation['kind'][]) =>
  ({ kind }: Operation): void => {
    if (kinds.includes(kind)) throw systemError(code)
  }

describe('store/replace-file', () => {
  it('syncs what it wrote before the name refers to it', async () => {
    const { model, done } = await open()
    await replaceFile(model.disk, file, 'newer')
    assert.deepEqual(done, ['open', 'write', 'sync', 'close', 'rename'])
    assert.deepEqual([...model.files()], [[file, 'newer']])
  })

  it('leaves the former or the newer after a power cut at any moment, never a piece', async () => {
    const { model } = await open()
    const left: string[] = []
    model.meddle = () => {
      for (const keeps of [() => true, () => false])
        left.push(model.afterPowerCut(keeps).files().get(file) ?? 'nothing')
    }
    await replaceFileDurably(model.disk, file, 'newer')
    assert.deepEqual(new Set(left), new Set(['former', 'newer']))
  })

  it('syncs the folder as well when the name has to last, after the file is in its place', async () => {
    const { model, done } = await open()
    await replaceFileDurably(model.disk, file, 'newer')
    assert.deepEqual(done, ['open', 'write', 'sync', 'close', 'rename', 'sync folder'])
    assert.equal(model.afterPowerCut().files().get(file), 'newer')
  })

  it('writes on when the disk takes less than all', async () => {
    const { model } = await open()
    model.meddle = ({ kind }) => (kind === 'write' ? 2 : undefined)
    await replaceFile(model.disk, file, Buffer.from('newer'))
    assert.equal(model.files().get(file), 'newer')
  })

  it('takes a disk that takes nothing for a full one', async () => {
    const { model } = await open()
    model.meddle = ({ kind }) => (kind === 'write' ? 0 : undefined)
    await assert.rejects(replaceFile(model.disk, file, 'newer'), { code: 'ENOSPC', message: 'the disk took nothing' })
    assert.deepEqual([...model.files()], [[file, 'former']])
  })

  for (const kind of ['open', 'write', 'sync', 'close', 'rename'] as const) {
    it(`leaves the former and nothing else when the disk fails to ${kind}`, async () => {
      const { model, done } = await open()
      model.meddle = (operation) => {
        done.push(operation.kind)
        failing('EIO', [kind])(operation)
      }
      await assert.rejects(replaceFile(model.disk, file, 'newer'), { code: 'EIO' })
      assert.deepEqual([...model.files()], [[file, 'former']])
      // A descriptor that stays open is one less for others.
      assert.equal(done.includes('close'), kind !== 'open')
    })
  }

  it('says what went wrong first when it cannot tidy up either', async () => {
    const { model } = await open()
    model.meddle = (operation) => {
      failing('EIO', ['sync'])(operation)
      failing('EACCES', ['remove'])(operation)
    }
    await assert.rejects(replaceFile(model.disk, file, 'newer'), { code: 'EIO' })
  })

  it('writes each time under another name, which is known as one of its own', async () => {
    const { model } = await open()
    const names: string[] = []
    model.meddle = ({ kind, path }) => {
      if (kind === 'open') names.push(path)
    }
    await Promise.all([replaceFile(model.disk, file, 'one'), replaceFile(model.disk, file, 'two')])
    assert.equal(new Set(names).size, 2)
    for (const name of names) assert.ok(name.startsWith(`${file}.`) && isTemporary(name), name)
    // Counted up: so no name comes again, and none has a sign that would make it no name of its own.
    const [first, second] = names.map((name) => Number(name.slice(file.length + 1)))
    assert.equal(second, Number(first) + 1)
  })

  it('knows its own names and no others', () => {
    for (const name of ['a.json.1', 'a.json.1234567890']) assert.ok(isTemporary(name), name)
    for (const name of ['a.json', 'a.json.', 'a.json.12345678901', 'a.json.1x', 'a-json.1', 'a.json.bak', 'a.json.1 '])
      assert.ok(!isTemporary(name), name)
  })
})
