import type { Diary, Event } from '../../triage/event.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import type { Doubt, Relation } from '../../triage/verifier.js'
import type { CaseContext } from '../case-context.js'
import { countryNames } from '../countries.js'
import { shortTime } from '../time.js'
import type { HistoryEntry } from './view-parts.js'
import { whatOf, whyOf } from './response.js'
import { sourceStanding } from './source-standing.js'
import { effectWords, isRoutine } from './told-outside.js'
import { inWords } from '../unreached.js'
import { countOf, whenOf } from './looked-up.js'
import { escapeUntrusted } from '../escape.js'

/** The newest lines of a diary that can be told, oldest first. */
export const history = ({ diary, guide, phrases, zone }: CaseContext, newest: number): readonly HistoryEntry[] =>
  newestTold(diary, phrases, newest).map((event) => ({
    when: shortTime(event.at, zone, languageOf(phrases)),
    what: escapeUntrusted(historyLine(event, guide, phrases, verdictAt(diary, event)), 300),
  }))

/** True when there are words for such an event: a type that a newer Winnow wrote is kept in the diary and passed over. */
export const isTold = (event: Event, phrases: Phrases): boolean => Object.hasOwn(phrases, `history.${phraseOf(event)}`)

/** From the end, for a diary may be long. */
const newestTold = (diary: Diary, phrases: Phrases, most: number): readonly Event[] => {
  const told: Event[] = []
  for (let line = diary.length - 1; line >= 0 && told.length < most; line--) {
    const event = diary[line]
    // Of alerts that joined one after the other the last is told: the card lists them all.
    const isOneOfMany = event?.type === 'member-joined' && told[0]?.type === 'member-joined'
    if (event && isTold(event, phrases) && !isOneOfMany) told.unshift(event)
  }
  return told
}

/** The verdict that stood when an event was written, by its id; "" when there was none yet. */
export const verdictAt = (diary: Diary, event: Event): string => {
  for (let line = diary.lastIndexOf(event) - 1; line >= 0; line--) {
    const earlier = diary[line]
    if (earlier?.type === 'judged') return earlier.verdict
  }
  return ''
}

/** One line of a diary as a sentence; `verdict` tells whose steps were marked, for records without their words. It holds people's words: untrusted. */
export const historyLine = (event: Event, guide: Guide, phrases: Phrases, verdict = ''): string =>
  say(phrases, `history.${phraseOf(event)}`, { by: event.by.name, ...details(event, guide, phrases, verdict) }) +
  (event.via?.group === undefined ? '' : ` ${say(phrases, 'history.via-group', { code: event.via.group })}`)

const phraseOf = (event: Event): string =>
  event.type === 'judged' && event.against !== null
    ? 'judged-against'
    : event.type === 'finding-noted' && event.finding === ''
      ? 'finding-removed'
      : clockPhrase(event) !== null
        ? `${event.type}${clockPhrase(event) ?? ''}`
        : event.type === 'joined' || event.type === 'left-group'
          ? `${event.type}.${event.type === 'joined' ? event.as : event.why}`
          : event.type === 'action-asked' && event.undoes !== undefined
            ? 'action-asked.undo'
            : event.type === 'effect-noted'
              ? `effect-noted.${isRoutine(event) ? 'routine' : event.state}`
              : event.type

/** What clocks do is told by why they do it; null for everything else. */
const clockPhrase = (event: Event): string | null => {
  if (event.type === 'paged') return `.${event.why}`
  if (event.type === 'reminded' || event.type === 'confirmation-passed-on') return `.${event.as}`
  return event.type === 'released' && event.why ? `-${event.why}` : null
}

