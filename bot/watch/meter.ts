import type { ChatRequest } from './chat-watch.js'

/** Counts what happens, for Prometheus. */
export type Meter = {
  /** Alerts that came from a source: opened as new, known already (`updated`: with news), joined to or grouped with another, left out, refused as unreadable, or not stored. */
  alerts(source: string, outcome: AlertOutcome, count?: number): void
  /** How long the store took, in seconds. */
  store(what: 'read' | 'write' | 'replace', outcome: 'ok' | 'failed', seconds: number): void
  chat(request: ChatRequest): void
  /** A card shows what it should, so many seconds after it first should have. */
  delivered(audience: string, seconds: number): void
  /** A line was added to a case's history. */
  event(type: string): void
  /** What someone wanted was refused, by the name of the reason. */
  refused(reason: string): void
  /** Everything so far as text for Prometheus, with what Node tells of itself and the delay of the event loop. */
  text(): Promise<string>
}

/** What became of an alert that was sent. */
export type AlertOutcome = 'new' | 'known' | 'updated' | 'joined' | 'grouped' | 'ignored' | 'refused' | 'failed'

/** So much is noted down before the library is loaded without having been asked for, and then before it is counted. */
const mostNotes = 2000
const mostUncounted = 500
/** How many times that much is kept at the most while the library can't be loaded. */
const mostKept = 10

/**
 * A meter at zero.
 *
 * The library takes some thirteen megabytes, so it is loaded when it is first asked for. What happens is only noted down, and counted
 * when somebody asks, or with hundreds of others: nobody who presses or sends something waits for it. `load` loads it.
 */
export const openMeter = (most = mostNotes, load = instrumentsOf): Meter => {
  let instruments: Instruments | null = null
  let loading: Promise<Instruments> | null = null
  let notes: ((of: Instruments) => void)[] = []
  let nextTry = most
  /** What only adds up, by what it is of. */
  const sums = new Map<string, Sum>()

  const ready = (): Promise<Instruments> =>
    (loading ??= load()
      .then((loaded) => {
        instruments = loaded
        return loaded
      })
      .catch((error: unknown) => {
        // The next who asks tries again.
        loading = null
        throw error
      }))

  const countAll = (of: Instruments): void => {
    const all = notes
    notes = []
    for (const count of all) count(of)
    for (const { tell, count } of sums.values()) tell(of, count)
    sums.clear()
  }
  const add = (key: string, count: number, tell: Sum['tell']): void => {
    const known = sums.get(key)
    if (known) known.count += count
    else sums.set(key, { tell, count })
  }
  const note = (count: (of: Instruments) => void): void => {
    notes.push(count)
    if (instruments && notes.length >= mostUncounted) return countAll(instruments)
    if (instruments || loading || notes.length < nextTry) return
    // Without the library nothing is counted; the latest of what was noted down stays for the next try, which is not at once.
    ready().then(countAll, () => {
      notes = notes.slice(-mostKept * most)
      nextTry = notes.length + most
    })
  }

  return {
    alerts: (source, outcome, count = 1) => {
      if (count > 0)
        add(`alerts ${source} ${outcome}`, count, ({ alerts }, times) => alerts.inc({ source, outcome }, times))
    },
    store: (what, outcome, seconds) => note(({ store }) => store.observe({ what, outcome }, seconds)),
    chat: ({ what, outcome, seconds }) => note(({ chat }) => chat.observe({ what, outcome }, seconds)),
    delivered: (audience, seconds) => note(({ lag }) => lag.observe({ audience }, seconds)),
    event: (type) => add(`event ${type}`, 1, ({ events }, times) => events.inc({ type }, times)),
    refused: (reason) => add(`refused ${reason}`, 1, ({ refusals }, times) => refusals.inc({ reason }, times)),
    text: async () => {
      const of = await ready()
      countAll(of)
      return of.registry.metrics()
    },
  }
}

/** How often something happened since it was counted last. */
type Sum = { readonly tell: (of: Instruments, times: number) => void; count: number }

type Instruments = Awaited<ReturnType<typeof instrumentsOf>>

/** The library, loaded, and what it counts with. */
export async function instrumentsOf() {
  const { Counter, Histogram, Registry, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    alerts: new Counter({
      name: 'winnow_alerts_total',
      help: 'Alerts that were sent to Winnow, by source and by what became of them.',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    store: new Histogram({
      name: 'winnow_store_seconds',
      help: 'How long the store takes.',
      labelNames: ['what', 'outcome'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    chat: new Histogram({
      name: 'winnow_teams_request_seconds',
      help: 'How long Teams takes to answer.',
      labelNames: ['what', 'outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    lag: new Histogram({
      name: 'winnow_delivery_lag_seconds',
      help: 'How long after something happened a card shows it.',
      labelNames: ['audience'],
      buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
      registers,
    }),
    events: new Counter({
      name: 'winnow_events_total',
      help: 'Lines added to the history of cases; expired questions are manager-expired.',
      labelNames: ['type'],
      registers,
    }),
    refusals: new Counter({
      name: 'winnow_actions_refused_total',
      help: 'What people wanted and were refused, by reason.',
      labelNames: ['reason'],
      registers,
    }),
  }
}
