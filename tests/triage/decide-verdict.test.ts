import { ada, ben, intent, wrote } from '../support/cast.js'
import {
  answered,
  claimed,
  judged,
  judgedAs,
  opened,
  untilClosed,
  untilJudged,
  whatTheAlertSays,
} from '../support/diary.js'
import { given } from '../support/given.js'

const recordVerdict = (verdict: string, reason = '', by = ada) =>
  intent(by, { type: 'record-verdict', verdict, reason })
const working = [opened, claimed, answered('address', 'ours')] as const

describe('triage/decide: the verdict', () => {
  it('is recorded with its because and the answers it stands on', () => {
    given(...working)
      .when(recordVerdict('fp-vpn'))
      .then(judged)
  })

  it('ends its because with the sentence that the analyst adds', () => {
    const because = judged.type === 'judged' ? `${judged.because} Ada Analyst adds: Asked the network team.` : ''
    given(...working)
      .when(recordVerdict('fp-vpn', ' Asked the network team. '))
      .then(judgedAs({ because }))
  })

  it('needs a reason when an answer contradicts it, when answers are missing, and when they rule it out', () => {
    const contradicted = [...working, answered('download', 'yes')] as const
    given(...contradicted)
      .when(recordVerdict('fp-vpn', '  '))
      .thenRefused('needs-reason', { verdict: 'Untagged VPN' })
    given(opened, claimed).when(recordVerdict('fp-vpn')).thenRefused('needs-reason')
    given(opened, claimed, answered('address', 'foreign')).when(recordVerdict('fp-vpn')).thenRefused('needs-reason')
  })

  it('keeps the reason beside what the answers said when it goes against them', () => {
    given(...working, answered('download', 'yes'))
      .when(recordVerdict('fp-vpn', ' The download was a backup. '))
      .then(
        wrote(ada, {
          type: 'judged',
          verdict: 'fp-vpn',
          class: 'FP',
          label: 'Untagged VPN',
          because: `${whatTheAlertSays} What of address? It is ours. What of download? It is yes. Override by Ada Analyst: The download was a backup.`,
          means: 'It means fp-vpn.',
          evidence: [
            { check: 'address', option: 'ours', ask: 'What of address?', text: 'It is ours' },
            { check: 'download', option: 'yes', ask: 'What of download?', text: 'It is yes' },
          ],
          against: 'The download was a backup.',
          language: 'en',
        }),
      )
  })

  it('may be undetermined at any time', () => {
    given(opened, claimed)
      .when(recordVerdict('undetermined'))
      .then(
        wrote(ada, {
          type: 'judged',
          verdict: 'undetermined',
          class: 'undetermined',
          label: 'Undetermined',
          means: 'It means undetermined.',
          because: `${whatTheAlertSays} Open: What of address? What of journey? What of download? It is not settled. Ada Analyst follows up.`,
          evidence: [],
          against: null,
          language: 'en',
        }),
      )
  })

  it('is one of the guide’s, given by the owner, once, before the end', () => {
    given(...working)
      .when(recordVerdict('maybe'))
      .thenRefused('no-verdict')
    given(...working)
      .when(recordVerdict('constructor', 'why'))
      .thenRefused('no-verdict')
    given(...working)
      .when(recordVerdict('fp-vpn', '', ben))
      .thenRefused('not-owner', { owner: ada.name })
    given(opened).when(recordVerdict('fp-vpn')).thenRefused('nobody-owns')
    given(...untilJudged)
      .when(recordVerdict('tp', 'why'))
      .thenRefused('already-judged', { verdict: 'Untagged VPN', by: ada.name })
    given(...untilClosed)
      .when(recordVerdict('tp', 'why'))
      .thenRefused('closed')
  })

  it('is taken back by the owner, before the end', () => {
    const reconsider = intent(ada, { type: 'withdraw-verdict' })
    given(...untilJudged)
      .when(reconsider)
      .then(wrote(ada, { type: 'judgement-withdrawn' }))
    given(...working)
      .when(reconsider)
      .thenRefused('not-judged')
    given(...untilJudged)
      .when({ ...reconsider, by: ben })
      .thenRefused('not-owner')
    given(...untilClosed)
      .when(reconsider)
      .thenRefused('closed')
  })
})
