import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity } from 'botbuilder'
import type { Person } from '../../triage/person.js'
import type { Message } from '../chat.js'
import type { Connector } from './connector.js'
import { deliveryFailure } from './failures.js'
import { withoutThread } from './incoming.js'
import { localId } from './local.js'

/** Somebody as a conversation lists them: `id` is the chat's own, which alone makes a mention notify. */
export type Mentioned = Person

/**
 * The people of a message who are members of that conversation; whoever is not, or cannot be asked for, is no mention. Without a
 * mention no phone buzzes, so what may pass is waited for a moment.
 */
export const mentionable = async (
  { conversations }: Connector,
  conversationId: string,
  message: Message,
  local: boolean,
): Promise<readonly Mentioned[]> => {
  const people = 'text' in message ? (message.mentions ?? []) : []
  const channel = withoutThread(conversationId)
  const look = async (id: string): Promise<string | null | undefined> =>
    local ? await localId({ conversations }, channel, id) : (await conversations.getConversationMember(channel, id)).id
  const found = people.map(async ({ id, name }): Promise<readonly Mentioned[]> => {
    const known = await patiently(() => look(id))
    return known ? [{ id: known, name }] : []
  })
  const ends = await Promise.allSettled(found)
  return ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []))
}

/** Try again what may have failed by chance, twice and soon. */
const patiently = async <T>(work: () => Promise<T>, pausesMs: readonly number[] = [200, 800]): Promise<T> => {
  const [pauseMs, ...later] = pausesMs
  try {
    return await work()
  } catch (error) {
    if (pauseMs === undefined || deliveryFailure(error, 'member', 0).kind !== 'transient') throw error
    await sleep(pauseMs)
    return patiently(work, later)
  }
}

/**
 * A sentence in which the first appearance of each name is a mention. Everything else in it is escaped, for mentions need a format
 * with markup, and a name must stay a name.
 */
export const mentioning = (text: string, people: readonly Mentioned[]): Partial<Activity> => {
  const left = people.filter(({ name }) => name !== '').toSorted((one, other) => other.name.length - one.name.length)
  const entities: { type: 'mention'; text: string; mentioned: Mentioned }[] = []
  let rest = text
  let marked = ''
  while (rest !== '') {
    const at = left.findIndex(({ name }) => rest.startsWith(name))
    const [person] = at < 0 ? [] : left.splice(at, 1)
    const taken = person?.name ?? rest.slice(0, 1)
    const shown = escaped(taken)
    if (person) entities.push({ type: 'mention', text: `<at>${shown}</at>`, mentioned: person })
    marked += person ? `<at>${shown}</at>` : shown
    rest = rest.slice(taken.length)
  }
  return { type: 'message', text: marked, textFormat: 'xml', entities }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
