import { type AdaptiveCard, changed } from './render.js'

/** The card with every `Action.Execute` replaced by the `Action.Submit` it falls back on; all else stays as it is. */
export const submitOnly = (card: AdaptiveCard): AdaptiveCard => changed(card, replacedIn)

const replacedIn = (node: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value)]))

const replaced = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(replaced)
  if (typeof value !== 'object' || value === null) return value
  const { type, fallback }: { readonly type?: unknown; readonly fallback?: unknown } = value
  return type === 'Action.Execute' && fallback !== undefined ? fallback : replacedIn(value)
}
