import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../bot/config/root.js'

describe('bot/root', () => {
  it('is the folder that holds cards and content', () => {
    assert.ok(existsSync(join(root(), 'content', 'alerts')))
    assert.ok(existsSync(join(root(), 'cards', 'work.card.json')))
  })
})
