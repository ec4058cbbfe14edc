import { type Phrases, say } from '../../triage/phrases.js'
import { cutToWidth, escapeUntrusted } from '../escape.js'
import { heightOfJudged, heightOfNew, heightOfProgress, heightOfVerdict, heightOfWork } from './height.js'
import type { InFull } from './view-parts.js'
import type { View } from './view.js'

/**
 * The view with no more in sight than two screens of a small phone take: what one needs least to go on is folded away or cut short, one
 * after the other until the rest fits. What is cut says so, and stands whole among the details. Answers, verdicts and actions are never
 * cut, and neither is what just went wrong; of what was typed in vain only the beginning may be in sight.
 */
export const fit = (view: View, phrases: Phrases): View => {
  switch (view.card) {
    case 'new':
      return { card: 'new', data: fitted(view.data, heightOfNew, newCuts(phrases)) }
    case 'work':
      return { card: 'work', data: fitted(view.data, heightOfWork, workCuts(phrases)) }
    case 'verdict':
      return { card: 'verdict', data: fitted(view.data, heightOfVerdict, verdictCuts(phrases)) }
    case 'judged':
      return { card: 'judged', data: fitted(view.data, heightOfJudged, judgedCuts(phrases)) }
    case 'progress':
      return { card: 'progress', data: fitted(view.data, heightOfProgress, progressCuts) }
    default:
      return view
  }
}

/** Nothing is cut. */
export const uncut: InFull = { inFull: [], hasInFull: false }

/** Two screens of 320 x 640, and what the estimate is too high by at the least. */
const twoScreens = 1300

type Cut<Data> = (data: Data) => Data
type DataOf<Card extends View['card']> = Extract<View, { readonly card: Card }>['data']

const fitted = <Data>(data: Data, heightOf: (data: Data) => number, cuts: readonly Cut<Data>[]): Data => {
  let now = data
  for (const cut of cuts) {
    if (heightOf(now) <= twoScreens) break
    now = cut(now)
  }
  return now
}

const newCuts = (phrases: Phrases): readonly Cut<DataOf<'new'>>[] => [
  // It stands whole among the details in any case.
  (data) => ({ ...data, firstWords: '', hasFirstWords: false }),
  foldLaterHints,
  foldHints,
  ...checkCuts<DataOf<'new'>>(phrases),
  cutHeader(phrases),
  (data) => ({ ...data, firstFacts: data.firstFacts.filter(({ name }, at) => at < 2 || name === '…') }),
  cutNotice(phrases),
  hideKind(phrases),
  cutTitle(phrases),
]

/** All of it stands in the history, and in what the owner sees. */
const progressCuts: readonly Cut<DataOf<'progress'>>[] = [
  (data) => ({ ...data, manager: { ...data.manager, state: escapeUntrusted(data.manager.state, 120) } }),
  (data) => ({ ...data, responses: data.responses.map(({ text }) => ({ text: escapeUntrusted(text, 80) })) }),
  (data) => ({ ...data, isKindShown: false }),
]

const workCuts = (phrases: Phrases): readonly Cut<DataOf<'work'>>[] => [
  // The form that decides lists them as well.
  (data) => ({ ...data, already: [], hasAlready: false }),
  foldLaterHints,
  (data) => ({ ...whole(data, [data.particulars], phrases), particulars: '', hasParticulars: false }),
  cutManager(phrases),
  foldHints,
  ...checkCuts<DataOf<'work'>>(phrases),
  cutHeader(phrases),
  foldUrgent,
  cutResponses(phrases),
  cutManager(phrases, 40),
  ...lastCuts<DataOf<'work'>>(phrases),
]

