import { answerWords, inOrder } from '../../triage/answer-words.js'
import { because, claimsOf } from '../../triage/because.js'
import type { Case, Confirmation } from '../../triage/case.js'
import { unknown } from '../../triage/guide.js'
import { followed, peopleKeys } from '../../triage/follow.js'
import { membersOf } from '../../triage/group.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { openDoubts } from '../../triage/verifier.js'
import { type VerdictState, isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { CaseContext } from '../case-context.js'
import { dates, doubtWords, verdictName } from './history.js'
import { shortTime } from '../time.js'
import { uncut } from './fit.js'
import { openAboutPerson } from './related.js'
import { choicesOf, counted, doneOf, stepsNow } from './steps.js'
import type { Choice, Found, ManagerPart, Urgent } from './view-parts.js'
import { inWords } from '../unreached.js'
import type { Judging, Working } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** The checks that were answered, in the guide's order; of a closed case, which is never reworded, in the order of the answers. */
export const found = ({ state, guide }: CaseContext): readonly Found[] =>
  (state.closed ? state.answers : inOrder(state.answers, guide)).map((given) => {
    const { ask, text } = answerWords(given, guide)
    const finding = escapeUntrusted(given.finding, 240)
    return { ask, answer: text, finding, hasFinding: finding !== '', by: escapeUntrusted(given.by.name, 60) }
  })

/** So many characters of a because are shown: its words are bounded, but not how long each is. */
export const longestBecauseShown = 1200
/** So many where it stands in sight, before it is recorded: longer ones are made of the source's endless words. */
const longestInSight = 500

/** The answered checks as choices to add a finding to, in the guide's order. */
export const answered = ({ state, guide }: CaseContext): readonly Choice[] =>
  inOrder(state.answers, guide).map((given) => ({ title: answerWords(given, guide).ask, value: given.check }))

/** What cannot wait, as long as it can be marked. */
export const urgent = (context: CaseContext): Urgent => {
  const names = stepsNow(context, 'urgent')
  const isFirst = context.state.answers.length === 0 && names.length <= mostInSight
  return {
    hasUrgentInSight: names.length > 0 && isFirst,
    hasUrgentFolded: names.length > 0 && !isFirst,
    urgentTitle: counted(context, 'urgent.folded', names),
    urgentChoices: choicesOf(context, names),
    doneUrgent: doneOf(context, names),
  }
}

/** So much fits beside the first check on a phone; the card of a new case tells all of it. */
const mostInSight = 2

/** The places and queries of a check, the two most useful in sight. */
export const lookUps = (
  { lookUps: ready, guide }: CaseContext,
  ids: readonly string[],
): Pick<Working, 'lookUps' | 'hasLookUps' | 'moreLookUps' | 'hasMoreLookUps'> => {
  let length = 0
  const all = (ready?.(ids) ?? [])
    .map(({ id, say: title, url }) => ({ title: guide.lookUpWords?.[id]?.say ?? title, url }))
    .filter(({ url }) => (length += url.length) <= longestLinks)
  const more = all.slice(mostLookUps)
  return {
    lookUps: all.slice(0, mostLookUps),
    hasLookUps: all.length > 0,
    moreLookUps: more,
    hasMoreLookUps: more.length > 0,
  }
}

/** None: there is no check to answer. */
export const noLookUps = { lookUps: [], hasLookUps: false, moreLookUps: [], hasMoreLookUps: false } as const

/** Links cannot be cut, and a card may weigh no more than Teams takes: those that come after so many letters are left out. */
const longestLinks = 5000

/** More buttons beside a question would hide its answers. */
const mostLookUps = 2

/** That something seen should be written down: for the newest answer that decides or asks for its particulars and has no finding. */
export const findingHints = ({ state, guide, phrases }: CaseContext): readonly { readonly text: string }[] =>
  state.answers
    .flatMap((given) => {
      const check = guide.checks.find(({ id }) => id === given.check)
      const option = check?.options.find(({ id }) => id === given.option)
      if (!check || !option || given.finding !== '' || option.id === unknown) return []
      if (!check.decides && option.asks === null) return []
      const asks = option.asks ?? check.finding ?? say(phrases, 'finding.ask')
      return [{ text: say(phrases, 'finding.missing', { ask: given.ask ?? check.ask, asks }) }]
    })
    .slice(-1)

/** What the answers say of every verdict. */
export const judging = (context: CaseContext): Omit<Judging, 'soFar' | 'hasSoFar'> => {
  const { state, guide, phrases } = context
  const verdictStates = evaluateVerdicts(guide, state.answers)
  const allowed = verdictStates.filter(isAllowed)
  const firm = allowed.filter(({ verdict }) => verdict.class !== 'undetermined')
  const longest = Math.floor(longestInSight / Math.max(1, firm.length))
  // Of several only what each claims, and of a long one as well: it comes last, and what leads to it stands with the answers.
  const becauseShown = (verdictState: VerdictState): string => {
    const whole = firm.length > 1 ? '' : because(verdictState, state, guide, null)
    const claims = claimsOf(verdictState.verdict, state, false, guide.words).join(' ')
    return escapeUntrusted(whole !== '' && (whole.length <= longest || claims === '') ? whole : claims, longest)
  }
  return {
    hasAllowed: allowed.length > 0,
    ...uncut,
    ...urgent(context),
    allowed: allowed.map((verdictState) => {
      const hasBecause = verdictState.verdict.class !== 'undetermined' || firm.length === 0
      return {
        label: verdictName(verdictState.verdict.class, verdictState.verdict.label),
        means: verdictState.verdict.means,
        because: hasBecause ? becauseShown(verdictState) : '',
        hasBecause,
        value: verdictState.verdict.id,
        record: say(phrases, `record.${verdictState.verdict.class}`),
        isSuggested: firm.length === 1 && firm[0] === verdictState,
        isOther: firm.length !== 1 || firm[0] !== verdictState,
      }
    }),
    hasOthers: allowed.length < verdictStates.length,
    hints: [...hints(context), ...findingHints(context)],
    manager: managerPart(context, true),
  }
}

/** The verdicts that the answers do not allow, with what is missing or what contradicts in a sentence. */
export const otherVerdicts = (
  context: CaseContext,
): readonly (Choice & { readonly label: string; readonly why: string })[] =>
  evaluateVerdicts(context.guide, context.state.answers)
    .filter((verdictState) => !isAllowed(verdictState))
    .map((verdictState) => {
      const choice = choiceOf(verdictState)
      return { ...choice, label: choice.title, why: whyNot(verdictState, context) }
    })

const choiceOf = ({ verdict }: VerdictState): Choice => ({
  title: verdictName(verdict.class, verdict.label),
  value: verdict.id,
})

/** What to keep in mind until the end: that the guide is another one than before, and what else there is about the same person. */
export const hints = (context: CaseContext): readonly { readonly text: string }[] => {
  const { state, guide, phrases, titleOf, samePerson = [], precedes = [] } = context
  // What is remembered counts beside what was written when the case was opened, in whatever order the alerts came.
  const follows = followed({ ...state, related: [...state.related, ...samePerson] }, guide)
  const open = openAboutPerson(context)
  const isNamed = [...follows.map(({ before }) => before), ...precedes.map(({ after }) => after)].some(
    ({ caseId }) => caseId === open?.caseId,
  )
  return [
    ...(state.guideChanged ? [{ text: say(phrases, 'guide-changed') }] : []),
    ...follows.map(({ follow, before }) => ({
      text: say(phrases, 'follows', { after: titleOf(before.type), code: before.caseId, says: follow.says }),
    })),
    ...precedes.map(({ after, says }) => ({
      text: say(phrases, 'follows.later', { later: titleOf(after.type), code: after.caseId, says }),
    })),
    ...(open && !isNamed ? [{ text: say(phrases, 'related.hint', { code: open.caseId }) }] : []),
  ]
}

/** All verdicts as choices, the allowed ones first; the others say that they need a reason. */
export const verdictChoices = ({ state, guide }: CaseContext, phrases: Phrases): readonly Choice[] => {
  const verdictStates = evaluateVerdicts(guide, state.answers)
  return [...verdictStates.filter(isAllowed), ...verdictStates.filter((one) => !isAllowed(one))].map((verdictState) => {
    const name = verdictName(verdictState.verdict.class, verdictState.verdict.label)
    return {
      title: isAllowed(verdictState) ? name : say(phrases, 'verdict.needs-reason', { verdict: name }),
      value: verdictState.verdict.id,
    }
  })
}

/** What is known of the question to the manager; it can be asked where a check allows it and nobody is being asked. */
export const managerPart = ({ state, guide, phrases, zone }: CaseContext, here: boolean): ManagerPart => {
  const asked = state.confirmation
  const { doubted } = state
  const name = escapeUntrusted(asked?.manager.name ?? '', 30)
  const possible = here && guide.checks.some(({ manager }) => manager !== null)
  const standing = asked?.state === 'asked' && asked.together ? 'together' : asked?.state
  const isAllowed = doubted !== null && openDoubts(state, doubted.manager.id, doubted.doubts).length === 0
  const isDoubted = asked?.state === 'answered' && openDoubts(state, asked.manager.id, asked.doubts ?? []).length > 0
  const status = doubted
    ? say(phrases, isAllowed ? 'manager.allowed' : 'manager.not-asked', {
        manager: escapeUntrusted(doubted.manager.name, 30),
        doubts: doubted.doubts.map((doubt) => doubtWords(doubt, phrases)).join(', '),
      })
    : !asked
      ? ''
      : asked.state === 'unreached'
        ? say(phrases, 'manager.unreached', { manager: name, detail: inWords(asked.detail, phrases) })
        : say(phrases, `manager.state.${standing}`, {
            manager: name,
            at: shortTime(asked.answeredAt ?? asked.askedAt, zone, languageOf(phrases)),
            until: shortTime(asked.until, zone, languageOf(phrases)),
            answer: asked.answer === null ? '' : say(phrases, `manager.${asked.answer}`),
            dates: dates(asked.from, asked.to, phrases, asked.countries),
            note: asked.note === '' ? '' : ` “${escapeUntrusted(asked.note, 60)}”`,
          }) +
          onlyAbout(state, phrases) +
          countsNot(asked, phrases)
  return {
    canAsk: possible && asked?.state !== 'asked' && asked?.state !== 'answered',
    canAskAgain: possible && asked?.state === 'answered',
    // What a manager writes stands whole in the history and in the record.
    state: escapeUntrusted(status, 300),
    hasState: status !== '',
    canAllow: state.closed === null && (doubted ? !isAllowed : isDoubted),
  }
}

/** In a group with other people: whom alone the question is about, for the others' managers are not asked. */
const onlyAbout = ({ alert, members, confirmation }: Case, phrases: Phrases): string => {
  const own = new Set(peopleKeys(alert))
  const hasOthers = membersOf({ members }).some((one) => peopleKeys(one).some((key) => !own.has(key)))
  return hasOthers && confirmation
    ? ` ${say(phrases, 'manager.only-about', { about: escapeUntrusted(confirmation.about, 30) })}`
    : ''
}

/** Why an answer counts for nothing, with a leading blank; '' where it counts. */
const countsNot = ({ doubts = [] }: Confirmation, phrases: Phrases): string =>
  doubts
    .flatMap((one) => (one.kind === 'subject' ? ` ${say(phrases, 'manager.doubted', { code: one.caseId })}` : []))
    .join('')

const whyNot = (
  { state, missing, contradictions }: VerdictState,
  { guide, state: { answers }, phrases }: CaseContext,
): string => {
  const asks = (ids: readonly string[]) =>
    ids
      .map((id) => {
        const check = guide.checks.find((one) => one.id === id)
        const given = answers.find((one) => one.check === id)
        const answer = given?.text ?? check?.options.find((one) => one.id === given?.option)?.text
        return `${given?.ask ?? check?.ask ?? id}${answer === undefined ? '' : ` ${answer}.`}`
      })
      .join(' ')
  if (state === 'open') return say(phrases, 'verdict.missing', { checks: asks(missing) })
  return say(phrases, state === 'excluded' ? 'verdict.excluded' : 'verdict.contradicted', {
    checks: asks(contradictions),
  })
}
