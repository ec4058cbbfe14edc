import { type Activity, general, type Somebody } from './activities.js'
import type { Attempt, Stored } from './fake-connector.js'
import type { TeamsLimits } from './teams-limits.js'

/** What the fake service remembers. */
export type World = {
  readonly stored: Stored[]
  readonly chats: Map<string, string>
  readonly members: Somebody[]
  readonly installedFor: Somebody[]
  readonly blocked: Set<string>
  readonly channels: Set<string>
}

/** An answer of the service. */
export type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

/** What a request tries to do. A new conversation with an activity is a post into a channel. */
export const attemptOf = (method: string, path: string, body: Activity): Attempt => {
  if (method === 'POST' && path === '/v3/conversations') return body['activity'] ? 'post' : 'direct'
  if (method === 'POST' && sending.test(path)) return 'post'
  if (method === 'PUT' && sending.test(path)) return 'update'
  return method === 'GET' && roster.test(path) ? 'member' : 'other'
}

/** Do what the request asks and answer as Teams does, refusals included. */
export const answer = (world: World, on: Attempt, path: string, body: Activity): Answer => {
  const tooBig = JSON.stringify(body).length * 2 > 100 * 1024
  if (tooBig) return refusal(413, 'MessageSizeTooBig')
  if (on === 'direct') return openChat(world, body)
  if (on === 'post' && path === '/v3/conversations') return startThread(world, body)
  const [, conversationId = '', messageId] = sending.exec(path) ?? []
  if (on === 'post') return send(world, conversationId, body)
  if (on === 'update') return update(world, conversationId, messageId, body)
  if (on === 'member') return members(world, path)
  if (path.startsWith('/v3/teams/')) return { status: 200, body: { id: general, name: 'SOC' } }
  return refusal(404, 'NotFound')
}

/** A 429 when that request is one too many; posts and updates count for their conversation, everything for the tenant. */
export const isTooFast = (limits: TeamsLimits, on: Attempt, path: string, body: Activity): Answer | null => {
  const channel = recordOf(recordOf(body['channelData'])['channel'])['id']
  const conversationId = on === 'post' && typeof channel === 'string' ? channel : (sending.exec(path)?.[1] ?? '')
  return limits.let(conversationId, on === 'post' || on === 'update') === null ? null : refusal(429, 'TooManyRequests')
}

const sending = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/
const roster = /^\/v3\/conversations\/([^/]+)\/(?:paged)?members(?:\/([^/?]+))?/

const openChat = (world: World, { isGroup, members: invited }: Activity): Answer => {
  const { chats, blocked } = world
  const asked = Array.isArray(invited) ? recordOf(invited[0])['id'] : undefined
  if (isGroup === true || asked === undefined) return refusal(400, 'BadSyntax')
  const everybody = [...world.members, ...world.installedFor]
  const person = everybody.find(({ id, aadObjectId }) => id === asked || aadObjectId === asked)
  if (!person) return refusal(404, 'NotFound')
  if (blocked.has(person.id)) return refusal(403, 'BotNotInConversationRoster')
  const id = `a:1${person.id.slice(4)}`
  chats.set(person.id, id)
  return { status: 201, body: { id } }
}

const startThread = (world: World, { isGroup, channelData, activity }: Activity): Answer => {
  const channel = recordOf(recordOf(channelData)['channel'])['id']
  if (isGroup !== true || typeof channel !== 'string') return refusal(400, 'BadSyntax')
  if (!world.channels.has(channel)) return refusal(404, 'ConversationNotFound')
  const messageId = nextId(world)
  const id = `${channel};messageid=${messageId}`
  world.stored.push({ conversationId: id, messageId, activity: recordOf(activity), updates: 0 })
  return { status: 201, body: { id, activityId: messageId } }
}

const send = (world: World, conversationId: string, activity: Activity): Answer => {
  const known = world.channels.has(conversationId.split(';')[0] ?? '') || conversationId.startsWith('a:')
  if (!known) return refusal(404, 'ConversationNotFound')
  const [owner] = [...world.chats].find(([, id]) => id === conversationId) ?? []
  if (owner !== undefined && world.blocked.has(owner)) return refusal(403, 'ConversationBlockedByUser')
  const messageId = nextId(world)
  world.stored.push({ conversationId, messageId, activity, updates: 0 })
  return { status: 201, body: { id: messageId } }
}

const update = (
  { stored }: World,
  conversationId: string,
  messageId: string | undefined,
  activity: Activity,
): Answer => {
  const at = stored.findIndex((one) => one.conversationId === conversationId && one.messageId === messageId)
  const before = stored[at]
  if (!before) return refusal(404, 'ActivityNotFoundInConversation')
  stored[at] = { ...before, activity, updates: before.updates + 1 }
  return { status: 200, body: { id: messageId } }
}

const members = ({ members: everybody }: World, path: string): Answer => {
  const [, , asked] = roster.exec(path) ?? []
  if (path.includes('/pagedmembers')) return pageOf(everybody, new URL(path, 'http://x').searchParams)
  if (asked === undefined) return { status: 200, body: everybody }
  const person = everybody.find((one) => [one.id, one.aadObjectId, one.userPrincipalName].includes(asked))
  return person ? { status: 200, body: person } : refusal(404, 'MemberNotFoundInConversation')
}

/** A page of the roster; never more than Teams gives at once, and a token for the next one when there is any. */
const pageOf = (everybody: readonly Somebody[], asked: URLSearchParams): Answer => {
  const from = Number(asked.get('continuationToken') ?? 0)
  const to = from + Math.min(Number(asked.get('pageSize') ?? 200), 500)
  const token = to < everybody.length ? { continuationToken: String(to) } : {}
  return { status: 200, body: { members: everybody.slice(from, to), ...token } }
}

const recordOf = (value: unknown): Activity => (typeof value === 'object' && value !== null ? { ...value } : {})

const nextId = ({ stored }: World): string => String(1_700_000_000_000 + stored.length)

const refusal = (status: number, code: string): Answer => ({
  status,
  body: { error: { code, message: `the fake service says ${code}` } },
})
