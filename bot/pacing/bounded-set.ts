import { LRUCache } from 'lru-cache'

/** Names in the order in which they were noted last. */
export type BoundedSet = {
  note(name: string): void
  forget(name: string): void
  has(name: string): boolean
  newestFirst(): readonly string[]
}

/** No names yet. It keeps at most `most`; the one noted longest ago is forgotten first. Asking for a name is not noting it. */
export const openBoundedSet = (most: number): BoundedSet => {
  const names = new LRUCache<string, string>({ max: most })
  return {
    note: (name) => void names.set(name, name),
    forget: (name) => void names.delete(name),
    has: (name) => names.has(name),
    newestFirst: () => [...names.keys()],
  }
}
