import assert from 'node:assert/strict'
import type { GraphSettings } from '../../../bot/config/graph-settings.js'
import { openGraphToken } from '../../../bot/graph/credential.js'

const settings: GraphSettings = {
  cloud: 'global',
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: '33333333-3333-4333-8333-333333333333',
  proof: { kind: 'managed-identity' },
}

describe('bot/graph/credential', () => {
  it('asks for a token with one credential, which it makes again only where it could not be made', async () => {
    const asked: string[] = []
    let made = 0
    const token = openGraphToken(settings, 1000, 'management', async () => {
      made += 1
      if (made === 1) throw Object.assign(new Error('too many open files'), { name: 'EMFILE' })
      return {
        getToken: async (scope) => {
          asked.push(String(scope))
          return { token: `token ${asked.length}`, expiresOnTimestamp: 0 }
        },
      }
    })
    assert.deepEqual(await token(), { ok: false, failure: { kind: 'signed-out', says: 'EMFILE' } })
    assert.deepEqual(await token(), { ok: true, token: 'token 1' })
    assert.deepEqual(await token(), { ok: true, token: 'token 2' })
    assert.equal(made, 2)
    assert.deepEqual(
      asked,
      Array.from({ length: 2 }, () => 'https://management.azure.com/.default'),
    )
  })
})
