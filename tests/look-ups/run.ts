import { setTimeout as sleep } from 'node:timers/promises'
import { people } from '../support/activities.js'
import { actorsIn } from '../support/actors.js'
import { type FakeGraph, type Trouble, clientOf, openFakeGraph } from '../support/fake-graph.js'
import { openWorld } from '../support/winnow.js'

/**
 * How long alerts and clicks take while Graph is well, slow, forbidden, wrong, or limits: `npm run look-ups` prints medians, 95 of 100,
 * and the longest, in milliseconds, and what became of the look-ups. It fails when anything waited for Graph. How long one question
 * may take follows from what clicks take on this machine without look-ups, so that a slow one does not look as if it waited.
 */
const main = async (): Promise<void> => {
  // The first world of a process pays for what is loaded.
  await measure('off', leastLimitMs)
  const before = await measure('off', leastLimitMs)
  const limitMs = Math.max(leastLimitMs, Math.ceil(10 * Math.max(...clicks(before))))
  console.log(`${casesEach} cases each, every other of high severity; one question to Graph may take ${limitMs} ms\n`)
  console.log(
    ['Graph'.padEnd(22), 'alert', 'take', 'answer', 'looked up / not']
      .map((title, at) => (at === 0 ? title : title.padEnd(18)))
      .join(''),
  )
  const results: Result[] = []
  for (const kind of kinds) {
    const result = await measure(kind, limitMs)
    results.push(result)
    const { taken, answered, alerts, found, failed } = result
    const cells = [kind.padEnd(22), ...[alerts, taken, answered].map((one) => spread(one).padEnd(18))]
    console.log(`${cells.join('')}${found} / ${failed}`)
  }
  const usual = Math.max(...[before, ...results].map((one) => (one.kind === 'off' ? quantile(clicks(one), 0.5) : 0)))
  for (const [what, isSo] of [
    ['no click took as long as a question to Graph may', results.every((one) => Math.max(...clicks(one)) < limitMs)],
    [
      'half of the clicks took no longer than with look-ups off and a tenth of that time',
      results.every((one) => quantile(clicks(one), 0.5) <= usual + limitMs / 10),
    ],
    ['every case was looked into, or says why not', results.every(({ kind, isTold }) => kind === 'off' || isTold)],
  ] as const) {
    console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`)
    if (!isSo) process.exitCode = 1
  }
}

const casesEach = 12
const leastLimitMs = 5000
/** With look-ups off at both ends, since others may make the machine slower meanwhile. */
const kinds = ['off', 'well', 'says nothing', 'forbidden', 'wrong', 'limits', 'fails', 'off'] as const
type Kind = (typeof kinds)[number]

type Result = {
  readonly kind: Kind
  readonly alerts: readonly number[]
  readonly taken: readonly number[]
  readonly answered: readonly number[]
  readonly found: number
  readonly failed: number
  readonly isTold: boolean
}

const hunting = '/security/runHuntingQuery'
const troubles: Readonly<Partial<Record<Kind, Trouble>>> = {
  'says nothing': 'silence',
  forbidden: { status: 403 },
  limits: { status: 429, headers: { 'retry-after': '1' } },
  fails: { status: 500 },
}

const set = (fake: FakeGraph, kind: Kind): void => {
  const row = { Timestamp: '2026-03-02T08:41:09Z', Application: 'Office', IPAddress: '192.0.2.10' }
  fake.answers(hunting, { results: kind === 'wrong' ? 'none' : Array.from({ length: 14 }, () => row) })
  const trouble = troubles[kind]
  if (trouble !== undefined) fake.fail(...Array.from({ length: 10_000 }, () => trouble))
}

const clicks = ({ taken, answered }: Result): readonly number[] => [...taken, ...answered]

const measure = async (kind: Kind, limitMs: number): Promise<Result> => {
  const fake = await openFakeGraph()
  set(fake, kind)
  const graph = clientOf(fake, { tries: 1 })
  const world = await openWorld(kind === 'off' ? {} : { lookUps: { graph, timeoutMs: limitMs } })
  const times = { alerts: [] as number[], taken: [] as number[], answered: [] as number[] }
  const timed = async <T>(into: number[], work: () => Promise<T>): Promise<T> => {
    const before = performance.now()
    const value = await work()
    into.push(performance.now() - before)
    return value
  }
  let into: number[] = []
  const teams = actorsIn({
    ...world,
    post: (body, headers) => timed(times.alerts, () => world.post(body, headers)),
    send: (activity, authorization) => timed(into, () => world.send(activity, authorization)),
  })
  try {
    await world.install()
    const codes: string[] = []
    for (let at = 0; at < casesEach; at += 1) {
      const about = [{ upn: `user${at}@contoso.example` }]
      const code = await teams.alert({ severity: at % 2 === 0 ? 'high' : 'medium', people: about })
      codes.push(code)
      into = times.taken
      await teams.press(people.ana, teams.cardOf(code), 'Take case')
      into = times.answered
      await teams.press(people.ana, teams.cardOf(code), 'Answer', { option: 'other' })
    }
    const linesOf = async (code: string) =>
      (await world.app().desk.look(code)).diary.filter(({ type }) => type.startsWith('look'))
    const told = async () => Promise.all(codes.map(linesOf))
    const isTold = async () => (await told()).every((lines) => lines.length > 0)
    // For as long as anything comes: a question that is given up, and asked again, takes longest.
    const silentMs = kind === 'off' ? 0 : 4 * limitMs + 60_000
    let [newsAt, known] = [performance.now(), 0]
    while (performance.now() - newsAt < silentMs && !(await isTold())) {
      await sleep(100)
      const { length } = (await told()).flat()
      if (length > known) [newsAt, known] = [performance.now(), length]
    }
    const lines = (await told()).flat()
    return {
      kind,
      ...times,
      found: lines.filter(({ type }) => type === 'looked-up').length,
      failed: lines.filter(({ type }) => type === 'look-up-failed').length,
      isTold: await isTold(),
    }
  } finally {
    await world.close()
    await fake.close()
  }
}

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * part)] ?? 0

const spread = (values: readonly number[]): string =>
  [quantile(values, 0.5), quantile(values, 0.95), Math.max(...values)].map((one) => one.toFixed(0)).join(' / ')

await main()
