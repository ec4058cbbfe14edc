import type { Alert } from './alert.js'
import { answerWords } from './answer-words.js'
import type { Answer, Case, Confirmation } from './case.js'
import { evaluateVerdicts, holds, isAllowed, type VerdictState } from './evaluate-verdicts.js'
import { type Guide, unknown, type Verdict } from './guide.js'
import { daysIn, isDoubted, managersFinding } from './managers-word.js'
import { nextChecks } from './next-checks.js'
import type { Person } from './person.js'
import { countryIn, countryInSentence, joined, joinedWith } from './because-words.js'
import { type Phrases, say } from './phrases.js'

/** The placeholders a guide's sentences may use; where the alert does not tell, `because.…` of these names stands there. */
export const placeholders: readonly string[] = ['user', 'address', 'country', 'app', 'resource']

/** Fill a guide's sentence with the alert's facts. The result holds the source's words: untrusted. */
export const fill = (sentence: string, alert: Alert, words: Phrases = joinedWith({})): string =>
  say({ sentence }, 'sentence', {
    ...Object.fromEntries(placeholders.map((name) => [name, joined(words, name)])),
    ...factsOf(alert, words),
  })

/** The most words a because has. */
export const longestBecause = 120

/** What somebody who records a verdict adds to it: who they are, and a sentence of their own, '' for none. */
export type Recording = { readonly by: Person; readonly words: string }

/** What of a case a because is composed from. */
export type Grounds = Pick<Case, 'alert' | 'answers' | 'confirmation'>

/**
 * The because of a verdict: what the alert says, what was seen for each check that decided, the manager's word, and then what the
 * verdict claims of all that. It has at most `longestBecause` words and is the same wherever it is shown. Untrusted: the source's and
 * people's words are in it.
 *
 * It claims only what was established: of the verdict's own sentences those whose answers were given. A verdict that the answers do
 * not allow is told as an override, with the recorder's words beside what the answers said; undetermined names what is open and what
 * contradicts what.
 */
export const because = (
  verdictState: VerdictState,
  grounds: Grounds,
  guide: Guide,
  recording: Recording | null,
): string => {
  const { verdict } = verdictState
  const isUndetermined = verdict.class === 'undetermined'
  const isOverride = !isAllowed(verdictState)
  const joining = joinedWith(guide)
  const claims = claimsOf(verdict, grounds, isOverride, joining)
  const words = recording?.words ?? ''
  const by = recording?.by.name ?? ''
  const own =
    words === ''
      ? ''
      : isOverride
        ? joined(joining, 'override', { by, words: sentence(words) })
        : joined(joining, 'adds', { by, words: sentence(words) })
  const ending = [
    ...(isUndetermined ? [openPoints(grounds, guide), conflicts(grounds, guide)] : []),
    managersWord(grounds.confirmation, joining),
    ...claims,
    ...(isUndetermined && recording ? [joined(joining, 'follows-up', { by })] : []),
    own,
  ].filter((text) => text !== '')
  const start = alertFacts(grounds.alert, ending.join(' '), joining)
  const left = longestBecause - wordsIn([start, ...ending].join(' '))
  const answers = answersWithin(left, said(verdictState, grounds, guide), joining)
  return shortened([start, ...answers, ...ending].filter((text) => text !== '').join(' '), longestBecause)
}

/** The verdict's own sentences that the answers establish; of an override only those that hang on answers. */
export const claimsOf = (
  verdict: Verdict,
  { alert, answers }: Grounds,
  isOverride: boolean,
  words?: Phrases,
): readonly string[] => {
  const given = new Map(answers.map(({ check, option }) => [check, option]))
  return verdict.because
    .filter(({ when }) => (when === null ? !isOverride : holds(when, given)))
    .map((part) => fill(part.say, alert, words))
}

/**
 * An answer to be named: how much it counts (smaller is more), in the order of the guide. An open one is never told without its
 * question.
 */
type Said = {
  readonly weight: number
  readonly ask: string
  readonly text: string
  readonly finding: string
  readonly isOpen: boolean
}

/**
 * The answers worth naming: those that decided come first, then what somebody saw, then corroboration and what rules the rivals out.
 * What is not known is named only where it was asked for as corroboration, counts for the verdict, or somebody said why it is not.
 */
