import type { AdaptiveCard } from './render.js'

/** The most people whose clients Teams lets ask for a card of their own. */
export const mostViewers = 60

/**
 * The card, and the clients of these people (by the chat's own ids, at most `mostViewers`) ask for another as soon as they show it:
 * verb `refresh`, with that data. Without anybody it stays as it is, for a list that is left out means everybody.
 *
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
 */
export const refreshedFor = (card: AdaptiveCard, viewers: readonly string[], data: object): AdaptiveCard =>
  viewers.length === 0
    ? card
    : {
        json: withEntry(card.json, 'refresh', {
          action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data },
          userIds: viewers.slice(0, mostViewers),
        }),
      }

/** The JSON of an object that has something, with one thing more behind it. */
const withEntry = (json: Buffer, key: string, value: object): Buffer =>
  Buffer.concat([json.subarray(0, -1), Buffer.from(`,"${key}":${JSON.stringify(value)}}`)])
