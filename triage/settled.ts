import { type Case, chatSurface, managerSurface } from './case.js'
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

/** The channel's card, the one of the newest question to a manager, and those in analysts' own chats. */
const wanted = ({ confirmation, surfaces }: Case): readonly string[] => [
  'channel',
  ...(confirmation ? [managerSurface(confirmation)] : []),
  ...Object.keys(surfaces).filter((name) => surfaces[name]?.audience === 'analyst'),
]

const isBehind = (state: Case, name: string): boolean => {
  const surface = state.surfaces[name]
  if (!surface) return name === 'channel' || (state.confirmation?.state === 'asked' && state.closed === null)
  if (surface.state === 'refused' || surface.state === 'lost' || surface.state === 'begun') return false
  if (surface.audience === 'analyst' && !isOwners(state, name)) {
    // Who had it before is told once who has it now, and then left in peace.
    return surface.state === 'shown' && surface.drawn < state.ownerNews
  }
  return surface.state === 'gone' || surface.drawn < (surface.audience === 'manager' ? state.managerNews : state.news)
}

const isOwners = ({ owner }: Case, name: string): boolean => owner !== null && chatSurface(owner.id) === name
