import type { KeptStorm } from '../../bot/outbox/storm-books.js'
import type { Listed } from '../../dialogs/show/listed.js'
import type { ConversationRef } from '../../triage/card.js'
import { minute } from './cast.js'

/** The n-th row of a list: an open case that came in that minute, that nobody has, and whose card is still to be posted. */
export const aRow = (n: number, but: Partial<Listed> = {}): Listed => ({
  caseId: `1111-2222-${3000 + n}`,
  line: 0,
  title: `Alert ${n}`,
  severity: 'medium',
  family: 'cloud-apps',
  people: [],
  alerts: 1,
  openedAt: minute(n),
  owner: null,
  standing: { at: 'check', step: 1, of: 3 },
  waitsFor: null,
  type: 'impossible-travel',
  kind: 'Impossible travel',
  addresses: [],
  hasCard: false,
  ...but,
})

/** A storm in that channel, as it is kept, with how its digest stands. */
export const aStorm = (place: ConversationRef, card: KeptStorm['card']): KeptStorm => ({
  place,
  phase: 'storm',
  since: minute(0),
  calmSince: null,
  until: null,
  closed: 0,
  card,
})
