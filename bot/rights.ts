import type { Person } from '../triage/person.js'
import type { Place } from '../triage/surface.js'
import type { House } from './house.js'

/**
 * True for who may see and work cases: whoever speaks in the bound channel (the chat lets only its members do so), and
 * members of its team in their personal chat. Nobody as long as no channel is bound.
 */
export const isAnalyst = async (
  { by, place, personal }: { readonly by: Person; readonly place: Place; readonly personal: boolean },
  { binding, messenger }: House,
): Promise<boolean> => {
  const home = binding.place()
  if (home === null || place.tenantId !== home.tenantId) return false
  if (!personal && place.conversationId === home.conversationId) return true
  return messenger.isMember(by.id, home)
}
