import assert from 'node:assert/strict'
import type { CaseContext } from '../../dialogs/case-context.js'
import { showPerson } from '../../dialogs/show/show-person.js'
import { showChannel } from '../../dialogs/show/show.js'
import type { View } from '../../dialogs/show/view.js'
import type { Alert } from '../../triage/alert.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { mostInGroup } from '../../triage/group.js'
import { winnow } from '../../triage/person.js'
import type { Guide } from '../../triage/guide.js'
import type { Phrases } from '../../triage/phrases.js'
import { walks } from '../../content/load/walks.js'
import { ben, wrote } from './cast.js'
import { openedWith } from './diary.js'
import { aReport, memberJoined } from './group.js'
import { aFinding } from './looked-up.js'

/** What others say at its worst: words of such a length. */
export type Words = (length: number) => string

/** Endless words of the widest letter. */
export const wide: Words = (length) => 'W'.repeat(length)

/**
 * The cards of a guide with everything on them at once, new, at the first and the last check, at the verdict, judged and closed: a group that is full,
 * told by three sources, related cases, evidence, long links, the manager's answer, and nobody who writes knows an end.
 */
export const fullestViews = (guide: Guide, phrases: Phrases, words: Words): readonly View[] => {
  const zoe = { id: 'u-zoe', name: words(100) }
  const mia = { id: 'u-mia', name: words(100) }
  const person = (index: number) => ({ upn: `${index}${words(200)}`, objectId: null, name: `${words(200)}${index}` })
  const address = (index: number) => ({ ip: `2001:db8:85a3:8d3:1319:8a2e:370:${7000 + index}`, country: words(60) })
  const many = Array.from({ length: 300 }, (_, index) => index)
  const alert: Partial<Alert> = {
    type: guide.type,
    title: words(500),
    description: words(40_000),
    people: many.map(person),
    addresses: many.map(address),
    apps: many.map(() => words(200)),
    resources: many.map(() => words(500)),
    operations: many.map(() => words(200)),
    link: `https://security.microsoft.com/${'x'.repeat(480)}`,
    sample: true,
  }
  const members = Array.from({ length: mostInGroup - 1 }, (_, index) =>
    memberJoined({
      caseId: `M3MB-3R00-${String(index).padStart(4, '0')}`,
      title: words(500),
      people: many.slice(0, 2).map(person),
      addresses: many.slice(0, 2).map(address),
    }),
  )
  const reports = (['graph', 'sentinel', 'defender-for-cloud'] as const).map((source, index) =>
    wrote(zoe, {
      type: 'also-reported',
      report: aReport({
        caseId: `TW1N-0000-000${index}`,
        source,
        title: words(500),
        sourceAlertId: words(300),
        link: `https://security.microsoft.com/${'y'.repeat(480)}`,
        adds: { people: many.map(person), addresses: many.map(address), apps: [words(200)], resources: [words(500)] },
      }),
    }),
  )
  const opened = { ...openedWith(alert), playbook: guide.type }
  const context = (...more: readonly Event[]): CaseContext => {
    const diary = [opened, ...members, ...reports, ...more]
    const state = replay(diary)
    assert.ok(state)
    return {
      state,
      diary,
      cards: {},
      guide,
      phrases,
      titleOf: () => words(100),
      portals: ['security.microsoft.com'],
      draft: words(200),
      related: Array.from({ length: 10 }, (_, index) => ({
        caseId: `R3LA-T3D0-000${index}`,
        title: words(500),
        occurredAt: '2026-03-01T08:00:00Z',
        shares: ['person', 'address', 'app', 'resource'] as const,
        isOpen: index < 5,
        verdict: 'FP - Approved forwarding rule of the user',
      })),
      hits: (wanted) =>
        wanted.flatMap((register) =>
          Array.from({ length: 5 }, () => ({
            register,
            entry: words(80),
            kind: null,
            owner: words(80),
            matched: words(200),
            from: '2026-01-01',
            to: '2026-12-31',
            standing: 'current' as const,
            countries: [],
            asOf: '2026-02-01',
          })),
        ),
      lookUps: (ids) =>
        ids.map((id) => ({
          id,
          say: 'Query sign-in logs',
          url: `https://security.microsoft.com/?q=${'q'.repeat(1500)}`,
          query: null,
        })),
    }
  }
  const claimed = wrote(zoe, { type: 'claimed' })
  const lookedUp = [...new Set(guide.checks.flatMap(({ look }) => look))].map((lookUp) =>
    wrote(winnow, {
      type: 'looked-up',
      ...aFinding({
        lookUp,
        what: words(40),
        count: 200,
        isMore: true,
        rows: Array.from({ length: 5 }, () => words(200)),
      }),
    }),
  )
  const manager = guide.checks.find((check) => check.manager !== null)
  const said: readonly Event[] = manager
    ? [
        wrote(zoe, {
          type: 'manager-asked',
          manager: mia,
          check: manager.id,
          about: words(200),
          ask: manager.manager?.ask ?? '',
          language: 'en',
          until: '2026-03-02T10:00:00Z',
        }),
        wrote(mia, { type: 'manager-answered', answer: 'not-sure', from: null, to: null, note: words(2000) }),
      ]
    : []
  const notes = Array.from({ length: 8 }, () => wrote(zoe, { type: 'noted', text: words(2000) }))
  const ways = walks(guide)
  const way = ways.reduce((longest, one) => (one.length > longest.length ? one : longest), ways[0] ?? [])
  const answers = way.map(({ check, option }) => wrote(zoe, { type: 'answered', check, option, finding: words(200) }))
  const working = [...new Set([0, answers.length - 1, answers.length])].map((count) =>
    context(claimed, ...lookedUp, ...said, ...answers.slice(0, count), ...notes),
  )
  // Whatever the verdict, the card of malicious activity has the most to do.
  const judged = guide.verdicts
    .filter((one) => one.class === 'TP')
    .slice(0, 1)
    .flatMap(({ id, class: verdictClass, label }) => {
      const texts = { because: words(2000), against: words(2000), evidence: [] }
      const verdict = { verdict: id, class: verdictClass, label, ...texts }
      const start = [claimed, ...said, ...answers, wrote(zoe, { type: 'judged', ...verdict })]
      const stepStates = Object.keys(stepsOf(context(...start).state, guide)).map((step) =>
        wrote(zoe, { type: 'skipped', step, reason: words(2000) }),
      )
      return [
        context(...start, ...notes),
        context(...start, ...stepStates, ...notes),
        context(...start, ...stepStates, wrote(zoe, { type: 'closed' })),
      ]
    })
  return [context(), ...working, ...judged].flatMap((one) => [
    showChannel(one, words(120)),
    showPerson(one, ben.id, words(120)),
  ])
}
