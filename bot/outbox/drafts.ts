import { LRUCache } from 'lru-cache'
import { type Draft, parseDraft } from '../../dialogs/form.js'
import type { Case } from '../../triage/case.js'
import type { CardClick } from '../chat.js'

/** What owners have typed as a finding and not sent as an answer: it comes back into its input when the card is drawn anew. */
export type Drafts = {
  /** A press brings along what is typed beside it. */
  note(click: Pick<CardClick, 'by' | 'data'>): void
  /** What belongs into the input of the open check; '' when nothing does. */
  of(state: Case): string
}

/** Nothing is typed yet. It is in memory only: a restart draws no card over what is being typed. */
export const openDrafts = (most = 2000): Drafts => {
  const drafts = new LRUCache<string, Draft>({ max: most })
  return {
    note: ({ by, data }) => {
      const draft = parseDraft(data)
      if (draft) drafts.set(`${draft.caseId} ${by.id}`, draft)
    },
    of: ({ id, owner, changed, recordedVerdict, closed }) => {
      const draft = owner && drafts.get(`${id} ${owner.id}`)
      if (!draft || recordedVerdict || closed) return ''
      // Another check is open since: it was typed for the one before.
      return Math.max(changed.owner, changed.answers, changed.guide) > draft.line ? '' : draft.finding
    },
  }
}
