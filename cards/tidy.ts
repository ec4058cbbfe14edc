type Json = Readonly<Record<string, unknown>>

/**
 * Make what a template holds fit to send: what turned out empty is dropped, from the inside out, and so is what only the
 * designer reads (`$schema`). Text is kept as it is, but that `{{DATE(…)}}` and `{{TIME(…)}}` stay text.
 */
export const tidy = (node: Json): Json =>
  Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !key.startsWith('$') && value !== null)
      .map(([key, value]) => [key, key === 'text' && typeof value === 'string' ? plain(value) : tidyValue(value)]),
  )

/** Clients turn these into dates in any text. A word joiner, which nobody sees, keeps them from it. */
export const plain = (text: string): string =>
  text.includes('{{') ? text.replaceAll(/\{\{(?=(?:DATE|TIME)\()/gi, '{\u2060{') : text

const tidyValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidyValue).filter((item) => !isEmpty(item))
  return typeof value === 'object' && value !== null ? tidy({ ...value }) : value
}

/** True for an element without what it must hold to draw more than a gap. */
export const isEmpty = (item: unknown): boolean => {
  if (typeof item !== 'object' || item === null || !('type' in item)) return false
  const held: unknown = Reflect.get(item, heldBy(item.type) ?? 'type')
  return held === undefined || held === '' || (Array.isArray(held) && held.length === 0)
}

/** The key under which an element of that type holds what it draws; null where any of them draws something. */
const heldBy = (type: unknown): string | null => holds[String(type)] ?? null

/** By type, what an element must hold to draw more than a gap. */
const holds: Readonly<Record<string, string>> = {
  Container: 'items',
  ColumnSet: 'columns',
  ActionSet: 'actions',
  RichTextBlock: 'inlines',
  TextRun: 'text',
  TextBlock: 'text',
}
