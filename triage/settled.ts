import { type Case, managerSurface } from './case.js'
import { replay } from './evolve.js'
import type { Diary } from './event.js'

/** True when a case wants nothing any more: closed, no post under way, and every card shows so (or can't be reached). */
export const isSettled = (diary: Diary): boolean => {
  const state = replay(diary)
  return state !== null && state.closed !== null && behind(state).length === 0 && !isPosting(state)
}

const isPosting = ({ surfaces }: Case): boolean => Object.values(surfaces).some(({ state }) => state === 'begun')

/** The surfaces that show less than there is to see, and can be redrawn. */
export const behind = (state: Case): readonly string[] => wanted(state).filter((name) => isBehind(state, name))

/** The channel's card, and the one of the newest question to a manager, if any. */
const wanted = ({ confirmation }: Case): readonly string[] => [
  'channel',
  ...(confirmation ? [managerSurface(confirmation)] : []),
]

const isBehind = (state: Case, name: string): boolean => {
  const surface = state.surfaces[name]
  if (!surface) return name === 'channel' || (state.confirmation?.state === 'asked' && state.closed === null)
  if (surface.state === 'refused' || surface.state === 'lost' || surface.state === 'begun') return false
  return surface.state === 'gone' || surface.drawn < (surface.seat === 'manager' ? state.managerNews : state.news)
}