const said = (verdictState: VerdictState, { answers, confirmation }: Grounds, guide: Guide): readonly Said[] => {
  const isUndetermined = verdictState.verdict.class === 'undetermined'
  const rivals = rulingOut(verdictState, answers, guide)
  return guide.checks.flatMap((check) => {
    const given = answers.find((one) => one.check === check.id)
    if (!given) return []
    const isDeciding = verdictState.deciding.includes(check.id)
    const isNamed = isDeciding || check.also !== null || given.finding !== ''
    const isOpen = given.option === unknown
    // What is open is told by itself there, unless somebody said why it is: that is what decided.
    if (isOpen && (isUndetermined ? given.finding === '' : !isNamed)) return []
    const weight = isDeciding
      ? 0
      : given.finding !== ''
        ? 1
        : check.also !== null || check.decides
          ? 2
          : rivals.has(check.id)
            ? 3
            : isUndetermined || !isAllowed(verdictState)
              ? 4
              : null
    if (weight === null) return []
    const { ask, text } = answerWords(given, guide)
    // "Unknown: no one reached, or they can't say" leaves open what the finding says.
    // The manager's word is told by itself, with what came of it since.
    const finding = given.finding === managersFinding(confirmation, joinedWith(guide)) ? '' : given.finding
    return [{ weight, ask, text: isOpen && given.finding !== '' ? firstPart(text) : text, finding, isOpen }]
  })
}

/** The checks whose answers speak against another verdict or rule it out, or do not contradict this one although they could. */
const rulingOut = (verdictState: VerdictState, answers: readonly Answer[], guide: Guide): ReadonlySet<string> =>
  new Set([
    ...verdictState.verdict.against.flatMap((one) => Object.keys(one)),
    ...evaluateVerdicts(guide, answers)
      .filter(({ verdict }) => verdict.class !== verdictState.verdict.class)
      .flatMap(({ contradictions }) => contradictions),
  ])

/** As many answers as fit: first without the questions of those that can do without, then without those that count least. */
const answersWithin = (most: number, list: readonly Said[], words: Phrases): readonly string[] => {
  let all = list
  for (let weight = 4; weight >= 0; weight -= 1) {
    for (const withQuestion of [true, false]) {
      const texts = all.map((one) => inWords(one, withQuestion, words))
      if (wordsIn(texts.join(' ')) <= most) return texts
    }
    if (weight > 1) all = all.filter((one) => one.weight < weight)
  }
  return cut(most, all, words)
}

/**
 * Answers cut to what fits. What was seen counts more than the option's words, which are cut first; then the longest findings are,
 * each to the same length, so that a short one stays whole. No answer is left out.
 */
const cut = (most: number, list: readonly Said[], joining: Phrases): readonly string[] => {
  const bare = (one: Said, words: number): string => shortened(inWords({ ...one, finding: '' }, false, joining), words)
  const findings = list.filter(({ finding }) => finding !== '').map(({ finding }) => wordsIn(sentence(finding)))
  const lengths = [120, 8, 5].map((words) => {
    const left = most - list.reduce((sum, one) => sum + wordsIn(bare(one, words)), 0)
    const each = longestWithin(left, findings)
    return { words, each }
  })
  const { words, each } = lengths.find((one) => one.each >= 12) ?? lengths.at(-1) ?? { words: 5, each: 5 }
  return list.map((one) =>
    one.finding === ''
      ? bare(one, words)
      : `${bare(one, words).replace(/\.$/, '')}: ${shortened(sentence(one.finding), each)}`,
  )
}

/** How many words each may have at most, so that all together have no more than `most`; not under five. */
const longestWithin = (most: number, lengths: readonly number[]): number => {
  let each = Math.max(5, ...lengths)
  while (each > 5 && lengths.reduce((sum, one) => sum + Math.min(one, each), 0) > most) each -= 1
  return each
}

/** An option that means nothing without its question. */
const saysLittle = (text: string, words: Phrases): boolean =>
  joined(words, 'little')
    .split(', ')
    .includes(text.split(/[,:;.]/)[0]?.toLowerCase() ?? '')

/** What an option says, without the examples behind its colon. */
const firstPart = (text: string): string => text.split(':')[0] ?? text

const inWords = ({ ask, text, finding, isOpen }: Said, withQuestion: boolean, words: Phrases): string => {
  const start = withQuestion || isOpen || saysLittle(text, words) ? `${ask} ${text}` : text
  return finding === '' ? `${start}.` : `${start}: ${sentence(finding)}`
}

/** What is open, as the questions that have no answer, or an unknown one that nobody said anything about. */
const openPoints = ({ answers }: Grounds, guide: Guide): string => {
  const { ahead } = nextChecks(guide, answers)
  const open = guide.checks.filter(
    (check) =>
      answers.some(({ check: id, option, finding }) => id === check.id && option === unknown && finding === '') ||
      ahead.includes(check),
  )
  return open.length === 0 ? '' : joined(joinedWith(guide), 'open', { asks: open.map(({ ask }) => ask).join(' ') })
}

