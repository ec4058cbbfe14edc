import { foundHeading, listHeading, showFound, showList } from '../../dialogs/show/show-list.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Message } from '../chat.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Result } from './result.js'

type Parts = {
  readonly renderer: Pick<CaseRenderer, 'view' | 'listed'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** A page of a list as a card, as that person's client can work it. */
export const listMessage = (
  { asked, rows }: Extract<Result, { readonly kind: 'list' }>,
  { renderer, phrases, now }: Parts,
  personId: string,
): Message =>
  renderer.view(
    showList(asked, renderer.listed(rows), now(), phrases),
    listHeading(asked.kind, rows.length, phrases),
    personId,
  )

/** A page of what was found, the same way. */
export const foundMessage = (
  { asked, found }: Extract<Result, { readonly kind: 'found' }>,
  { renderer, phrases, now }: Parts,
  personId: string,
): Message =>
  renderer.view(
    showFound(asked, { ...found, rows: renderer.listed(found.rows) }, now(), phrases),
    foundHeading(found.count, phrases),
    personId,
  )
