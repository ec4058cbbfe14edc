import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fit } from '../../../dialogs/show/fit.js'
import { heightOfJudged, heightOfNew, heightOfVerdict, heightOfWork } from '../../../dialogs/show/height.js'
import type { View } from '../../../dialogs/show/view.js'
import { dataOf } from '../../support/seen.js'

const phrases = { 'cut.short': '{text}… (more in Details)' }
const long = (words: string, times = 12): string => `${words} `.repeat(times).trim()

const sampleOf = async (card: string): Promise<View> =>
  Object({ card, data: JSON.parse(await readFile(`cards/${card}.sample.json`, 'utf8')) })

describe('dialogs/show/fit', () => {
  it('leaves what fits as it is', async () => {
    for (const card of ['new', 'work', 'verdict', 'judged', 'closed', 'list']) {
      const view = await sampleOf(card)
      assert.deepEqual(fit(view, phrases), view)
    }
  })

  it('leaves out first what one needs least, and cuts only as much as it takes', async () => {
    const sample = dataOf(await sampleOf('work'), 'work')
    const after = (times: number) => {
      const data = { ...sample, hasNotice: true, notice: long('Someone else has it.', times) }
      return dataOf(fit({ card: 'work', data }, phrases), 'work')
    }
    const [little, more] = [after(15), after(17)]
    assert.deepEqual([little.hasAlready, little.hints], [false, sample.hints])
    assert.deepEqual([more.hasAlready, more.hints], [false, []])
    assert.equal(more.foldedHints.length, sample.hints.length + sample.foldedHints.length)
    assert.deepEqual([more.how, more.evidence, more.inFull], [sample.how, sample.evidence, sample.inFull])
  })

  it('keeps what an earlier alert warns of longer than other hints and what is asked of one answer', async () => {
    const sample = dataOf(await sampleOf('work'), 'work')
    const hints = ['An attacker may be reading this mailbox.', 'No finding yet.'].map((text) => ({ text }))
    const particulars = long('Who, and how do you know?', 3)
    const first = (times: number) => {
      const data = { ...sample, hints, particulars, hasParticulars: true, hasNotice: true, notice: long('x y', times) }
      return dataOf(fit({ card: 'work', data }, phrases), 'work')
    }
    const states = Array.from({ length: 150 }, (_, times) => first(times)).map(
      (data) => `${data.hints.length} ${data.hasParticulars}`,
    )
    assert.deepEqual([...new Set(states)], ['2 true', '1 true', '1 false', '0 false'])
  })

  it('cuts for others what the owner’s card and the history tell whole', async () => {
    const sample = dataOf(await sampleOf('progress'), 'progress')
    const manager = { canAllow: true, state: long('Mia is not asked.', 18) }
    const said = { hasNotice: true, notice: long('Someone else has it.', 20), status: long('Look it up.', 60) }
    const data = { ...sample, ...said, manager }
    const fitted = dataOf(fit({ card: 'progress', data }, phrases), 'progress')
    assert.ok(fitted.manager.canAllow)
    assert.match(fitted.manager.state, /^Mia is not asked\..{80,120}…$/)
    assert.equal(fitted.notice, data.notice)
    assert.deepEqual(fit({ card: 'progress', data: sample }, phrases), { card: 'progress', data: sample })
  })

  it('says what is cut, and has the whole of it among the details', async () => {
    const sample = dataOf(await sampleOf('work'), 'work')
    const how = long('Look it up in the register, and call whoever is named there.')
    const evidence = ['network', 'trip', 'test'].map((one) => ({ text: long(`The ${one} is known.`, 9) }))
    const notice = long('Someone else has it.', 20)
    const data = { ...sample, how, evidence, notice, hasNotice: true, inFull: [] }
    const fitted = dataOf(fit({ card: 'work', data }, phrases), 'work')
    assert.match(fitted.how, /^Look it up .*… \(more in Details\)$/)
    assert.match(fitted.evidence[0]?.text ?? '', /^The network .*… \(more in Details\)$/)
    const whole = fitted.inFull.map(({ text }) => text)
    assert.ok(fitted.hasInFull && [how, ...evidence.map(({ text }) => text)].every((text) => whole.includes(text)))
    assert.equal(new Set(whole).size, whole.length)
    assert.ok(whole.every((text) => !text.endsWith('(more in Details)')))
  })

  it('never cuts what just went wrong, an answer, a verdict or what is to be done', async () => {
    const notice = long('Someone else has it.', 11)
    const work = dataOf(await sampleOf('work'), 'work')
    const options = work.options.map((one) => ({ ...one, title: long(one.title, 8) }))
    const asked = dataOf(fit({ card: 'work', data: { ...work, notice, hasNotice: true, options } }, phrases), 'work')
    assert.deepEqual([asked.notice, asked.options.map(({ title }) => title)], [notice, options.map((one) => one.title)])
    const judged = dataOf(await sampleOf('judged'), 'judged')
    const actionChoices = judged.actionChoices.map((one) => ({ ...one, title: long(one.title, 8) }))
    const data = { ...judged, notice, hasNotice: true, actionChoices }
    const acting = dataOf(fit({ card: 'judged', data }, phrases), 'judged')
    assert.deepEqual([acting.verdict, acting.actionChoices], [judged.verdict, actionChoices])
    assert.deepEqual([acting.hasScopeInSight, acting.hasScopeFolded], [false, true])
  })

  it('shows the beginning of what was typed in vain, and the whole of it among the details', async () => {
    const sample = dataOf(await sampleOf('work'), 'work')
    const notice = `Someone else has it. What you typed: ${long('a long note', 30)}`
    const options = sample.options.map((one) => ({ ...one, title: long(one.title, 8) }))
    const data = { ...sample, notice, hasNotice: true, options }
    const fitted = dataOf(fit({ card: 'work', data }, phrases), 'work')
    assert.match(fitted.notice, /^Someone else has it\. What you typed: a long note .*… \(more in Details\)$/)
    assert.ok(fitted.inFull.some(({ text }) => text === notice))
  })

  it('estimates a card as higher the more is in sight on it', async () => {
    const [fresh, work] = [dataOf(await sampleOf('new'), 'new'), dataOf(await sampleOf('work'), 'work')]
    const [verdict, judged] = [dataOf(await sampleOf('verdict'), 'verdict'), dataOf(await sampleOf('judged'), 'judged')]
    const more = { notice: long('Someone else has it.'), hasNotice: true }
    assert.ok(heightOfNew({ ...fresh, ...more }) > heightOfNew(fresh))
    assert.ok(heightOfWork({ ...work, ...more }) > heightOfWork(work))
    assert.ok(heightOfVerdict({ ...verdict, ...more }) > heightOfVerdict(verdict))
    assert.ok(heightOfJudged({ ...judged, ...more }) > heightOfJudged(judged))
    assert.equal(
      heightOfWork({ ...work, foldedHints: [...work.foldedHints, { text: long('Folded.') }] }),
      heightOfWork(work),
    )
  })
})
