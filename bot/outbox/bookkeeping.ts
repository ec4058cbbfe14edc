import { type Card, type MessageRef, audienceOf } from '../../triage/card.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { Desk } from '../cases/desk.js'
import { type DeliveryOutcome, afterFailure, isAbout } from './delivery-failure.js'

/** What is kept of cards on their way. What could not be written stays in memory, and is written later: a card is never forgotten. */
export type Bookkeeping = {
  /** Keep that a post begins. False when the card stands or may stand already: so no case gets two. */
  startPost(caseId: string, name: string): Promise<boolean>
  /** Keep what a card shows now; nobody waits for that, for after a crash it is merely drawn again. */
  keepShown(caseId: string, name: string, posted: MessageRef, shown: Shown): Promise<void>
  /** Keep that a post failed, or an update of that message. */
  keepFailed(failed: FailedCard): Promise<void>
  /** Write what could not be written of that card before. True when there was something. */
  catchUp(caseId: string, name: string): Promise<boolean>
  /** True when something of that card is still to be written, or a post of it is under way. */
  isBusy(caseId: string, name: string): boolean
  /** True when nothing of that card was sent although its post is kept as begun: the disk said no, and yet it was written. */
  isNotBegun(caseId: string, name: string): boolean
  /** Write all that could not be written, before the end; what fails again is given to `failed`. */
  finish(failed: (error: unknown, caseId: string) => void): Promise<void>
}

/** The newest line of the diary on a card, and whether its owner fills it in. */
export type Shown = { readonly line: number; readonly holds?: true }

/** A card that was not delivered: by an update of that message, or by a post when it is null. */
export type FailedCard = {
  readonly caseId: string
  readonly name: string
  readonly update: MessageRef | null
  readonly outcome: DeliveryOutcome
  readonly detail: string
  /** Done after it is kept, together with it: when one of both fails, both are done again. */
  readonly andThen: () => Promise<void>
}

/** Nothing is under way. `now` is ISO 8601. */
export const openBookkeeping = (desk: Desk, now: () => string): Bookkeeping => {
  const unkept = new Map<string, { readonly caseId: string; readonly keep: () => Promise<void> }>()
  const [underWay, notBegun] = [new Set<string>(), new Set<string>()]
  const keyOf = (caseId: string, name: string) => `${caseId} ${name}`

  /** Write it now, or remember to. */
  const keep = async (caseId: string, name: string, work: () => Promise<void>): Promise<void> => {
    const key = keyOf(caseId, name)
    unkept.set(key, { caseId, keep: work })
    underWay.delete(key)
    await work()
    unkept.delete(key)
  }

  const cardIn = (state: Card['state'], name: string, posted: MessageRef | null, shownLine: number): Card => ({
    audience: audienceOf(name),
    state,
    posted,
    shownLine,
    detail: '',
    since: now(),
  })

  return {
    startPost: async (caseId, name) => {
      const key = keyOf(caseId, name)
      const isOurs = notBegun.has(key)
      // Until it is written nothing is sent; should it be written although the disk says no, it is known that nothing was.
      notBegun.add(key)
      const isBegun = await desk.keepCards(caseId, ({ cards }) => {
        const known = cardOf(cards, name)
        const isFree = known === undefined || known.state === 'missing' || (isOurs && known.state === 'posting')
        // Why it is owed is still true should the post fail.
        const detail = known?.state === 'missing' ? known.detail : ''
        return isFree ? { [name]: { ...cardIn('posting', name, null, -1), detail } } : null
      })
      notBegun.delete(key)
      if (isBegun) underWay.add(key)
      return isBegun
    },
    keepShown: (caseId, name, posted, { line, holds }) =>
      keep(caseId, name, async () => {
        await desk.keepCards(
          caseId,
          ({ cards }) => {
            const known = cardOf(cards, name)
            const isShown = known?.state === 'shown' && known.posted?.messageId === posted.messageId
            if (isShown && known.shownLine >= line) return null
            return { [name]: { ...cardIn('shown', name, posted, line), ...(holds && { holds }) } }
          },
          { durable: false },
        )
      }),
    keepFailed: ({ caseId, name, update, outcome, detail, andThen }) => {
      const at = now()
      return keep(caseId, name, async () => {
        await desk.keepCards(caseId, ({ cards }) => {
          const known = cardOf(cards, name)
          if (!isAbout(known, update, outcome)) return null
          return { [name]: afterFailure(known ?? cardIn('posting', name, null, -1), outcome, detail, at) }
        })
        await andThen()
      })
    },
    catchUp: async (caseId, name) => {
      const left = unkept.get(keyOf(caseId, name))
      if (!left) return false
      await left.keep()
      unkept.delete(keyOf(caseId, name))
      return true
    },
    isBusy: (caseId, name) => underWay.has(keyOf(caseId, name)) || unkept.has(keyOf(caseId, name)),
    isNotBegun: (caseId, name) => notBegun.has(keyOf(caseId, name)),
    finish: async (failed) => {
      for (const [key, { caseId, keep }] of unkept) {
        await keep().then(
          () => unkept.delete(key),
          (error: unknown) => failed(error, caseId),
        )
      }
    },
  }
}