/** Which verdict the answers would allow, and what speaks against it. */
const conflicts = ({ answers }: Grounds, guide: Guide): string =>
  evaluateVerdicts(guide, answers)
    .filter(({ state }) => state === 'contradicted')
    .slice(0, 2)
    .map(({ verdict, contradictions }) => {
      const speaking = answers.filter(({ check, option }) => contradictions.includes(check) && option !== unknown)
      return speaking.length === 0
        ? ''
        : joined(joinedWith(guide), 'against', {
            label: verdict.label,
            answers: speaking.map((given) => answerWords(given, guide).text).join('; '),
          })
    })
    .filter((text) => text !== '')
    .join(' ')

/** What the manager said and when, or that they have not answered; '' when nobody was asked. */
const managersWord = (confirmation: Confirmation | null, words: Phrases): string => {
  if (!confirmation || isDoubted(confirmation)) return ''
  const { manager, state, answer, from, to, note, answeredAt, askedAt } = confirmation
  if (state !== 'answered' || answer === null)
    return joined(words, 'asked', { manager: manager.name, at: time(askedAt) })
  const days = daysIn(from, to, words)
  const own = note === '' ? '.' : `: ${sentence(note)}`
  const said = joined(words, 'answered', {
    manager: manager.name,
    answer: joined(words, `answer.${answer}`),
    at: time(answeredAt ?? askedAt),
  })
  return `${said}${days === '' ? '' : `, ${days}`}${own}`
}

/** Who, from where, on what and when, as the alert says; what the verdict's own sentences name already is left out. */
const alertFacts = (alert: Alert, told: string, words: Phrases): string => {
  const { user, app, resource } = factsOf(alert, words)
  const addresses = list(
    alert.addresses
      .slice(0, 3)
      .map(({ ip, country }) => (country === null ? ip : `${ip} (${countryIn(words, country)})`)),
    words,
  )
  const isTold = (...texts: readonly string[]) => texts.every((text) => told.includes(text))
  const parts = [
    user !== undefined && !isTold(user) ? user : '',
    addresses !== '' &&
    !isTold(
      ...alert.addresses
        .slice(0, 3)
        .flatMap(({ ip, country }) => (country === null ? [ip] : [ip, countryIn(words, country)])),
    )
      ? joined(words, 'from', { addresses })
      : '',
    app !== undefined && !isTold(app) ? joined(words, 'of-app', { app }) : '',
    resource !== undefined && !isTold(resource) ? joined(words, 'of-resource', { resource }) : '',
  ].filter((text) => text !== '')
  const start = joined(words, 'alert', { at: time(alert.occurredAt) })
  return parts.length === 0 ? `${start}.` : `${start}: ${shortened(parts.join(', '), 40)}.`
}

const time = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

/** Somebody's words as a sentence, whatever they end with. */
const sentence = (words: string): string => {
  const plain = words.replace(/\s+/gu, ' ').trim()
  return /[.!?…]$/u.test(plain) ? plain : `${plain}.`
}

const wordsIn = (text: string): number => text.split(' ').filter((word) => word !== '').length

const shortened = (text: string, most: number): string => {
  const words = text.split(' ').filter((word) => word !== '')
  return words.length <= most ? words.join(' ') : `${words.slice(0, most).join(' ')}…`
}

const factsOf = (alert: Alert, words: Phrases): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      user: list(
        alert.people.slice(0, 3).map(({ upn, name, objectId }) => upn ?? name ?? objectId ?? ''),
        words,
      ),
      address: list(
        alert.addresses.slice(0, 3).map(({ ip }) => ip),
        words,
      ),
      country: list(
        alert.addresses.slice(0, 3).map(({ country }) => countryInSentence(words, country ?? '')),
        words,
      ),
      app: list(
        [...alert.apps, ...(alert.identities ?? []).map(({ name, id }) => name ?? id ?? '')].slice(0, 3),
        words,
      ),
      resource: list(alert.resources.slice(0, 3), words),
    }).filter(([, value]) => value !== ''),
  )

const list = (texts: readonly string[], words: Phrases): string => {
  const some = [...new Set(texts.filter((text) => text !== ''))]
  return some.length < 2
    ? (some[0] ?? '')
    : joined(words, 'and', { some: some.slice(0, -1).join(', '), last: some.at(-1) ?? '' })
}
