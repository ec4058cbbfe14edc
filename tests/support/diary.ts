import type { Alert } from '../../triage/alert.js'
import type { Event, ManagerAnswer, Related } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { ada, anAlert, caseId, mia, minute, now, wrote } from './cast.js'
import { winnow } from '../../triage/person.js'
import { travel } from './guides.js'

/** The first line of a diary: this alert, and what came before for the same person. */
export const openedWith = (alert: Partial<Alert>, related: readonly Related[] = []): Event =>
  wrote(winnow, {
    type: 'opened',
    caseId,
    alert: anAlert(alert),
    playbook: 'impossible-travel',
    version: travel.version,
    title: travel.title,
    language: travel.language,
    ...(related.length > 0 && { related }),
  })
export const opened = openedWith({})

/** Ada has it. */
export const claimed = wrote(ada, { type: 'claimed' })

/** An answer to a check, in the words of the small travel guide, with what was seen. */
export const answered = (check: string, option: string, by: Person = ada, finding = ''): Event =>
  wrote(by, {
    type: 'answered',
    check,
    option,
    ask: `What of ${check}?`,
    text: `It is ${option}`,
    language: 'en',
    ...(finding !== '' && { finding }),
  })

/** An answer taken back. */
export const withdrawn = (check: string, by: Person = ada): Event =>
  wrote(by, { type: 'answer-withdrawn', check, ask: `What of ${check}?`, language: 'en' })

/** The verdict that a VPN of ours allows, with the because of that answer; some of it otherwise. */
export const judgedAs = (but: Partial<Omit<Judged, 'type'>>): Event => ({
  ...vpn,
  means: `It means ${but.verdict ?? vpn.verdict}.`,
  ...but,
})

/** How a because about the alert of these tests begins. */
export const whatTheAlertSays =
  'Alert at 2026-03-02 08:41 UTC: kim@contoso.example, from 192.0.2.10 (Norway) and 198.51.100.7 (Brazil), app Exchange Online.'

type Judged = Extract<Event, { readonly type: 'judged' }>

const vpn: Judged = {
  type: 'judged',
  verdict: 'fp-vpn',
  class: 'FP',
  label: 'Untagged VPN',
  because: `${whatTheAlertSays} What of address? It is ours. 192.0.2.10 and 198.51.100.7 belongs to a VPN of ours.`,
  evidence: [{ check: 'address', option: 'ours', ask: 'What of address?', text: 'It is ours' }],
  against: null,
  language: 'en',
  at: now,
  by: ada,
}

/** The same as it is. */
export const judged = judgedAs({})

/** A step in the words that the small travel guide has for it, where the verdict is that a VPN of ours explains it. */
const wordsOf = (step: string): string =>
  step === 'action/close-alert' ? 'Close the alert as a false positive' : `Do ${step.slice(step.indexOf('/') + 1)}`

/** A diary up to the verdict, and one up to its end. */
export const untilJudged = [opened, claimed, answered('address', 'ours'), judged] as const
export const done = (step: string): Event => wrote(ada, { type: 'done', step, do: wordsOf(step) })
export const undone = (step: string): Event => wrote(ada, { type: 'undone', step, do: wordsOf(step) })
export const skipped = (step: string, reason: string, by: Person = ada): Event =>
  wrote(by, { type: 'skipped', step, reason, do: wordsOf(step) })

/** The end, with these steps left open. */
export const closedWith = (...left: readonly string[]): Event =>
  wrote(ada, { type: 'closed', left: left.map((step) => ({ step, do: wordsOf(step), ...conditions[step] })) })

const conditions: Readonly<Record<string, { readonly when?: string; readonly optional?: true }>> = {
  'action/tell-user': { optional: true },
  'action/roll-back': { when: 'if anything was changed' },
  'scope/other-alerts': { optional: true },
  'tuning/tag-ranges': { optional: true },
}

/** The end, when what the verdict asks for is done and nothing else is. */
export const closed = closedWith('scope/same-place', 'scope/other-alerts', 'tuning/tag-ranges')
export const untilClosed = [...untilJudged, done('action/close-alert'), done('action/tag-range'), closed] as const

/** A manager is asked about somebody; the question lasts an hour. */
export const askedOf = (manager: Person, about: string): Event =>
  wrote(ada, {
    type: 'manager-asked',
    manager,
    check: 'journey',
    about,
    ask: 'Was {user} in {country} then?',
    language: 'en',
    until: minute(60),
  })
export const asked = askedOf(mia, 'Kim Karlsen')

/** What Mia says. */
export const managerSaid = (answer: ManagerAnswer, from: string | null = null, to: string | null = null, note = '') =>
  wrote(mia, { type: 'manager-answered', answer, from, to, note })

/** The question did not reach her, or may not have. */
export const unreached = (why: 'refused' | 'unknown' = 'refused'): Event =>
  wrote(winnow, { type: 'manager-unreached', why, detail: 'Blocked' })

/** The same line as a record of the first format has it: ids alone, none of the words. */
export const withoutWords = (event: Event): Event => {
  const own = event.type === 'answered' ? ['text'] : event.type === 'opened' ? ['title'] : []
  const words = ['ask', 'language', 'do', 'means', 'left', 'version', ...own]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is left out is optional in every event
  return Object.fromEntries(Object.entries(event).filter(([key]) => !words.includes(key))) as Event
}

/** A line that a newer Winnow wrote, of a type that is not known here. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a store hands out such lines as events
export const ofUnknownType = {
  type: 'evidence-found',
  check: 'address',
  option: 'ours',
  at: now,
  by: ada,
} as unknown as Event
