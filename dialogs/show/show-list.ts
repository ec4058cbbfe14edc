import type { Severity } from '../../triage/alert.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { age } from '../time.js'
import type { View } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** A case in a list. */
export type Listed = {
  readonly caseId: string
  readonly title: string
  readonly severity: Severity
  readonly openedAt: string
  readonly owner: { readonly name: string } | null
}

/** The open cases, or one's own: at most fifteen of them, in the order given. */
export const showList = (which: 'queue' | 'mine', rows: readonly Listed[], now: string, phrases: Phrases): View => ({
  card: 'list',
  data: {
    heading: say(phrases, `list.${which}`, { count: String(rows.length) }),
    empty: say(phrases, `list.${which}.empty`),
    isEmpty: rows.length === 0,
    rows: rows.slice(0, longest).map(({ caseId, title, severity, openedAt, owner }) => ({
      caseId,
      severity: say(phrases, `severity.${severity}`),
      title: escapeUntrusted(title, 120),
      age: age(openedAt, now),
      owner: owner ? escapeUntrusted(owner.name, 60) : say(phrases, 'list.nobody'),
    })),
    more: rows.length > longest ? say(phrases, 'list.more', { count: String(rows.length - longest) }) : '',
    hasMore: rows.length > longest,
  },
})

const longest = 15
