import type { Alert } from './alert.js'
import type { Diary, Event } from './event.js'
import type { VerdictClass } from './guide.js'
import type { Person } from './person.js'
import { type SourceSaid, isOver } from './source-said.js'

/** What a source is to be told of its alert: how the case stands now, as one whole, so that only the newest need be sent. */
export type SourceEffect = {
  /** Its name for ever: the target, the alert's own code, and the line it follows from. */
  readonly effect: string
  readonly line: number
  readonly alert: Pick<Alert, 'source' | 'sourceAlertId' | 'link' | 'incident'> & { readonly caseId: string }
  /** What happened last. */
  readonly after: 'taken' | 'released' | 'judged' | 'withdrawn' | 'closed' | 'reopened'
  /** Who has the case. */
  readonly owner: Person | null
  readonly verdict: ToldVerdict | null
  /** True when the alert is done with there: the case is closed, or nothing malicious was found. */
  readonly isOver: boolean
  /** What is to be said there, once: its line is part of its name. Null when it was said before. */
  readonly comment: SourceComment | null
  /** How the alert stood there as far as the person could know, or as Winnow left it; null when nothing was told of it. */
  readonly known: SourceSaid | null
  /** Who had the case when it was told last, as far as that was written down; null when no one had, or nothing was told. */
  readonly toldOwner: Person | null
  /** What was to be told since then and before this: it may stand there, as when an answer got lost, and is Winnow's own word. */
  readonly tried: readonly Telling[]
}

/** How a case stood when that was to be told. */
export type Telling = Pick<SourceEffect, 'line' | 'owner' | 'verdict' | 'isOver'>

/** A verdict as it is told. */
export type ToldVerdict = {
  readonly verdict: string
  readonly class: VerdictClass
  readonly label: string
  readonly because: string
  readonly by: Person
}

/** What is said beside an alert, by whom. */
export type SourceComment = {
  readonly line: number
  readonly kind: 'judged' | 'withdrawn' | 'reopened'
  readonly text: string
  readonly by: Person
}

/** For what a target is asked. */
export type Wanting = {
  readonly target: string
  readonly isFor: (alert: SourceEffect['alert']) => boolean
  /** What was decided before is not told (ISO 8601). */
  readonly since: string
  /** Under which id the thing that is written is told of; the alert's own unless told. */
  readonly idOf?: (alert: SourceEffect['alert']) => string
}

/** What each source of the case is to be told by that target: at most one for each alert, the newest. */
export const sourceEffects = (
  diary: Diary,
  { target, isFor, since, idOf = ownId }: Wanting,
): readonly SourceEffect[] => {
  const isOf = (one: Pick<SourceSaid, 'source' | 'sourceAlertId'>, other: SourceEffect['alert']): boolean =>
    one.source === other.source && one.sourceAlertId === idOf(other)
  let told: Told = nothing
  let alerts: readonly Known[] = []
  const tellings: Telling[] = []
  diary.forEach((event, line) => {
    const next = after(told, event, line)
    if (next !== told && event.at >= since) {
      // The end of a case whose alert is over there already is no news there.
      const isNoNews = event.type === 'closed' && told.isOver
      alerts = alerts.map((one) => (isNoNews && one.from >= 0 ? one : { ...one, from: line, knew: one.said }))
      tellings.push({ line, owner: next.owner, verdict: next.verdict, isOver: next.isOver })
    }
    told = next
    switch (event.type) {
      case 'opened':
        alerts = [known(event.alert, event.caseId, line, -1)]
        break
      case 'also-reported':
        // What is known already is told to whoever reports the same as well.
        alerts = [
          ...alerts,
          known(event.report, event.report.caseId, line, told.after !== null && event.at >= since ? line : -1),
        ]
        break
      case 'source-updated':
        alerts = alerts.map((one) => (isOf(event, one.alert) ? { ...one, said: { said: event, line } } : one))
        break
      case 'effect-noted': {
        const { wrote, effect } = event
        if (!wrote) break
        const done = Number(effect.slice(effect.lastIndexOf('/') + 1))
        alerts = alerts.map((one) => (isOf(wrote, one.alert) ? { ...one, wrote: { said: wrote, line }, done } : one))
        break
      }
      default:
    }
  })
  return alerts.flatMap(({ alert, since: first, from, knew, wrote, done }): readonly SourceEffect[] => {
    if (from < 0 || told.after === null || !isFor(alert)) return []
    const { owner, verdict, comment } = told
    return [
      {
        effect: `${target}/${alert.caseId}/${from}`,
        line: from,
        alert,
        after: told.after,
        owner,
        verdict,
        isOver: told.isOver,
        comment: comment && comment.line > done ? comment : null,
        // Winnow's own words are always known, and what someone set there as far as it was told before the decision.
        known: ((wrote?.line ?? -1) > (knew?.line ?? -1) ? wrote : knew)?.said ?? null,
        toldOwner: tellings.find((one) => one.line === done)?.owner ?? null,
        tried: tellings.filter((one) => one.line > done && one.line >= first && one.line < from),
      },
    ]
  })
}

type Heard = { readonly said: SourceSaid; readonly line: number }

type Known = {
  readonly alert: SourceEffect['alert']
  /** The line since which it can be told anything. */
  readonly since: number
  /** What its source said last, and what it had said when the newest thing to be told was decided. */
  readonly said: Heard | null
  readonly knew: Heard | null
  /** What Winnow wrote there last, and up to which line that told everything. */
  readonly wrote: Heard | null
  readonly done: number
  /** The newest line that is to be told; -1 when none is. */
  readonly from: number
}

