import assert from 'node:assert/strict'
import { typeAtOnce } from '../typing/typing.js'

describe('end-to-end/typing: two people at once', () => {
  it('lose nothing they type: every text sent is on the record or given back, and no redraw wipes out another', async () => {
    const { lost, sent, cases, waited } = await typeAtOnce(4000)
    assert.deepEqual(lost, [])
    assert.ok(sent > 0 && cases > 0)
    assert.ok(waited > 0, 'no news came while somebody typed, so nothing is proved')
  })

  it('lose nothing either while Teams is slow to draw, and they type as soon as they see an answer', async () => {
    const { lost, sent } = await typeAtOnce(4000, 400)
    assert.deepEqual(lost, [])
    assert.ok(sent > 0)
  })
})
