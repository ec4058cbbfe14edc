import { ada, ben, eve, now, intent, wrote } from '../support/cast.js'
import { answered, claimed, closed, judged, opened, untilClosed, untilJudged, withdrawn } from '../support/diary.js'
import { given } from '../support/given.js'

describe('triage/decide: answers', () => {
  const ours = answered('address', 'ours')
  const answer = (check: string, option: string, by = ada) => intent(by, { type: 'answer', check, option })

  it('takes the owner’s answer', () => {
    given(opened, claimed).when(answer('address', 'ours')).then(ours)
    given(opened, claimed).when(answer('journey', 'unknown')).then(answered('journey', 'unknown'))
  })

  it('takes another answer to the same check, but not the same one twice', () => {
    given(opened, claimed, ours).when(answer('address', 'foreign')).then(answered('address', 'foreign'))
    given(opened, claimed, ours).when(answer('address', 'ours')).thenNothing()
  })

  it('takes none from others, for a case nobody has, after the verdict, or after the end', () => {
    given(opened, claimed)
      .when(answer('address', 'ours', ben))
      .thenRefused('not-owner', { owner: ada.name })
    given(opened).when(answer('address', 'ours')).thenRefused('nobody-owns')
    given(...untilJudged)
      .when(answer('address', 'foreign'))
      .thenRefused('already-judged', { verdict: 'Untagged VPN', by: ada.name })
    given(...untilJudged, closed)
      .when(answer('address', 'foreign'))
      .thenRefused('closed')
  })

  it('knows only the checks and options of the guide', () => {
    given(opened, claimed).when(answer('weather', 'fine')).thenRefused('no-check')
    given(opened, claimed).when(answer('address', 'maybe')).thenRefused('no-option')
    given(opened, claimed).when(answer('__proto__', 'constructor')).thenRefused('no-check')
    given(opened, claimed).when(answer('address', 'toString')).thenRefused('no-option')
  })

  it('takes back the last answer given, or the one that is named', () => {
    const both = [opened, claimed, ours, answered('journey', 'no')] as const
    given(...both)
      .when(intent(ada, { type: 'withdraw-answer', check: null }))
      .then(withdrawn('journey'))
    given(...both)
      .when(intent(ada, { type: 'withdraw-answer', check: 'address' }))
      .then(withdrawn('address'))
    given(...both, answered('address', 'foreign'))
      .when(intent(ada, { type: 'withdraw-answer', check: null }))
      .then(withdrawn('address'))
  })

  it('takes back nothing that was not said, and nothing of others', () => {
    const withdraw = (check: string | null, by = ada) => intent(by, { type: 'withdraw-answer', check })
    given(opened, claimed).when(withdraw(null)).thenRefused('no-answer')
    given(opened, claimed, ours).when(withdraw('journey')).thenRefused('no-answer')
    given(opened, claimed, ours).when(withdraw(null, ben)).thenRefused('not-owner')
    given(...untilJudged)
      .when(withdraw(null))
      .thenRefused('already-judged')
    given(opened, ours).when(withdraw(null)).thenRefused('nobody-owns')
  })
})

describe('triage/decide: notes', () => {
  it('are taken from anybody, at any time', () => {
    for (const diary of [[opened], [opened, claimed], [...untilJudged], [...untilClosed]]) {
      given(...diary)
        .when(intent(eve, { type: 'note', text: ' Seen. ' }))
        .then(wrote(eve, { type: 'noted', text: 'Seen.' }))
    }
  })

  it('say something, and not endlessly', () => {
    given(opened)
      .when(intent(ada, { type: 'note', text: ' \n ' }))
      .thenRefused('empty-note')
    given(opened)
      .when(intent(ada, { type: 'note', text: 'x'.repeat(5000) }))
      .then(wrote(ada, { type: 'noted', text: 'x'.repeat(2000) }))
  })
})

describe('triage/decide: time', () => {
  it('comes in with the command and is written as it came', () => {
    given(opened)
      .when(intent(ada, { type: 'take' }, { at: '2031-01-01T00:00:00.000Z' }))
      .then({ type: 'claimed', by: ada, at: '2031-01-01T00:00:00.000Z' })
    given(opened)
      .when(intent(ada, { type: 'take' }))
      .then({ type: 'claimed', by: ada, at: now })
  })

  it('keeps a verdict that was given before', () => {
    given(opened, claimed, judged)
      .when(intent(ada, { type: 'release' }))
      .then(wrote(ada, { type: 'released' }))
  })
})