const verdictCuts = (phrases: Phrases): readonly Cut<DataOf<'verdict'>>[] => [
  hintsInFull(phrases),
  cutManager(phrases),
  (data) => {
    const allowed = data.allowed.map((one) => ({ ...one, because: short(one.because, 200, phrases) }))
    const becauses = data.allowed.map(({ because }) => because)
    return {
      ...whole(
        data,
        becauses.filter((because, at) => allowed[at]?.because !== because),
        phrases,
      ),
      allowed,
    }
  },
  cutHeader(phrases),
  foldUrgent,
  cutResponses(phrases),
  cutManager(phrases, 40),
  ...lastCuts<DataOf<'verdict'>>(phrases),
]

const judgedCuts = (phrases: Phrases): readonly Cut<DataOf<'judged'>>[] => [
  hintsInFull(phrases),
  cutManager(phrases),
  cutHeader(phrases),
  cutResponses(phrases),
  // The scope is folded away as elsewhere than after a true positive.
  (data) => ({ ...data, hasScopeInSight: false, hasScopeFolded: data.hasScopeInSight || data.hasScopeFolded }),
  cutManager(phrases, 40),
  (data) => {
    const [means, reason] = [short(data.means, 40, phrases), short(data.reason, 60, phrases)]
    const cut = [...(means === data.means ? [] : [data.means]), ...(reason === data.reason ? [] : [data.reason])]
    return { ...whole(data, cut, phrases), means, reason }
  },
  ...lastCuts<DataOf<'judged'>>(phrases),
]

/** What is cut last, of every card that someone works on. */
const lastCuts = <
  Data extends InFull & Pick<DataOf<'work'>, 'notice' | 'kind' | 'isKindShown' | 'responses' | 'title'>,
>(
  phrases: Phrases,
): readonly Cut<Data>[] => [
  cutNotice(phrases),
  hideKind(phrases),
  cutResponses(phrases, 1, 20),
  cutTitle(phrases),
  // Its buttons stay.
  cutResponses(phrases, 0),
]

/** Hints that have a place among the details; the first, what an earlier alert warns of, goes last. */
const foldHintsFrom =
  (first: number) =>
  <Data extends Pick<DataOf<'work'>, 'hints' | 'foldedHints'>>(data: Data): Data => ({
    ...data,
    hints: data.hints.slice(0, first),
    foldedHints: [...data.hints.slice(first), ...data.foldedHints],
  })
const foldLaterHints = foldHintsFrom(1)
const foldHints = foldHintsFrom(0)

const hintsInFull =
  (phrases: Phrases) =>
  <Data extends InFull & Pick<DataOf<'judged'>, 'hints'>>(data: Data): Data => {
    const texts = data.hints.map(({ text }) => text)
    return { ...whole(data, texts, phrases), hints: [] }
  }

const cutManager =
  (phrases: Phrases, longest = 100) =>
  <Data extends InFull & Pick<DataOf<'work'>, 'manager'>>(data: Data): Data => {
    const state = short(data.manager.state, longest, phrases)
    const cut = state === data.manager.state ? [] : [data.manager.state]
    return { ...whole(data, cut, phrases), manager: { ...data.manager, state } }
  }

/** What was asked of the directory, and what came of it; all of it stands in the history as well. */
const cutResponses =
  (phrases: Phrases, most = 2, longest = 60) =>
  <Data extends InFull & Pick<DataOf<'work'>, 'responses'>>(data: Data): Data => {
    const texts = data.responses.map(({ text }) => text)
    const inSight = texts.slice(0, most).map((text) => short(text, longest, phrases))
    const cut = texts.filter((text, at) => inSight[at] !== text)
    return { ...whole(data, cut, phrases), responses: inSight.map((text) => ({ text })) }
  }

const cutTitle =
  (phrases: Phrases) =>
  <Data extends InFull & Pick<DataOf<'work'>, 'title'>>(data: Data): Data => {
    const title = cutToWidth(data.title, 44)
    return { ...whole(data, title === data.title ? [] : [data.title], phrases), title }
  }

/** No refusal is longer; what goes on is what was typed, which stands among the details. */
const longestRefusal = 240

