import { managerCard } from '../../triage/card.js'
import { winnow } from '../../triage/person.js'
import type { CaseWithCards } from '../cases/card-location.js'
import type { Desk } from '../cases/desk.js'
import type { DeliveryFailure } from '../chat.js'
import { openBoundedSet } from '../pacing/bounded-set.js'

/** Installs Winnow for somebody; `detail` says why not. */
export type Install = (
  personId: string,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly detail: string }>

/** What came of it: the card can be posted again, or it can't for that reason; null where nothing was tried. */
export type Installing = (
  error: DeliveryFailure,
  record: CaseWithCards,
  card: string,
) => Promise<'again' | { readonly detail: string } | null>

type Parts = {
  readonly install: Install | undefined
  readonly desk: Pick<Desk, 'settle'>
  /** ISO 8601. */
  readonly now: () => string
}

/** How long Teams needs until a chat can be opened with somebody for whom an app was just installed, in milliseconds. */
export const afterInstallMs = 2000

/**
 * A manager who never had Winnow can't be written to: it is installed for them, once for each question, and written down. Who has
 * blocked or removed it is left alone.
 */
export const openInstalling = ({ install, desk, now }: Parts): Installing => {
  const tried = openBoundedSet(500)
  return async (error, { state }, card) => {
    const { id, confirmation } = state
    if (!install || confirmation?.state !== 'asked' || card !== managerCard(confirmation.line)) return null
    const question = `${id} ${card}`
    if (error.kind !== 'permanent' || !notInstalled.test(error.code) || tried.has(question)) return null
    tried.note(question)
    const outcome = await install(confirmation.manager.id)
    if (!outcome.ok) return { detail: outcome.detail }
    const stamp = { caseId: id, line: null, at: now(), by: winnow } as const
    await desk.settle(id, [{ ...stamp, type: 'note-installed', asked: confirmation.line }])
    return 'again'
  }
}

/** What Teams says of a chat with somebody who does not have the app, and of nobody who has blocked it. */
const notInstalled = /^(BotNotInConversationRoster|ForbiddenOperationException|Forbidden|NotFound|HTTP 40[34])$/
