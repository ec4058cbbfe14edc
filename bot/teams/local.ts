import type { Connector } from './connector.js'
import type { TeamsRequest } from './request.js'

/**
 * Why a request may not be served in local mode, where nobody proves who they are; null when it may. It must come from this
 * machine, and ask for this machine by name (a web page cannot), not through a proxy or tunnel.
 */
export const notLocal = ({ socket, headers }: TeamsRequest): string | null => {
  if (!isLoopback(socket.remoteAddress ?? '')) return 'it comes from another machine'
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined) return 'it comes through a proxy'
  const { host } = headers
  if (host !== undefined && !isLoopback(hostOf(`http://${String(host)}`))) return 'it asks for another machine'
  return null
}

/** Why an answer may not go to that service in local mode; null when it is on this machine. */
export const notHere = (serviceUrl: string): string | null =>
  isLoopback(hostOf(serviceUrl)) ? null : 'it wants to be answered on another machine'

/** The local client's own id of a person, found in the roster: it knows nobody by object id. */
export const localId = async (
  connector: Pick<Connector, 'conversations'>,
  conversationId: string,
  personId: string,
): Promise<string | null> => {
  const { members } = await connector.conversations.getConversationPagedMembers(conversationId)
  return members.find(({ id, aadObjectId }) => id === personId || aadObjectId === personId)?.id ?? null
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname
  } catch {
    return ''
  }
}

const isLoopback = (address: string): boolean =>
  address === 'localhost' || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address) || /^\[?::1\]?$/.test(address)