const cutNotice =
  (phrases: Phrases) =>
  <Data extends InFull & Pick<DataOf<'work'>, 'notice'>>(data: Data): Data => {
    const notice = short(data.notice, longestRefusal, phrases)
    return { ...whole(data, notice === data.notice ? [] : [data.notice], phrases), notice }
  }

const hideKind =
  (phrases: Phrases) =>
  <Data extends InFull & Pick<DataOf<'work'>, 'kind' | 'isKindShown'>>(data: Data): Data => ({
    ...whole(data, data.isKindShown ? [data.kind] : [], phrases),
    isKindShown: false,
  })

type Check = InFull & Pick<DataOf<'work'>, 'how' | 'evidence' | 'options'>

/** How to find out and what is known already, a little at first and then as much as it takes. */
const checkCuts = <Data extends Check>(phrases: Phrases): readonly Cut<Data>[] => [
  cutEvidence(120, 3, phrases),
  cutHow(140, phrases),
  cutEvidence(60, 1, phrases),
  cutHow(70, phrases),
  cutEvidence(30, 1, phrases),
  cutHow(30, phrases),
  (data) => ({
    ...data,
    options: data.options.map((one) => ({ ...one, suggestion: escapeUntrusted(one.suggestion, 40) })),
  }),
]

const cutEvidence =
  <Data extends Check>(longest: number, most: number, phrases: Phrases): Cut<Data> =>
  (data) => {
    const texts = data.evidence.map(({ text }) => text)
    const inSight = texts.slice(0, most).map((text) => short(text, longest, phrases))
    const cut = texts.filter((text, at) => inSight[at] !== text)
    return { ...whole(data, cut, phrases), evidence: inSight.map((text) => ({ text })) }
  }

const cutHow =
  <Data extends Check>(longest: number, phrases: Phrases): Cut<Data> =>
  (data) => {
    const how = short(data.how, longest, phrases)
    return { ...whole(data, how === data.how ? [] : [data.how], phrases), how }
  }

/** What cannot wait is one tap away. */
const foldUrgent = <Data extends Pick<DataOf<'work'>, 'hasUrgentInSight' | 'hasUrgentFolded'>>(data: Data): Data => ({
  ...data,
  hasUrgentInSight: false,
  hasUrgentFolded: data.hasUrgentInSight || data.hasUrgentFolded,
})

/** What stands in the header beside the alert itself. */
const cutHeader =
  (phrases: Phrases) =>
  <Data extends DataOf<'new' | 'work' | 'verdict' | 'judged'>>(data: Data): Data => {
    const groupSummary = short(data.groupSummary, 60, phrases)
    const relatedSummary = short(data.relatedSummary, 60, phrases)
    const cut = [
      ...(groupSummary === data.groupSummary ? [] : [data.groupSummary]),
      ...(relatedSummary === data.relatedSummary ? [] : [data.relatedSummary]),
    ]
    return { ...whole(data, cut, phrases), groupSummary, relatedSummary }
  }

/** The same with these texts among the details; of one that was cut before, the whole stands there already. */
const whole = <Data extends InFull>(data: Data, texts: readonly string[], phrases: Phrases): Data => {
  const mark = say(phrases, 'cut.short', { text: '' })
  const fresh = texts.filter((text) => text !== '' && !text.endsWith(mark))
  const inFull = [...data.inFull, ...fresh.map((text) => ({ text }))]
  return { ...data, inFull, hasInFull: inFull.length > 0 }
}

/** What is said of a cut takes as much room. */
const mostOver = 30

/** Cut after a word, and said to be; a text that is a little longer only stays as it is. */
const short = (text: string, longest: number, phrases: Phrases): string => {
  const letters = Array.from(text)
  if (letters.length <= longest + mostOver) return text
  const start = letters.slice(0, longest).join('')
  const end = start.lastIndexOf(' ')
  return say(phrases, 'cut.short', {
    text: (end > longest / 2 ? start.slice(0, end) : start).replace(/[\s,.;:]+$/u, ''),
  })
}
