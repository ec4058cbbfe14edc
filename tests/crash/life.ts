import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { incidents, people } from '../support/activities.js'
import { type WinnowProcess, startWinnow } from '../support/winnow-process.js'
import type { Chance } from './chance.js'
import { type Shift, work } from './load.js'
import { makeTrouble } from './trouble.js'
import type { World } from './world.js'

/** Where the compiled program is, and where its log goes. */
export type Program = { readonly compiled: string; readonly log: string }

/** A Winnow that is loaded and waits for its life to begin: so the next one is ready when one is killed. */
export const awaitingLife = ({ settings }: World, { compiled, log }: Program): WinnowProcess =>
  startWinnow(compiled, { ...settings, waits: true }, log)

/**
 * One life of a Winnow that waits, up to SIGKILL. Ends when nobody waits for an answer any more. Most last 0.3 to 2 seconds; with
 * less done than `enough` wants by then, they go on for as long as anything is acknowledged.
 */
export const live = async (shift: Shift, winnow: WinnowProcess, isFirst: boolean, enough: () => boolean) => {
  const { world, chance } = shift
  await winnow.go()
  if (!isFirst && chance.odds(0.1)) {
    await sleep(chance.between(0, 400))
    return winnow.kill()
  }
  const origin = await winnow.up
  if (isFirst) await world.tell(origin, world.activities.installed({ by: people.ana, conversation: incidents }))
  makeTrouble(world.connector, chance)
  let over = false
  const working = work(shift, origin, () => over)
  await moment(world, chance, enough)
  await winnow.kill()
  over = true
  await working
}

/** Any moment; or, where it is hardest, just when a request to Teams or an answer to people is under way. */
const moment = async ({ moments }: World, chance: Chance, enough: () => boolean): Promise<void> => {
  await sleep(chance.between(300, 2000))
  await untilEnough({ moments }, enough)
  const what = chance.one([null, null, 'post', 'update', 'acknowledged', 'acknowledged'])
  if (what !== null) await Promise.race([once(moments, what), sleep(500)])
}

/** Wait until enough was done, however slow the machine; or until nothing has been acknowledged for so long that it never will be. */
export const untilEnough = async ({ moments }: Pick<World, 'moments'>, enough: () => boolean): Promise<void> => {
  let heardAt = performance.now()
  const hear = (): void => void (heardAt = performance.now())
  moments.on('acknowledged', hear)
  while (!enough() && performance.now() - heardAt < silentMs) await sleep(100)
  moments.off('acknowledged', hear)
}

/** A Winnow that acknowledges nothing for so long, with fifteen senders at work, has come to a stop. */
const silentMs = 30_000
