import assert from 'node:assert/strict'
import { mostViewers, refreshedFor } from '../../cards/refresh.js'
import { cardFrom, objectOf } from '../../cards/render.js'

describe('cards/refresh', () => {
  const bare = { type: 'AdaptiveCard', body: [] }
  const card = cardFrom(bare)

  it('lets the clients of these people ask for a card of their own', () => {
    assert.deepEqual(objectOf(refreshedFor(card, ['29:ana', '29:bo'], { caseId: 'x', line: 3 })), {
      ...bare,
      refresh: {
        action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data: { caseId: 'x', line: 3 } },
        userIds: ['29:ana', '29:bo'],
      },
    })
  })

  it('leaves the card as it is without anybody, for Teams takes no list for everybody', () => {
    assert.equal(refreshedFor(card, [], {}), card)
  })

  it('names no more people than Teams takes', () => {
    const many = Array.from({ length: 99 }, (_, n) => `29:${n}`)
    const { refresh } = objectOf(refreshedFor(card, many, {}))
    assert.deepEqual(Object(refresh).userIds, many.slice(0, mostViewers))
    assert.equal(mostViewers, 60)
  })
})
