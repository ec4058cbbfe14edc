import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { incidents, people } from '../support/activities.js'
import { startWinnow } from '../support/winnow-process.js'
import type { Chance } from './chance.js'
import { type Shift, work } from './load.js'
import { makeTrouble } from './trouble.js'
import type { World } from './world.js'

/** Where the compiled program is, and where its log goes. */
export type Program = { readonly compiled: string; readonly log: string }

/** One life of Winnow, from its start to SIGKILL. Ends when nobody waits for an answer any more. */
export const live = async (shift: Shift, { compiled, log, isFirst }: Program & { readonly isFirst: boolean }) => {
  const { world, chance } = shift
  const winnow = startWinnow(compiled, world.settings, log)
  if (!isFirst && chance.odds(0.1)) {
    await sleep(chance.between(0, 700))
    return winnow.kill()
  }
  const origin = await winnow.up
  if (isFirst) await world.tell(origin, world.activities.installed({ by: people.ana, conversation: incidents }))
  makeTrouble(world.connector, chance)
  let over = false
  const working = work(shift, origin, () => over)
  await moment(world, chance)
  await winnow.kill()
  over = true
  await working
}

/** Any moment; or, where it is hardest, just when a request to Teams or an answer to people is under way. */
const moment = async ({ moments }: World, chance: Chance): Promise<void> => {
  await sleep(chance.between(50, 900))
  const what = chance.one([null, null, 'post', 'update', 'acknowledged', 'acknowledged'])
  if (what !== null) await Promise.race([once(moments, what), sleep(500)])
}
