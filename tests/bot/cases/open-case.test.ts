import assert from 'node:assert/strict'
import { openCasesFor } from '../../../bot/cases/open-case.js'
import { openPastCases } from '../../../bot/cases/past-cases.js'
import { minute } from '../../support/cast.js'

describe('bot/cases/open-case', () => {
  const none = () => assert.fail('nothing is opened')
  const pastCases = openPastCases(10)

  it('tells when a payload says that alerts have changed without telling them, and takes nothing', async () => {
    let told = 0
    const into = { groups: { open: none, told: none }, pastCases, notified: () => void (told += 1) }
    const notice = { eventType: 'Microsoft.Graph.AlertCreated', data: { resourceData: { id: 'a' } } }
    const { alerts, ignored } = await openCasesFor([notice], [], into, minute(0))
    assert.deepEqual([alerts, ignored.length, told], [[], 1, 1])
    await openCasesFor({ value: [] }, [], into, minute(0))
    assert.equal(told, 1)
  })
})
