import assert from 'node:assert/strict'
import { loadGuide } from './guides.js'
import { actionsOf, found } from './scenario.js'

const compute = await loadGuide('ARM_SuspiciousComputeCreation')

describe('content/alerts/ARM_SuspiciousComputeCreation', () => {
  it('settles a cluster that scaled within its limits', () => {
    const scaled = { record: 'scaling', machines: 'ordinary', before: 'nothing', 'sign-in': 'usual' }
    assert.deepEqual(found(compute, scaled).allowed, ['fp-platform-scaling'])
    assert.deepEqual(found(compute, { ...scaled, machines: 'mining' }).contradicted, ['tp', 'fp-platform-scaling'])
  })

  it('takes a miner for what it is, whoever answers', () => {
    assert.deepEqual(found(compute, { record: 'no', machines: 'mining' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(compute, 'tp').slice(0, 4), [
      'suspend-user',
      'mark-compromised',
      'preserve-evidence',
      'stop-resources',
    ])
  })

  it('settles large machines that their owner wants', () => {
    const wanted = { record: 'no', machines: 'odd', before: 'nothing', 'sign-in': 'usual', owner: 'confirmed' }
    assert.deepEqual(found(compute, wanted).allowed, ['btp-authorised-deployment'])
    assert.deepEqual(found(compute, { ...wanted, owner: 'denied' }).allowed, ['tp'])
  })

  it('decides on sign-in and preparation when nobody answers', () => {
    const night = { record: 'no', machines: 'odd', before: 'nothing', 'sign-in': 'usual', owner: 'unknown' }
    assert.deepEqual(found(compute, night).allowed, [])
    assert.deepEqual(found(compute, { ...night, 'sign-in': 'odd' }).allowed, ['tp'])
    assert.deepEqual(found(compute, { ...night, before: 'prepared' }).allowed, ['tp'])
    assert.ok(actionsOf(compute, 'undetermined').includes('stop-resources?'))
  })

  it('does not let a ticket cover machines that their owner denies', () => {
    const reused = { record: 'planned', machines: 'odd', before: 'nothing', 'sign-in': 'odd', owner: 'denied' }
    assert.deepEqual(found(compute, reused).allowed, [])
    assert.deepEqual(found(compute, reused).contradicted, ['tp', 'btp-authorised-deployment'])
  })
})