const details = (event: Event, guide: Guide, phrases: Phrases, verdict: string): Readonly<Record<string, string>> => {
  switch (event.type) {
    case 'opened':
      return { title: event.alert.title, source: say(phrases, `source.${event.alert.source}`) }
    case 'handed-over':
      return { to: event.to.name }
    case 'released':
      return { from: event.from?.name ?? event.by.name }
    case 'paged':
      return { names: event.to.map(({ name }) => name).join(', ') }
    case 'reminded':
      return { person: event.person.name }
    case 'confirmation-passed-on':
      return { from: event.from.name, to: event.to.name }
    case 'answered': {
      const check = guide.checks.find(({ id }) => id === event.check)
      const option = check?.options.find(({ id }) => id === event.option)
      const finding = event.finding ?? ''
      return {
        ask: event.ask ?? check?.ask ?? event.check,
        answer: event.text ?? option?.text ?? event.option,
        // Phrases are without blanks around them.
        finding: finding === '' ? '' : ` ${say(phrases, 'history.with-finding', { finding })}`,
      }
    }
    case 'finding-noted':
      return {
        ask: event.ask ?? guide.checks.find(({ id }) => id === event.check)?.ask ?? event.check,
        finding: event.finding,
      }
    case 'answer-withdrawn':
      return { ask: event.ask ?? guide.checks.find(({ id }) => id === event.check)?.ask ?? event.check }
    case 'judged':
      return { verdict: verdictName(event.class, event.label), because: event.because }
    case 'done':
    case 'undone':
      return { step: event.do ?? stepText(event.step, guide, verdict) }
    case 'skipped':
      return { step: event.do ?? stepText(event.step, guide, verdict), reason: event.reason }
    case 'noted':
      return { text: event.text }
    case 'related-opened':
      return { title: event.title, code: event.other.caseId }
    case 'also-reported':
      return { title: event.report.title, source: say(phrases, `source.${event.report.source}`) }
    case 'joined':
    case 'left-group':
      return { code: event.leader }
    case 'member-joined':
      return { title: event.member.title, code: event.member.caseId }
    case 'member-taken-out':
      return { title: event.title, code: event.caseId }
    case 'incident-named':
      return { incident: event.incident, codes: event.others.map(({ caseId }) => caseId).join(', ') }
    case 'manager-asked':
      return { manager: event.manager.name, about: event.about, known: relationWords(event.relation, phrases) }
    case 'manager-doubted':
      return {
        manager: event.manager.name,
        doubts: event.doubts.map((doubt) => doubtWords(doubt, phrases)).join(', '),
      }
    case 'verifier-allowed':
      return {
        manager: event.manager.name,
        reason: event.reason,
        doubts: event.despite.map((doubt) => doubtWords(doubt, phrases)).join(', '),
      }
    case 'app-installed':
      return { person: event.person.name }
    case 'manager-answered':
      return {
        answer: say(phrases, `manager.${event.answer}`),
        dates: dates(event.from, event.to, phrases, event.countries),
        note: event.note === '' ? '' : ` “${event.note}”`,
        doubts: (event.doubts ?? []).map((doubt) => ` (${doubtWords(doubt, phrases)})`).join(''),
      }
    case 'journey-revoked':
    case 'reopened':
      return { reason: event.reason === '' ? '' : `: ${event.reason}` }
    case 'source-updated':
      return { source: say(phrases, `source.${event.source}`), standing: sourceStanding(event, phrases) }
    case 'looked-up': {
      const rows = event.rows.length === 0 ? '' : `: ${event.rows.join(' | ')}`
      return {
        what: event.what,
        source: say(phrases, `looked-up.in.${event.source}`),
        when: whenOf(event, phrases),
        count: countOf(event, phrases),
        rows,
      }
    }
    case 'look-up-failed':
      return {
        what: event.lookUps.map(({ what }) => what).join(', '),
        why: say(phrases, `look-up.${event.why}`, { permission: event.permission ?? '' }),
      }
    case 'effect-noted':
      return effectWords(event, phrases)
    case 'action-asked':
      return {
        what: whatOf(event, phrases),
        reason: event.reason,
        dry: event.dryRun ? ` ${say(phrases, 'response.dry-run')}` : '',
      }
    case 'action-declined':
      return { what: whatOf(event, phrases), reason: event.reason === '' ? '' : ` (${event.reason})` }
    case 'action-approved':
    case 'action-expired':
    case 'action-carried-out':
    case 'action-rehearsed':
    case 'action-undone':
      return { what: whatOf(event, phrases) }
    case 'action-failed':
      return { what: whatOf(event, phrases), why: whyOf(event, phrases) }
    case 'manager-unreached':
      return { detail: inWords(event.detail, phrases) }
    default:
      return {}
  }
}

/** How it was known whose manager someone is, with a leading blank; '' where the record does not tell, or one is everyone's. */
const relationWords = (relation: Relation | undefined, phrases: Phrases): string => {
  if (!relation || relation.source === 'everyone') return ''
  const at = shortTime(relation.readAt)
  const { source, because } = relation
  return ` ${say(phrases, because === undefined ? `history.relation.${source}` : 'history.relation.instead', { at })}`
}

/** What speaks against a manager, as a clause. */
export const doubtWords = (doubt: Doubt, phrases: Phrases): string =>
  doubt.kind === 'subject'
    ? say(phrases, 'doubt.subject', { code: doubt.caseId })
    : say(phrases, 'doubt.changed', { day: doubt.on })

/** A verdict's name as the field writes it: "FP - Untagged VPN", "TP"; just the class where the label repeats it. */
export const verdictName = (verdictClass: string, label: string): string =>
  verdictClass === 'undetermined' ? label : label === verdictClass ? label : `${verdictClass} - ${label}`

/**
 * The text of a step by its name, also when it belongs to a verdict that does not stand any more.
 *
 * Verdicts share the ids of steps and word them differently, so the one that stood has the first word.
 */
export const stepText = (name: string, { urgent, scope, tuning, verdicts }: Guide, verdict = ''): string => {
  const [kind, id] = name.split('/')
  const ofVerdicts = [...verdicts.filter((one) => one.id === verdict), ...verdicts].flatMap(({ actions }) => actions)
  const ofKind = new Map([
    ['urgent', urgent],
    ['scope', scope],
    ['tuning', tuning],
  ])
  const steps = ofKind.get(kind ?? '') ?? ofVerdicts
  return steps.find((step) => step.id === id)?.do ?? name
}

/** The journey's dates in words, with a leading blank; "" when the manager gave none. */
export const dates = (
  from: string | null,
  to: string | null,
  phrases: Phrases,
  countries: readonly string[] = [],
): string => {
  if (from === null && to === null) return ''
  const where = countries.length === 0 ? '' : ` ${countryNames(countries, languageOf(phrases))}`
  return `${where} ${say(phrases, 'manager.dates', { from: from ?? '?', to: to ?? '?' })}`
}
