import { walks } from '../../content/load/walks.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { showPerson } from '../../dialogs/show/show-person.js'
import { listed } from '../../dialogs/show/listed.js'
import { showList } from '../../dialogs/show/show-list.js'
import { showChannel, showManager } from '../../dialogs/show/show.js'
import type { View } from '../../dialogs/show/view.js'
import { because } from '../../triage/because.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Event, Related } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import { winnow } from '../../triage/person.js'
import { isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { ada, anAlert, ben, caseId, minute, wrote } from '../support/cast.js'
import { asked, claimed, closed, managerSaid, openedWith } from '../support/diary.js'
import { aFinding } from '../support/looked-up.js'

/** A view with a name that tells where in a case it stands. */
export type Named = readonly [name: string, view: View]

/** What each type of alert is called. */
export type Titles = ReadonlyMap<string, string>

/**
 * Every card of a guide: new; each check where it is asked; each verdict offered, judged and closed; the manager's question; and
 * what others see. Of several ways to the same card, the one with the most on it.
 */
export const viewsOf = (guide: Guide, phrases: Phrases, titles: Titles): readonly Named[] => {
  const views = new Map<string, View>()
  const context = (...more: readonly Event[]): CaseContext => seenAfter(guide, phrases, titles, more)
  const add = (name: string, view: View | null) => {
    if (view && lengthOf(view) > lengthOf(views.get(name))) views.set(name, view)
  }
  add('new', showChannel(context()))
  const met = new Set<string>()
  const longest = new Map<string, number>()
  for (const way of some(walks(guide))) {
    const answers = way.map(({ check, option }) => wrote(ada, { type: 'answered', check, option }))
    const manager = guide.checks.some((check) => check.manager !== null) ? [asked, managerSaid('not-sure')] : []
    const until = (count: number) => context(claimed, ...manager, ...answers.slice(0, count))
    way.forEach(({ check }, index) => {
      const key = JSON.stringify(way.slice(0, index))
      if (met.has(key)) return
      met.add(key)
      add(`check ${check}`, showChannel(until(index)))
      add("somebody else's chat", showPerson(until(index), ben.id))
    })
    const offered = showChannel(until(way.length))
    for (const standing of evaluateVerdicts(guide, way).filter(isAllowed)) {
      const { id, class: verdictClass, label } = standing.verdict
      const reason = because(standing, context(...manager, ...answers).state, guide, null)
      add(`offered ${id}`, offered)
      // What was answered shows in the because alone: of the same verdict only the longest is worth drawing.
      if (reason.length <= (longest.get(id) ?? -1)) continue
      longest.set(id, reason.length)
      const verdict = { verdict: id, class: verdictClass, label, because: reason, evidence: [], against: null }
      const judged = [claimed, ...manager, ...answers, wrote(ada, { type: 'judged', ...verdict })] as const
      const stepStates = ticksOf(context(...judged))
      add(`judged ${id}`, showChannel(context(...judged)))
      add('ticked', showChannel(context(...judged, ...stepStates)))
      add('closed', showChannel(context(...judged, ...stepStates, closed)))
      add('released', showChannel(context(...judged, wrote(ada, { type: 'released' }))))
    }
  }
  if (guide.checks.some(({ manager }) => manager !== null)) add('question', showManager(context(claimed, asked)))
  return [...views]
}

/** The longest list there is, of alerts that are called what the guides are called. */
export const queueOf = (guides: readonly Guide[], phrases: Phrases): View => {
  const rows = guides.map((guide, index) => {
    const { state } = seenAfter(guide, phrases, new Map(), index % 2 === 0 ? [claimed] : [])
    return listed({ ...state, openedAt: minute(index) }, guide)
  })
  const filter = { family: null, atLeast: null, person: '' }
  return showList({ kind: 'queue', filter, page: 1 }, rows, minute(90), phrases)
}

const lengthOf = (view: View | undefined): number => (view ? JSON.stringify(view).length : 0)

const seenAfter = (guide: Guide, phrases: Phrases, titles: Titles, more: readonly Event[]): CaseContext => {
  const alert = { type: guide.type, title: guide.title, resources: ['subscription contoso-production'] }
  const opened = { ...openedWith(alert, beforeOf(guide)), playbook: guide.type }
  const diary = [opened, ...lookedUp(guide), ...more]
  const state = replay(diary)
  if (!state) throw new RangeError('the diary is empty')
  // Each check is drawn where it stands in the guide.
  const follows = guide.follows.map((follow) => ({ ...follow, first: null }))
  const titleOf = (type: string) => titles.get(type) ?? type
  return { state, diary, cards: {}, guide: { ...guide, follows }, phrases, titleOf }
}

/** What Winnow found for every check that names something. */
const lookedUp = ({ checks }: Guide): readonly Event[] =>
  [...new Set(checks.flatMap(({ look }) => look))].map((lookUp) =>
    wrote(winnow, {
      type: 'looked-up',
      ...aFinding({
        lookUp,
        what: 'Sign-ins from the IP address',
        count: 200,
        isMore: true,
        rows: ['2026-03-02 08:41Z, Office 365 Exchange Online, 198.51.100.177, US, New York, LAPTOP-0042, Windows 11'],
      }),
    }),
  )

/** An alert that changes the reading of this one, where the guide knows any. */
const beforeOf = ({ follows }: Guide): readonly Related[] =>
  follows.slice(0, 1).map(({ after }) => ({ caseId, type: after, occurredAt: anAlert().occurredAt }))

/** Every step but one is done, that one is skipped. */
const ticksOf = ({ state, guide }: CaseContext): readonly Event[] =>
  Object.keys(stepsOf(state, guide)).map((step, index) =>
    index === 0
      ? wrote(ada, { type: 'skipped', step, reason: 'the day shift does it' })
      : wrote(ada, { type: 'done', step }),
  )

/** A few hundred of many ways, evenly: of those that differ in little the cards are as long. */
const some = <T>(ways: readonly T[]): readonly T[] => {
  const each = Math.ceil(ways.length / 300)
  return ways.filter((_, index) => index % each === 0)
}
