import { type AdaptiveCard, changed } from './render.js'

/**
 * The card for a client that has no dialogs and would leave a button that asks for one without effect: the button is an ordinary
 * `Action.Submit` then, which arrives as a message.
 */
export const withoutDialogs = (card: AdaptiveCard): AdaptiveCard => changed(card, withoutThem)

const withoutThem = (node: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (isDialog(key, value) ? [] : [[key, replaced(value)]])),
  )

const isDialog = (key: string, value: unknown): boolean =>
  key === 'msteams' && typeof value === 'object' && value !== null && 'type' in value && value.type === 'task/fetch'

const replaced = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(replaced)
  return typeof value === 'object' && value !== null ? withoutThem(value) : value
}
