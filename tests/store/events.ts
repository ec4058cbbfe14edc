import type { Card } from '../../triage/card.js'
import type { Event } from '../../triage/event.js'
import type { Change, Store, StoredCase } from '../../store/store.js'

const stamp = { at: '2026-03-01T08:00:00.000Z', by: { id: 'u-1', name: 'Ada' } } as const

/** An event that says something. */
export const noted = (text: string): Event => ({ ...stamp, type: 'noted', text })

/** An event that ends a case. */
export const closed: Event = { ...stamp, type: 'closed' }

/** An event that begins it again. */
export const reopened: Event = { ...stamp, type: 'reopened', reason: 'more of it' }

/** A card that shows that line; none when it is -1. */
export const card = (shownLine: number, but: Partial<Card> = {}): Card => ({
  audience: 'channel',
  state: shownLine < 0 ? 'posting' : 'shown',
  posted:
    shownLine < 0
      ? null
      : {
          place: { serviceUrl: 'https://smba.example/', tenantId: 't-1', conversationId: 'c-1', botId: 'b-1' },
          messageId: 'm-1',
        },
  shownLine,
  detail: '',
  since: stamp.at,
  ...but,
})

/** A change that adds these notes, or events; the case is open behind it unless its last line closes it. */
export const adding = (...what: readonly (string | Event)[]): Change => {
  const events = what.map((one) => (typeof one === 'string' ? noted(one) : one))
  return { events, open: events.at(-1)?.type !== 'closed' }
}

/** Write that as whoever has just read the case; resolves with its new version. */
export const append = async (store: Store, caseId: string, ...what: readonly (string | Event)[]): Promise<number> =>
  store.write(caseId, (await store.read(caseId)).version, adding(...what))

/** The texts of a case's notes, in order; of other events their types. */
export const notes = ({ diary }: Pick<StoredCase, 'diary'>): readonly string[] =>
  diary.map((event) => (event.type === 'noted' ? event.text : event.type))
