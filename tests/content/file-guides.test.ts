import assert from 'node:assert/strict'
import { plainTitle } from '../../triage/match.js'
import { loadGuide } from './guides.js'

describe('content/alerts/unusual-file-download', () => {
  it('goes by its new name too, but not by that of a custom policy', async () => {
    const download = await loadGuide('unusual-file-download')
    const titles = [download.title, ...download.matches.titles].map(plainTitle)
    assert.ok(titles.includes(plainTitle('Unusual file download')))
    assert.ok(titles.includes(plainTitle('Mass download')))
    assert.ok(!titles.includes(plainTitle('Mass download by a single user')))
  })
})

for (const type of [
  'ransomware-activity',
  'unusual-file-deletion',
  'multiple-storage-deletions',
  'multiple-vm-deletions',
  'multiple-vm-creations',
]) {
  describe(`content/alerts/${type}`, () => {
    it('contains a person and an app before any question, each on a condition that is seen', async () => {
      const { urgent } = await loadGuide(type)
      for (const id of ['suspend-user', 'disable-service-principal']) {
        const step = urgent.find((one) => one.id === id)
        assert.ok(step && step.when !== null, `${type}: ${id} stands under urgent, with its when`)
      }
    })
  })
}
