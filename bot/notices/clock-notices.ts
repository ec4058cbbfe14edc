import {
  describeManagerReminder,
  describePage,
  describePassedOn,
  describeRelease,
  describeReminder,
  describeToManager,
} from '../../dialogs/tell/clocks.js'
import { utc } from '../../dialogs/time.js'
import type { Event } from '../../triage/event.js'
import type { ConversationRef } from '../../triage/card.js'
import { cardPlace, channelOf } from '../cases/card-location.js'
import type { CaseRenderer, Zones } from '../outbox/render-case.js'
import type { Clock } from '../pacing/clock.js'
import type { Retry } from '../pacing/queue.js'
import { type Lines, type SayingParts, type Sentence, openSentences } from './handovers.js'
import { type Recipient, notify } from './notify.js'

type Parts = SayingParts & {
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  /** ISO 8601. */
  readonly now: () => string
  readonly zones?: Zones
  readonly clock: Clock
  /** How long a channel is left in peace after a page, in milliseconds. */
  readonly pagePauseMs: number
}

type Paged = Event & { readonly type: 'paged' }

/** The lines that clocks write, and people hear of. */
export const clockTypes = ['paged', 'reminded', 'released', 'confirmation-passed-on'] as const

/**
 * Tells people what clocks have done, from the lines they wrote: who is to look at an unassigned case, the owner before and when it is
 * released, the manager that an answer is waited for, and the owner what becomes of that. Pages of the same people in one channel
 * that come together are one message.
 */
export const openClockNotices = (parts: Parts): ((lines: Lines) => void) => {
  const { desk, renderer, place, deliveryQueues, told, now, log, zones, clock, pagePauseMs } = parts
  const put = openSentences(parts)
  const here = zones?.channel ?? utc
  const quietUntil = new Map<string, number>()
  const waiting = new Map<string, { readonly page: Paged; readonly codes: Map<string, string> }>()

  const look = async (code: string) => {
    const settled = await desk.look(code).catch(() => null)
    return (settled && renderer.contextOf(settled)) ?? []
  }

  const tell = async (key: string, channel: ConversationRef): Promise<Retry> => {
    const kept = waiting.get(key)
    if (!kept) return null
    const quietFor = (quietUntil.get(key) ?? -Infinity) - clock.now()
    if (quietFor > 0) return { againInMs: Math.ceil(quietFor) }
    const codes = [...kept.codes]
    const looked = await Promise.all(codes.map(([code]) => look(code)))
    const page = describePage(looked.flat(), kept.page, kept.page.at > now() ? kept.page.at : now())
    if (page) {
      const { text, mentions, about } = page
      const thread = cardPlace(about, place)
      const to: readonly Recipient[] = [
        ...(thread ? [thread] : []),
        channel,
        ...kept.page.to.map(({ id }) => ({ personId: id, via: channel })),
      ]
      const details = { cases: codes.map(([code]) => code) }
      const outcome = await notify({ to, message: { text, mentions }, name: key, deliveryQueue: key, details }, parts)
      if (outcome !== null && outcome !== 'refused') return outcome
      if (outcome === 'refused') log.error(details, 'people could not be paged')
      quietUntil.set(key, clock.now() + pagePauseMs)
    }
    for (const [code, at] of codes) {
      told.note(nameOf(code, at))
      kept.codes.delete(code)
    }
    if (kept.codes.size === 0) waiting.delete(key)
    return null
  }

  const page = (lines: Lines, event: Paged): void => {
    const to = cardPlace(lines, place)
    if (!to || told.has(nameOf(lines.state.id, event.at))) return
    const channel = channelOf(to)
    const people = event.to.map(({ id }) => id).toSorted()
    const key = `clock ${JSON.stringify([channel.conversationId, event.step, event.why, people])}`
    const kept = waiting.get(key) ?? { page: event, codes: new Map<string, string>() }
    waiting.set(key, kept)
    kept.codes.set(lines.state.id, event.at)
    deliveryQueues.at(key).put('page', () => tell(key, channel))
  }

  const sentences = (lines: Lines, event: Event): readonly Omit<Sentence, 'record' | 'at'>[] => {
    const owner = lines.state.owner?.id ?? ''
    if (event.type === 'released' && event.from)
      return [
        {
          about: 'released',
          personId: event.from.id,
          say: ({ state }, phrases) => state && describeRelease(event, state, phrases),
        },
      ]
    if (event.type === 'confirmation-passed-on')
      return [
        {
          about: 'passed on',
          personId: owner,
          say: ({ state }, phrases) => state && describePassedOn(event, state, phrases, here),
        },
      ]
    if (event.type !== 'reminded') return []
    const { person } = event
    if (event.as === 'owner')
      return [
        {
          about: 'reminded',
          personId: person.id,
          say: ({ state }, phrases) => state && describeReminder(event, state, phrases, here),
        },
      ]
    return [
      {
        about: 'manager reminded',
        personId: person.id,
        isPersonal: true,
        say: ({ state }, phrases) => state && describeToManager(event, state, phrases, zones?.of(person.id) ?? utc),
      },
      {
        about: 'manager was reminded',
        personId: owner,
        say: ({ state }, phrases) => state && describeManagerReminder(event, state, phrases, here),
      },
    ]
  }

  return (lines) => {
    for (const event of lines.written) {
      if (event.type === 'paged' && event.step !== 'first') page(lines, event)
      for (const sentence of sentences(lines, event)) put({ record: lines, at: event.at, ...sentence })
    }
  }
}

const nameOf = (code: string, at: string): string => `${code} paged ${at}`
