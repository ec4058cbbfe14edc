import type { Check, Guide, Step, Verdict } from '../../triage/guide.js'

/** A step; required and unconditional unless said otherwise. */
export const aStep = (id: string, but: Partial<Step> = {}): Step => ({
  id,
  do: `Do ${id}`,
  optional: false,
  when: null,
  ...but,
})

/** A check with these options and "not known". */
export const aCheck = (id: string, options: readonly string[], but: Partial<Check> = {}): Check => ({
  id,
  ask: `What of ${id}?`,
  how: `Look at ${id}.`,
  look: [],
  registers: {},
  options: [...options, 'unknown'].map((option) => ({ id: option, text: `It is ${option}`, asks: null })),
  decides: false,
  finding: null,
  also: null,
  manager: null,
  ...but,
})

/** A verdict that is always allowed and asks for nothing. */
export const aVerdict = (id: string, but: Partial<Verdict> = {}): Verdict => ({
  id,
  class: 'FP',
  label: `Label of ${id}`,
  means: `It means ${id}.`,
  needs: [],
  against: [],
  because: [{ say: `Because of ${id}.`, when: null }],
  actions: [],
  ...but,
})

/** A guide without checks and verdicts. */
export const aGuide = (but: Partial<Guide> = {}): Guide => ({
  type: 'impossible-travel',
  version: 'v1',
  language: 'en',
  title: 'Impossible travel',
  sharesTitle: null,
  family: 'cloud-apps',
  preview: false,
  guidance: 'microsoft',
  tactics: ['initial-access'],
  severity: 'medium',
  matches: { keys: [], titles: [] },
  learning: null,
  about: 'One account in two places at once.',
  urgent: [],
  checks: [],
  verdicts: [],
  scope: [],
  tuning: [],
  follows: [],
  ...but,
})

/** The guide for alerts no other one knows. */
export const other = aGuide({ type: 'other', title: 'Another alert', family: 'any', severity: 'low' })

/**
 * A small guide with all a guide can have: three checks, the manager asked for one; a verdict that needs one thing, one that
 * needs either of two, one that much speaks against, and undetermined; required, optional and conditional actions.
 */
export const travel = aGuide({
  matches: { keys: ['ANUBIS_DETECTION_VELOCITY'], titles: ['Impossible travel activity'] },
  learning: { days: { from: 7, to: 7 }, effect: 'quiet' },
  checks: [
    aCheck('address', ['ours', 'foreign']),
    aCheck('journey', ['yes', 'no'], { manager: { ask: 'Was {user} in {country} then?' } }),
    aCheck('download', ['yes', 'no']),
  ],
  verdicts: [
    aVerdict('tp', {
      class: 'TP',
      label: 'Account in other hands',
      needs: [{ journey: ['no'] }, { address: ['foreign'], download: ['yes'] }],
      against: [{ address: ['ours'] }],
      because: [{ say: 'Somebody other than {user} signed in from {address}.', when: null }],
      actions: [
        aStep('suspend-user'),
        aStep('close-alert', { do: 'Close the alert as a true positive' }),
        aStep('tell-user', { optional: true }),
        aStep('roll-back', { when: 'if anything was changed' }),
      ],
    }),
    aVerdict('fp-vpn', {
      label: 'Untagged VPN',
      needs: [{ address: ['ours'] }],
      against: [{ download: ['yes'] }],
      because: [{ say: '{address} belongs to a VPN of ours.', when: null }],
      actions: [aStep('close-alert', { do: 'Close the alert as a false positive' }), aStep('tag-range')],
    }),
    aVerdict('btp-travel', {
      class: 'B-TP',
      label: 'Confirmed travel',
      needs: [{ journey: ['yes'] }],
      because: [{ say: '{user} was travelling.', when: null }],
      actions: [aStep('close-alert', { do: 'Close the alert as benign' })],
    }),
    aVerdict('undetermined', {
      class: 'undetermined',
      label: 'Undetermined',
      because: [{ say: 'It is not settled.', when: null }],
    }),
  ],
  scope: [aStep('same-place'), aStep('other-alerts', { optional: true })],
  tuning: [aStep('tag-ranges', { optional: true })],
  follows: [{ after: 'mail-forwarding', withinDays: 7, says: 'An intruder may be in this mailbox.', first: null }],
})