const known = (
  { source, sourceAlertId, link, incident }: Pick<Alert, 'source' | 'sourceAlertId' | 'link' | 'incident'>,
  caseId: string,
  since: number,
  from: number,
): Known => ({
  alert: { source, sourceAlertId, link, caseId, ...(incident !== undefined && { incident }) },
  since,
  said: null,
  knew: null,
  wrote: null,
  done: -1,
  from,
})

type Told = Pick<SourceEffect, 'owner' | 'verdict' | 'isOver' | 'comment'> & {
  readonly after: SourceEffect['after'] | null
}

const nothing: Told = { after: null, owner: null, verdict: null, isOver: false, comment: null }

/** What is to be told after one more line; the same object when the line tells nothing. */
const after = (told: Told, event: Event, line: number): Told => {
  const { by } = event
  switch (event.type) {
    case 'claimed':
      return { ...told, owner: by, after: isOwnership(told.after) ? 'taken' : told.after }
    case 'handed-over':
      return { ...told, owner: event.to, after: isOwnership(told.after) ? 'taken' : told.after }
    case 'released':
      return told.after === null
        ? told
        : { ...told, owner: null, after: isOwnership(told.after) ? 'released' : told.after }
    case 'judged': {
      const { verdict, class: verdictClass, label, because } = event
      const comment = { line, kind: 'judged', text: because, by } as const
      const isBenign = verdictClass === 'FP' || verdictClass === 'B-TP'
      return {
        ...told,
        after: 'judged',
        verdict: { verdict, class: verdictClass, label, because, by },
        isOver: isBenign,
        comment,
      }
    }
    case 'judgement-withdrawn': {
      const comment = { line, kind: 'withdrawn', text: '', by } as const
      return { ...told, after: 'withdrawn', verdict: null, isOver: false, comment }
    }
    case 'closed':
      return { ...told, after: 'closed', isOver: true }
    case 'reopened': {
      const comment = { line, kind: 'reopened', text: event.reason, by } as const
      return { ...told, after: 'reopened', isOver: false, comment }
    }
    default:
      return told
  }
}

/** True while nothing was told but who has the case. */
const isOwnership = (after: Told['after']): boolean => after === null || after === 'taken' || after === 'released'

const ownId = ({ sourceAlertId }: SourceEffect['alert']): string => sourceAlertId

/** How an alert stands in its portal, or is to stand; '' for none. */
export type Standing = {
  readonly status: 'new' | 'in-progress' | 'resolved'
  readonly classification: string
  readonly determination: string
  readonly assignedTo: string
}

/** How the case wants it to stand; null where it has no wish. An assignment to no one is ''. */
export type Wanted = Pick<Standing, 'status'> & {
  readonly words: Pick<Standing, 'classification' | 'determination'> | null
  readonly assignedTo: string | null
}

/** What can stand there of Winnow's own although the source never told it: whom it is assigned to, and what was tried since. */
export type Own = {
  readonly assignedTo: readonly string[]
  readonly tried: readonly (Pick<Standing, 'classification' | 'determination'> & { readonly isOver: boolean })[]
}

/** What to write there: null where it is to stay, '' where an assignment is removed; and whether someone's newer word there was left alone. */
export type Merge = {
  readonly status: Standing['status'] | null
  readonly words: Pick<Standing, 'classification' | 'determination'> | null
  readonly assignedTo: string | null
  /** Someone set it otherwise there since, which no one here could know. */
  readonly isOverruled: boolean
}

/**
 * What of `want` may be written over what stands there. What someone set there after what was known here is theirs: another
 * classification is never overwritten, a resolved alert not made open again, and an assignment not changed. Of an assignment only
 * Winnow's own is removed.
 */
export const merge = (
  want: Wanted,
  there: Standing,
  heard: SourceSaid | null,
  own: Own = { assignedTo: [], tried: [] },
): Merge => {
  const words = want.words && {
    classification: set(want.words.classification),
    determination: set(want.words.determination),
  }
  const ours = own.tried.filter(
    (one) => set(one.classification) === there.classification && set(one.determination) === there.determination,
  )
  const isNewWord =
    ours.length === 0 &&
    there.classification !== '' &&
    there.classification !== (heard?.classification ?? '') &&
    there.classification !== (words?.classification ?? '')
  const isClosedThere = there.status === 'resolved' && !isOver(heard?.status ?? null) && !ours.some((one) => one.isOver)
  if (isNewWord || (isClosedThere && want.status !== 'resolved' && !words)) return overruled
  const status = isClosedThere ? 'resolved' : want.status
  // Whoever chose the same classification there may have chosen a better reason for it.
  const isFiner =
    ours.length === 0 &&
    words?.classification === there.classification &&
    there.determination !== '' &&
    there.determination !== (heard?.determination ?? '')
  const written = words && isFiner ? { ...words, determination: there.determination } : words
  const isSame =
    !written || (written.classification === there.classification && written.determination === there.determination)
  const isOwn = own.assignedTo.some((one) => lower(one) === lower(there.assignedTo))
  const isTheirs = !isOwn && (want.assignedTo === '' || lower(there.assignedTo) !== lower(heard?.assignedTo ?? ''))
  const assignedTo = there.assignedTo !== '' && isTheirs ? null : want.assignedTo
  const isToWrite = status !== there.status || !isSame
  return {
    status: isToWrite ? status : null,
    words: isToWrite ? written : null,
    assignedTo: assignedTo === null || lower(assignedTo) === lower(there.assignedTo) ? null : assignedTo,
    isOverruled: false,
  }
}

const overruled: Merge = { status: null, words: null, assignedTo: null, isOverruled: true }

const lower = (text: string): string => text.toLowerCase()

/** A vocabulary's word for none is none. */
const set = (word: string): string => (word === 'unknown' ? '' : word)
