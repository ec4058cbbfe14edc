/** Names in the order in which they were noted last. */
export type Lately = {
  note(name: string): void
  forget(name: string): void
  has(name: string): boolean
  newestFirst(): readonly string[]
}

/** No names yet. It keeps at most `most`; the one noted longest ago is forgotten first. */
export const openLately = (most: number): Lately => {
  const names = new Set<string>()
  return {
    note: (name) => {
      names.delete(name)
      names.add(name)
      const [oldest = ''] = names
      if (names.size > most) names.delete(oldest)
    },
    forget: (name) => void names.delete(name),
    has: (name) => names.has(name),
    newestFirst: () => [...names].toReversed(),
  }
}
