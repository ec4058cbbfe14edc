import { z } from 'zod'
import type { ConversationRef } from '../../triage/card.js'
import { type Member, DeliveryFailure } from '../chat.js'
import type { Connector } from './connector.js'
import { withoutThread } from './incoming.js'
import { whole } from './whole.js'

/** Read a conversation's roster page by page. A page that can't be read fails the whole: half a roster is none. */
export const wholeRoster = async ({ conversations }: Connector, place: ConversationRef): Promise<readonly Member[]> => {
  const members: Member[] = []
  let continuationToken: string | undefined
  for (let count = 0; count < mostPages; count += 1) {
    const conversationId = withoutThread(place.conversationId)
    const options = { pageSize, ...(continuationToken && { continuationToken }) }
    const read = page.safeParse(await conversations.getConversationPagedMembers(conversationId, whole(options)))
    if (!read.success) throw new DeliveryFailure('transient', 'OddRoster')
    members.push(...read.data.members.flatMap((one) => (one === null ? [] : [memberOf(one, place)])))
    const next = read.data.continuationToken
    if (!next || next === continuationToken) return members
    continuationToken = next
  }
  throw new DeliveryFailure('permanent', 'EndlessRoster')
}

/** As many as Teams gives at once, and enough pages for its largest team twice over. */
const pageSize = 500
const mostPages = 100

/** Guests are marked by their role, by the name Entra gives them, or by the tenant they come from. */
const memberOf = (one: Listed, { tenantId }: ConversationRef): Member => {
  const role = one.userRole?.toLowerCase() ?? ''
  const isForeign = Boolean(tenantId && one.tenantId && one.tenantId.toLowerCase() !== tenantId.toLowerCase())
  return {
    ids: [
      ...new Set([one.aadObjectId, one.objectId, one.id, one.userPrincipalName, one.email].flatMap((id) => id || [])),
    ],
    chatId: one.id,
    name: one.name ?? '',
    guest: isForeign || role === 'guest' || role === 'anonymous' || /#ext#/i.test(one.userPrincipalName ?? ''),
  }
}

const maybe = z.string().nullish().catch(undefined)
const listed = z.object({
  id: z.string().min(1),
  aadObjectId: maybe,
  objectId: maybe,
  name: maybe,
  userPrincipalName: maybe,
  email: maybe,
  userRole: maybe,
  tenantId: maybe,
})
type Listed = z.output<typeof listed>

const page = z.object({ continuationToken: maybe, members: z.array(listed.nullable().catch(null)) })
