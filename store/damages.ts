import type { Damage } from './store.js'

/** Hears of each damage as it is found. */
export type Report = (damage: Damage) => void

/** What is known to be damaged. */
export type Damages = {
  /** Note something. `of` names what it is about: a newer note about the same replaces it, and what was noted before is not told again. */
  readonly note: (of: string, damage: Damage) => void
  readonly has: (of: string) => boolean
  /** That is well again. */
  readonly clear: (of: string) => void
  readonly all: () => readonly Damage[]
}

/** An empty list. */
export function openDamages(report: Report = () => undefined): Damages {
  const noted = new Map<string, Damage>()
  return {
    note: (of, damage) => {
      if (noted.get(of)?.text === damage.text) return
      noted.set(of, damage)
      report(damage)
    },
    has: (of) => noted.has(of),
    clear: (of) => void noted.delete(of),
    all: () => [...noted.values()],
  }
}
