import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { codeRoot, root } from '../../../bot/config/root.js'
import { isCompiled } from '../../support/program.js'

describe('bot/config/root', () => {
  it('is the folder that holds cards and content', () => {
    assert.ok(existsSync(join(root(), 'content', 'alerts')))
    assert.ok(existsSync(join(root(), 'cards', 'work.card.json')))
  })

  it('is where the code is as well, when that runs from source; what is compiled lies in a folder of it', () => {
    assert.equal(relative(root(), codeRoot()), isCompiled() ? join('artifacts', 'compiled', 'suite') : '')
  })
})
