type Json = Readonly<Record<string, unknown>>

/** The lengths to which the runs of a card that is too big are cut, one after the other, in characters. */
export const lengths = [200, 120, 80, 50, 30, 20] as const

/** The card with every `TextRun`, which is where the words of people and sources stand, cut to so many characters. */
export const shortened = (card: Json, longest: number): Json =>
  Object.fromEntries(
    Object.entries(card).map(([key, value]) => [
      key,
      card['type'] === 'TextRun' && key === 'text' && typeof value === 'string'
        ? cut(value, longest)
        : inner(value, longest),
    ]),
  )

const inner = (value: unknown, longest: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => inner(item, longest))
  return typeof value === 'object' && value !== null ? shortened({ ...value }, longest) : value
}

const cut = (text: string, longest: number): string => {
  const letters = Array.from(text)
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`
}
