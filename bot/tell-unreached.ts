import { inWords } from '../dialogs/unreached.js'
import { visible } from '../dialogs/visible.js'
import { type Case, managerSurface } from '../triage/case.js'
import type { Person } from '../triage/person.js'
import { type Phrases, say } from '../triage/phrases.js'
import type { Place } from '../triage/surface.js'
import type { Backoff } from './backoff.js'
import type { Desk } from './desk.js'
import type { Lane, Outcome } from './lane.js'
import type { Pacer } from './pacer.js'
import { type Messenger, Undelivered } from './talk.js'

type Parts = {
  readonly desk: Desk
  readonly messenger: Messenger
  readonly place: (state: Case) => Place | null
  readonly phrases: Phrases
  readonly pacer: Pacer
  readonly backoff: Backoff
  readonly lane: Lane
  readonly log: { error(details: object, text: string): void }
}

/**
 * Tell in the case's thread that the manager's chat does not take the question, and mention both the manager and who asked: a
 * channel may reach whom a chat does not, and somebody has to go on. Said once, and not again when nobody knows whether it arrived.
 */
export const openUnreachedNotices = ({ desk, messenger, place, phrases, pacer, backoff, lane, log }: Parts) => {
  const tell = async (caseId: string, surface: string): Promise<Outcome> => {
    const { state } = await desk.look(caseId)
    const asked = state?.confirmation
    const isOpen = asked?.state === 'asked' && managerSurface(asked) === surface && !state?.closed
    const to = state && (state.surfaces['channel']?.posted?.place ?? place(state))
    if (!state || !isOpen || !to) return null
    const turn = pacer.ask(to)
    if (typeof turn === 'number') return { againInMs: turn, everybody: true }
    const [manager, asker] = [readable(asked.manager), readable(asked.askedBy)]
    const detail = inWords(state.surfaces[surface]?.detail ?? '', phrases)
    const names = { code: caseId, manager: manager.name, asker: asker.name, detail }
    try {
      await messenger.post(to, { text: say(phrases, 'unreached.call', names), mentions: [manager, asker] })
    } catch (error) {
      if (error instanceof Undelivered && error.kind === 'not-now') return backoff.failed(caseId, 'unreached', error)
      log.error({ err: error, case: caseId }, 'a manager could not be asked, and the channel could not be told')
    } finally {
      turn()
    }
    backoff.worked(caseId, 'unreached')
    return null
  }

  return (caseId: string, surface: string): void => lane.put(`${caseId} ${surface}`, () => tell(caseId, surface))
}

const readable = ({ id, name }: Person): Person => ({ id, name: visible(name, 60) })
