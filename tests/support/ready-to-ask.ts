import type { Somebody } from './activities.js'
import type { Actors } from './actors.js'
import type { Json } from './card-walk.js'

/** An alert that somebody took and led to the check a manager can vouch for; resolves with the case's code. */
export const readyToAsk = async (teams: Actors, by: Somebody, but: Json = {}): Promise<string> => {
  const code = await teams.alert(but)
  await teams.press(by, teams.cardOf(code), 'Take case')
  for (const option of ['other', 'usual', 'known']) await teams.press(by, teams.cardOf(code), 'Answer', { option })
  return code
}
