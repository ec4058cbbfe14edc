import { z } from 'zod'
import type { Person } from '../../triage/person.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Reader } from '../chat.js'

/** The parts of a Bot Framework activity that Winnow reads. Odd optional parts count as absent. */
export type Incoming = z.infer<typeof activity>

/** Read a request's body as an activity. Who, where and to whom must be there; everything else may be missing. */
export const readIncoming = (body: unknown) => activity.safeParse(body)

/** One sentence for the caller that names the first field at fault. */
export const faultOf = ({ issues }: z.ZodError): string => {
  const path = issues[0]?.path.join('.')
  return path
    ? `This is no activity: "${path}" is missing or not valid.`
    : 'This is no activity: expected a JSON object.'
}

/** Who did it. The object id is what Teams proves; the chat's own id stands in where there is none. */
export const personOf = ({ from }: Incoming): Person => ({
  id: from.aadObjectId ?? from.id,
  name: from.name ?? 'Somebody',
})

/** True in a 1:1 chat with Winnow. */
export const isPersonal = ({ conversation, channelData }: Incoming): boolean =>
  conversation.conversationType
    ? conversation.conversationType === 'personal'
    : !channelData?.team && !conversation.id.includes('@thread')

/** Where it happened: the chat, or the channel as a whole rather than the thread. A team without a channel means General. */
export const placeOf = (incoming: Incoming): ConversationRef => ({
  serviceUrl: incoming.serviceUrl ?? '',
  tenantId: incoming.conversation.tenantId ?? incoming.channelData?.tenant?.id ?? '',
  conversationId: isPersonal(incoming) ? incoming.conversation.id : channelOf(incoming),
  botId: incoming.recipient.id,
})

/** The conversation without the thread that Teams appends to a channel's id. */
export const withoutThread = (conversationId: string): string =>
  conversationId.split(';messageid=')[0] ?? conversationId

const channelOf = ({ type, conversation, channelData }: Incoming): string =>
  channelData?.settings?.selectedChannel?.id ??
  channelData?.channel?.id ??
  channelData?.teamsChannelId ??
  (type === 'message' || type === 'invoke' ? undefined : channelData?.team?.id) ??
  withoutThread(conversation.id)

/**
 * What the client says of its person: messages carry it themselves, clicks in an entity `clientInfo`. It is untrusted text, "" where
 * nothing is said.
 */
export const readerOf = ({ localTimezone, locale, entities }: Incoming): Reader => {
  const told = (entities ?? []).flatMap((entity) => clientInfo.safeParse(entity).data ?? [])
  return {
    zone: localTimezone ?? told.find(({ timezone }) => timezone)?.timezone ?? '',
    locale: locale ?? told.find((one) => one.locale)?.locale ?? '',
  }
}

const id = z.string().min(1).max(2048)
const maybe = <T extends z.ZodType>(type: T) => type.nullish().catch(undefined)
const clientInfo = z.object({ type: z.literal('clientInfo'), timezone: maybe(z.string()), locale: maybe(z.string()) })
const withId = maybe(z.object({ id }))

const activity = z.object({
  type: z.string().min(1),
  id: maybe(id),
  name: maybe(z.string()),
  action: maybe(z.string()),
  channelId: maybe(id),
  serviceUrl: maybe(id),
  replyToId: maybe(id),
  from: z.object({ id, aadObjectId: maybe(id), name: maybe(z.string().min(1)) }),
  recipient: z.object({ id }),
  conversation: z.object({ id, conversationType: maybe(z.string()), tenantId: maybe(id) }),
  channelData: maybe(
    z.object({
      tenant: withId,
      team: withId,
      channel: withId,
      teamsChannelId: maybe(id),
      settings: maybe(z.object({ selectedChannel: withId })),
    }),
  ),
  text: maybe(z.string()),
  locale: maybe(z.string()),
  localTimezone: maybe(z.string()),
  entities: maybe(z.array(z.unknown())),
  membersAdded: maybe(z.array(z.object({ id }))),
  value: z.unknown().optional(),
})
