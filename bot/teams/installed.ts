import { type Incoming, placeOf } from './incoming.js'

/**
 * Recognizes that Winnow was added somewhere, once.
 *
 * Teams tells it twice within moments: as an installation, which knows the channel that was chosen, and as a new member, which
 * does not. The second telling is passed over for a minute, unless it is the installation and names another channel.
 *
 * The local client tells both as well, for each page that is opened: there every installation counts, and nothing else, so that a
 * page that is loaded again at once is not left empty.
 */
export const arrivals = (now: () => number, isLocal: boolean): ((incoming: Incoming) => boolean) => {
  if (isLocal) return (incoming) => incoming.type === 'installationUpdate' && isArrival(incoming)
  const told = new Map<string, { readonly at: number; readonly conversationId: string }>()
  return (incoming) => {
    if (!isArrival(incoming)) return false
    const { conversationId } = placeOf(incoming)
    const where = incoming.channelData?.team?.id ?? incoming.conversation.id
    for (const [key, { at }] of told) if (now() - at > 60_000) told.delete(key)
    const before = told.get(where)
    if (before && (before.conversationId === conversationId || incoming.type === 'conversationUpdate')) return false
    told.set(where, { at: now(), conversationId })
    return true
  }
}

const isArrival = ({ type, action, membersAdded, recipient }: Incoming): boolean =>
  type === 'installationUpdate'
    ? action === 'add' || action === 'add-upgrade'
    : type === 'conversationUpdate' && (membersAdded ?? []).some(({ id }) => id === recipient.id)
