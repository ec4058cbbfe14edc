import assert from 'node:assert/strict'
import { type Outage, type OutageResult, outages, runOutage } from '../../outage/outage.js'

describe('bot/outbox: Teams fails for ten minutes, in simulated time, while alerts come and people press', function () {
  this.timeout(120_000)

  const check = ({ cases, pages, owedMeanwhile, owedAtEnd }: OutageResult): void => {
    assert.equal(cases.length, 11)
    for (const { code, cards, told } of cases) {
      assert.notEqual(told, 'nothing', `${code}: neither a card that is up to date nor a notice`)
      assert.ok(cards <= 1, `${code}: two cards`)
    }
    assert.ok(cases.filter(({ told }) => told === 'card').length >= 6, 'an outage costs a few cards, not all that come')
    assert.ok(
      pages.some(({ at }) => at >= 1),
      'nobody was paged',
    )
    assert.ok(owedMeanwhile.count >= 8)
    assert.match(owedMeanwhile.since ?? '', /^2026-03-02T09:0\d:/)
    const lost = cases.filter(({ told }) => told === 'notice').length
    assert.deepEqual([owedAtEnd.count, owedAtEnd.lost], [lost, lost])
  }

  const kinds = Object.keys(outages).filter((name): name is Outage => name in outages)
  for (const kind of kinds)
    it(`Teams ${kind}: then each case has its card or a notice, none has two, and on-call was paged`, async () => {
      check(await runOutage(kind))
    })

  it('everything is there two minutes after Teams is well again, for nothing waits longer than a minute', async () => {
    const { endedAt } = await runOutage('answers 503')
    assert.ok(endedAt <= 600 + 120, `after ${endedAt - 600} s`)
  })

  for (const kind of ['answers 500', 'answers nothing though it takes everything', 'is not reached'] as const)
    it(`Teams ${kind}, and Winnow is killed in the middle of it: the next life tells all the same`, async () => {
      check(await runOutage(kind, undefined, 300_000))
    })
})
