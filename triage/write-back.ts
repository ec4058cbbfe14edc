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
  readonly after: 'taken' | 'judged' | 'withdrawn' | 'closed' | 'reopened'
  /** Who has the case. */
  readonly owner: Person | null
  readonly verdict: ToldVerdict | null
  /** True when the alert is done with there: the case is closed, or nothing malicious was found. */
  readonly isOver: boolean
  /** What is to be said there, once: its line is part of its name. Null when it was said before. */
  readonly comment: SourceComment | null
  /** How the alert stood there as far as the person could know, or as Winnow left it; null when nothing was told of it. */
  readonly known: SourceSaid | null
}

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
  diary.forEach((event, line) => {
    const next = after(told, event, line)
    if (next !== told && event.at >= since) {
      // The end of a case whose alert is over there already is no news there.
      const isNoNews = event.type === 'closed' && told.isOver
      alerts = alerts.map((one) => (isNoNews && one.from >= 0 ? one : { ...one, from: line, knew: one.said }))
    }
    told = next
    switch (event.type) {
      case 'opened':
        alerts = [known(event.alert, event.caseId, -1)]
        break
      case 'also-reported':
        // What is known already is told to whoever reports the same as well.
        alerts = [
          ...alerts,
          known(event.report, event.report.caseId, told.after !== null && event.at >= since ? line : -1),
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
  return alerts.flatMap(({ alert, from, knew, wrote, done }): readonly SourceEffect[] => {
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
      },
    ]
  })
}

type Heard = { readonly said: SourceSaid; readonly line: number }

type Known = {
  readonly alert: SourceEffect['alert']
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
  from: number,
): Known => ({
  alert: { source, sourceAlertId, link, caseId, ...(incident !== undefined && { incident }) },
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
      return { ...told, owner: by, after: told.after ?? 'taken' }
    case 'handed-over':
      return { ...told, owner: event.to, after: told.after ?? 'taken' }
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

const ownId = ({ sourceAlertId }: SourceEffect['alert']): string => sourceAlertId

/** How an alert stands in its portal, or is to stand; '' for none. */
export type Standing = {
  readonly status: 'new' | 'in-progress' | 'resolved'
  readonly classification: string
  readonly determination: string
  readonly assignedTo: string
}

/** How the case wants it to stand; null where it has no wish. */
export type Wanted = Pick<Standing, 'status'> & {
  readonly words: Pick<Standing, 'classification' | 'determination'> | null
  readonly assignedTo: string | null
}

/** What to write there: null where it is to stay; and whether someone's newer word there was left alone. */
export type Merge = {
  readonly status: Standing['status'] | null
  readonly words: Pick<Standing, 'classification' | 'determination'> | null
  readonly assignedTo: string | null
  /** Someone set it otherwise there since, which no one here could know. */
  readonly isOverruled: boolean
}

/**
 * What of `want` may be written over what stands there. What someone set there after what was known here is theirs: another
 * classification is never overwritten, a resolved alert not made open again, and an assignment not changed.
 */
export const merge = (want: Wanted, there: Standing, heard: SourceSaid | null): Merge => {
  const words = want.words && {
    classification: set(want.words.classification),
    determination: set(want.words.determination),
  }
  const isNewWord =
    there.classification !== '' &&
    there.classification !== (heard?.classification ?? '') &&
    there.classification !== (words?.classification ?? '')
  const isClosedThere = there.status === 'resolved' && !isOver(heard?.status ?? null)
  if (isNewWord || (isClosedThere && want.status !== 'resolved' && !words)) return overruled
  const status = isClosedThere ? 'resolved' : want.status
  // Whoever chose the same classification there may have chosen a better reason for it.
  const isFiner =
    words?.classification === there.classification &&
    there.determination !== '' &&
    there.determination !== (heard?.determination ?? '')
  const written = words && isFiner ? { ...words, determination: there.determination } : words
  const isSame =
    !written || (written.classification === there.classification && written.determination === there.determination)
  const isTheirs = there.assignedTo !== '' && lower(there.assignedTo) !== lower(heard?.assignedTo ?? '')
  const assignedTo = want.assignedTo === null || isTheirs ? '' : want.assignedTo
  const isToWrite = status !== there.status || !isSame
  return {
    status: isToWrite ? status : null,
    words: isToWrite ? written : null,
    assignedTo: assignedTo === '' || lower(assignedTo) === lower(there.assignedTo) ? null : assignedTo,
    isOverruled: false,
  }
}

const overruled: Merge = { status: null, words: null, assignedTo: null, isOverruled: true }

const lower = (text: string): string => text.toLowerCase()

/** A vocabulary's word for none is none. */
const set = (word: string): string => (word === 'unknown' ? '' : word)
