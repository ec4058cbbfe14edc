import assert from 'node:assert/strict'
import { onceFor } from '../../triage/once-for.js'

describe('triage/once-for', () => {
  it('works once for each thing, also where nothing comes of it, and anew for another that looks the same', () => {
    const asked: object[] = []
    const first = onceFor(({ names }: { readonly names: readonly string[] }) => {
      asked.push(names)
      return names[0]
    })
    const [one, same, none] = [{ names: ['a'] }, { names: ['a'] }, { names: [] }]
    for (let times = 0; times < 2; times += 1) assert.deepEqual([one, same, none].map(first), ['a', 'a', undefined])
    assert.deepEqual(asked, [['a'], ['a'], []])
  })

  it('tries again what failed', () => {
    let times = 0
    const failing = onceFor(() => {
      times += 1
      if (times === 1) throw new Error('not yet')
      return times
    })
    const about = {}
    assert.throws(() => failing(about), /not yet/)
    assert.deepEqual([failing(about), failing(about)], [2, 2])
  })
})
