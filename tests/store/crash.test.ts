import assert from 'node:assert/strict'
import { cases, check, goOn, isStep, type Ledger, openOn, setting, type Snapshot, snapshots } from './crash-world.js'
import { modelDisk } from './model-disk.js'

/** Live two lives on a disk, and look at it before each operation that changes something. */
async function twoLives(): Promise<readonly Snapshot[]> {
  const disk = modelDisk()
  const ledger: Ledger = new Map()
  const taken: Snapshot[] = []
  let step = 0
  disk.meddle = (operation) => {
    if (!isStep(operation)) return
    step += 1
    taken.push(...snapshots(disk, ledger, `before step ${step} (${operation.kind} ${operation.path})`, step))
  }
  for (const upTo of [4, 7]) {
    const store = await openOn(disk)
    await goOn(store, ledger, upTo)
    await store.close()
  }
  taken.push(...snapshots(disk, ledger, 'at the end', 0))
  return taken
}

describe('store/lowdb: a crash at any moment', () => {
  let taken: readonly Snapshot[] = []

  before(async function () {
    this.timeout(120_000)
    taken = await twoLives()
    assert.ok(taken.length > 300)
  })

  it('loses nothing acknowledged and invents nothing, whatever the disk had kept', async () => {
    for (const { when, disk, ledger } of taken) {
      const store = await check(disk, ledger, when)
      await store.close()
    }
  }).timeout(120_000)

  it('goes on from there, and a crash of the next life loses nothing either', async () => {
    for (const [number, { when, disk, ledger }] of taken.entries()) {
      if (number % 41 !== 0) continue
      const next: Snapshot[] = []
      let step = 0
      const store = await check(disk, ledger, when)
      // What came through counts from now on.
      for (const [name, at] of ledger) {
        at.told = (await (name === setting ? store.kept(name) : store.read(name))).version
      }
      disk.meddle = (operation) => {
        step += isStep(operation) ? 1 : 0
        if (!isStep(operation) || step % 5 > 0) return
        next.push(...snapshots(disk, ledger, `${when}, then ${step} (${operation.kind} ${operation.path})`, step))
      }
      await goOn(store, ledger)
      await store.close()
      for (const one of next) await (await check(one.disk, one.ledger, one.when)).close()
    }
  }).timeout(120_000)

  it('makes durable what it reads of a setting that a kill left half done', async () => {
    const disk = modelDisk()
    const store = await openOn(disk)
    let left = modelDisk()
    disk.meddle = ({ kind, path }) => {
      if (kind === 'sync' && path.endsWith('/settings')) left = disk.afterKill()
    }
    await store.keep(setting, 'here')
    await store.close()
    const next = await openOn(left)
    assert.equal((await next.kept(setting)).value, 'here')
    const last = await openOn(left.afterPowerCut())
    assert.equal((await last.kept(setting)).value, 'here')
    await Promise.all([next.close(), last.close()])
  })

  it('leaves no segments and no second file behind when it ends in good order', async () => {
    const end = taken.at(-3)
    assert.match(end?.when ?? '', /at the end, killed/)
    const files = [...(end?.disk.files().keys() ?? [])]
    assert.deepEqual(
      files.filter((file) => !/^\/data\/cases\/((live|settled)\/[0-9a-f]{2}\/[A-G]|settings\/home)\.json$/.test(file)),
      [],
    )
    assert.equal(files.length, cases.length + 1)
  })
})
