import { widthOf } from '../escape.js'
import type { Header } from './view-parts.js'
import type { View } from './view.js'

type DataOf<Card extends View['card']> = Extract<View, { readonly card: Card }>['data']

/**
 * How high a card stands at first on a phone 320 pixels wide, in CSS pixels: an estimate that is rather too high than too low. It counts
 * the lines of every text in sight; what is folded away counts nothing.
 */
export const heightOfNew = (data: DataOf<'new'>): number =>
  headerOf(data) +
  sum(data.firstFacts, ({ name, value }) => 4 + 18 * Math.max(linesOf(name, 8), linesOf(value, 29))) +
  (data.hasUrgent ? 60 : 0) +
  sum(data.urgent, ({ text }) => 4 + 20 * linesOf(text, 34)) +
  // "Unassigned", and the buttons below.
  80 +
  (data.canAcknowledge ? 44 : 0) +
  (data.isAcknowledged ? 18 * linesOf(`Page acknowledged by ${data.acknowledgedBy}`, 44) : 0) +
  (data.hasCheck ? 32 + checkOf({ ...data, hasLookUps: false }) : 0) +
  (data.hasLink ? 40 : 0) +
  hintsOf(data) +
  (data.hasVerdict ? 40 + 20 * linesOf(`Verdict so far: ${data.verdict}`, 33) : 0) +
  (data.hasFirstWords ? 32 + 18 * linesOf(data.firstWords, 40) : 0) +
  foot

/** The same of a card with a check. */
export const heightOfWork = (data: DataOf<'work'>): number =>
  headerOf(data) +
  urgentOf(data) +
  checkOf(data) +
  // Where the finding is typed.
  42 +
  18 * linesOf(data.findingLabel, 34) +
  (data.hasParticulars ? 4 + 16 * linesOf(data.particulars, 54) : 0) +
  // "Tap your answer", and the buttons below.
  108 +
  (data.hasWordHere || data.hasWordElsewhere ? managerOf(data) : 0) +
  hintsOf(data) +
  (data.hasAlready ? 8 : 0) +
  sum(data.already, ({ label }) => 16 * linesOf(`Supported so far: ${label}`, 54)) +
  responsesOf(data) +
  foot

/** The same of what others see of it meanwhile. */
export const heightOfProgress = (data: DataOf<'progress'>): number =>
  headerOf(data) +
  (data.hasResponsePart ? 80 + sum(data.responses, ({ text }) => 4 + 22 * linesOf(text, 33)) : 0) +
  (data.manager.canAllow ? 80 + 22 * linesOf(`Manager: ${data.manager.state}`, 33) : 0) +
  24 * linesOf(data.status, 36) +
  64 +
  foot

/** The same of a card with verdicts to record. */
export const heightOfVerdict = (data: DataOf<'verdict'>): number =>
  headerOf(data) +
  urgentOf(data) +
  60 +
  sum(data.allowed, ({ label, because, hasBecause }) =>
    hasBecause ? 48 + 20 * linesOf(label, 34) + 18 * linesOf(because, 44) : 40,
  ) +
  (data.manager.hasState ? managerOf(data) : 0) +
  hintsOf(data) +
  responsesOf(data) +
  80 +
  foot

/** The same of a card with what is to be done. */
export const heightOfJudged = (data: DataOf<'judged'>): number =>
  headerOf(data) +
  56 +
  24 * linesOf(data.verdict, 26) +
  4 +
  16 * linesOf(data.means, 54) +
  (data.hasReason ? 4 + 18 * linesOf(`Override reason: ${data.reason}`, 36) : 0) +
  // Whom to allow stands under "More" there.
  (data.manager.hasState ? managerOf({ manager: { ...data.manager, canAllow: false } }) : 0) +
  hintsOf(data) +
  urgentOf(data) +
  (data.hasActionChoices ? choicesOf(data.actionChoices) : 0) +
  (data.hasScopeInSight ? choicesOf(data.scopeChoices) : 0) +
  responsesOf(data) +
  84 +
  foot

/** Below the last line. */
const foot = 18

const headerOf = (data: Header): number =>
  (data.hasNotice ? 42 + 18 * linesOf(data.notice, 34) : 0) +
  62 +
  21 * linesOf(data.title, 28) +
  (data.isKindShown ? 16 * linesOf(data.kind, 54) : 0) +
  4 +
  18 * linesOf(data.subject, 36) +
  (data.owner === '' ? 0 : 4 + 18 * linesOf(`Assigned to ${data.owner}`, 34)) +
  16 +
  (data.hasGroup ? 4 + 20 * linesOf(data.groupSummary, 36) + 18 * linesOf(data.groupNames, 46) : 0) +
  (data.hasReports ? 6 + 16 * linesOf(`Also reported by ${data.reportedBy}`, 54) : 0) +
  (data.hasRelated ? 4 + 16 * linesOf(`Related: ${data.relatedSummary}`, 54) : 0) +
  (data.isSample ? 16 : 0) +
  (data.isPreview ? 16 : 0)

type Check = Pick<DataOf<'work'>, 'ask' | 'how' | 'hasLookUps' | 'lookUps' | 'hasEvidence' | 'evidence' | 'options'>

const checkOf = ({ ask, how, hasLookUps, lookUps, hasEvidence, evidence, options }: Check): number =>
  24 +
  22 * linesOf(ask, 36) +
  4 +
  16 * linesOf(how, 44) +
  (hasLookUps ? 4 + 36 * Math.ceil(widthOf(lookUps.map(({ title }) => `    ${title}`).join('')) / 36) : 0) +
  (hasEvidence ? 36 : 0) +
  sum(evidence, ({ text }) => 18 * linesOf(text, 37)) +
  sum(
    options,
    ({ title, suggestion, isSuggested }) =>
      5 + 20 * linesOf(title, 36) + (isSuggested ? 18 * linesOf(`✔ ${suggestion}`, 42) : 0),
  )

const responsesOf = ({ hasResponsePart, responses, canAct, canApprove }: Pick<DataOf<'work'>, Responses>): number =>
  hasResponsePart
    ? 40 + sum(responses, ({ text }) => 4 + 18 * linesOf(text, 35)) + (canAct ? 40 : 0) + (canApprove ? 40 : 0)
    : 0
type Responses = 'hasResponsePart' | 'responses' | 'canAct' | 'canApprove'

const urgentOf = (data: DataOf<'verdict' | 'work' | 'judged'>): number =>
  (data.hasUrgentInSight ? 72 + choicesOf(data.urgentChoices) : 0) + (data.hasUrgentFolded ? 72 : 0)

const choicesOf = (choices: readonly { readonly title: string }[]): number =>
  30 + sum(choices, ({ title }) => 8 + 20 * linesOf(title, 36))

const managerOf = ({ manager }: Pick<DataOf<'work'>, 'manager'>): number =>
  40 + 18 * linesOf(`Manager: ${manager.state}`, 34) + (manager.canAllow ? 40 : 0)

const hintsOf = ({ hints }: { readonly hints: readonly { readonly text: string }[] }): number =>
  8 + sum(hints, ({ text }) => 4 + 18 * linesOf(`Keep in mind: ${text}`, 42))

const linesOf = (text: string, lettersInLine: number): number => Math.ceil(widthOf(text) / lettersInLine)

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
