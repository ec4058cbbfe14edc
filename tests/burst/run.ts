import { performance } from 'node:perf_hooks'
import { forCards } from '../../bot/pacing/rate-window.js'
import { type Somebody, incidents, people } from '../support/activities.js'
import { earliest, openTeamsLimits } from '../support/teams-limits.js'
import { type World, openWorld } from '../support/winnow.js'
import { type Yardstick, openYardstick } from '../support/yardstick.js'

/**
 * A burst of alerts in real time, against a Teams that refuses whatever is faster than its published limits: `npm run burst`.
 * ALERTS is how many, 100 unless told. Real HTTP and signed tokens; meanwhile people press buttons, and after each case that is
 * taken the clients of sixty colleagues ask for their own view of it, ten at once. The answers are timed: half of the views come
 * within 100 ms, on a slow machine within as many times that as a bare server takes longer there in the same moments.
 */
const main = async (): Promise<void> => {
  const count = Number(process.env['ALERTS'] ?? 100)
  const limits = openTeamsLimits(() => performance.now())
  const world = await openWorld({ limits: forCards, teamsLimits: limits, timeoutMs: 10_000 })
  const yardstick = await openYardstick()
  world.connector.members.push(...colleagues)
  try {
    await world.install()
    const from = performance.now()
    const before = limits.came(incidents).length
    const codes = await send(world, count)
    const sentMs = performance.now() - from
    console.log(`${count} alerts are taken in after ${(sentMs / 1000).toFixed(1)} s; their cards follow`)
    const drained = world.drawn().then(() => performance.now() - from)
    const { clicks, views } = await press(world, codes, drained, yardstick)
    const took = (await drained) / 1000
    const requests = limits.came(incidents).length - before
    const least = earliest(Array.from({ length: requests }, () => 0)) / 1000
    const shown = new Set(codes.filter((code) => JSON.stringify(world.connector.cards(incidents)).includes(code)))
    console.log(
      `${requests} posts and updates in ${took.toFixed(1)} s; the limits allow no less than ${least.toFixed(1)} s`,
    )
    console.log(`refused for speed: ${limits.refused.length}`)
    console.log(`clicks answered meanwhile: ${told(clicks)}`)
    console.log(`views of sixty colleagues: ${told(views)}`)
    const mostMs = 100 * yardstick.slowness()
    console.log(`half of the views must take less than ${mostMs.toFixed(0)} ms on this machine`)
    const isQuick = Number(at(views, 0.5)) < mostMs
    const isGood = shown.size === count && limits.refused.length === 0 && isQuick
    console.log(
      isGood
        ? `1 passed: all ${count} cards are there`
        : `0 passed, 1 failed: ${shown.size} of ${count} cards are there, ${isQuick ? 'quick' : 'too slow'} for people`,
    )
    process.exitCode = isGood ? 0 : 1
  } finally {
    await Promise.all([world.close(), yardstick.close()])
  }
}

/** Send alerts, a few at a time, as sources do; their case codes. */
const send = async (world: World, count: number): Promise<readonly string[]> => {
  const codes: string[] = []
  for (let n = 0; n < count; n += 10) {
    const alerts = Array.from({ length: Math.min(10, count - n) }, (_, more) => ({
      id: `burst-${n + more}`,
      title: `Burst ${n + more}`,
    }))
    const { status, body } = await world.post({ alerts })
    if (status !== 202) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
    const { alerts: taken }: { readonly alerts: readonly { readonly caseId: string }[] } = Object(body)
    codes.push(...taken.map(({ caseId }) => caseId))
  }
  return codes
}

/** Press buttons until the cards are drawn: a click now and then takes a case, the others only look. How long answers took, in ms. */
const press = async (world: World, codes: readonly string[], drained: Promise<number>, yardstick: Yardstick) => {
  const clicks: number[] = []
  const views: number[] = []
  const over = new AbortController()
  void drained.finally(() => over.abort())
  for (let n = 0; !over.signal.aborted; n += 1) {
    const isTaking = n % 23 === 0
    const code = codes[(n * 7) % codes.length] ?? ''
    const data = { caseId: code, line: isTaking ? 0 : 1_000_000 }
    clicks.push(await timed(world, 'claim', data, people.ana))
    const looking = isTaking ? colleagues : []
    for (let from = 0; from < looking.length; from += 10) {
      const some = looking.slice(from, from + 10)
      views.push(...(await Promise.all(some.map((by) => timed(world, 'refresh', data, by)))))
      await yardstick.sample()
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { clicks, views }
}

/** How long the answer to a click took, in ms. */
const timed = async (world: World, verb: string, data: { caseId: string }, by: Somebody): Promise<number> => {
  const activity = world.activities.invoke(verb, data, '1', { by, conversation: incidents })
  const from = performance.now()
  const { status, text } = await world.send(activity, tokenOf(world))
  const took = performance.now() - from
  if (status === 200 && text.includes(data.caseId)) return took
  throw new Error(`a click was answered ${status}: ${text.slice(0, 200)}`)
}

/** Signed once, as Teams does: signing takes longer than all that is measured. */
const tokenOf = (world: World): string => (token ??= `Bearer ${world.issuer.sign(world.connector.serviceUrl)}`)
let token: string | undefined

/** As many as Teams lets ask for a view of their own. */
const colleagues: readonly Somebody[] = Array.from({ length: 60 }, (_, n) => ({
  id: `29:1colleague-${n}`,
  aadObjectId: `cccccccc-0000-4000-8000-0000000000${10 + n}`,
  name: `Colleague ${n}`,
  userPrincipalName: `colleague-${n}@example.com`,
}))

const told = (waits: readonly number[]): string =>
  `${waits.length}, p50 ${at(waits, 0.5)} ms, p99 ${at(waits, 0.99)} ms, most ${Math.max(...waits).toFixed(1)} ms`

const at = (values: readonly number[], share: number): string =>
  (values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? NaN).toFixed(1)

await main()
