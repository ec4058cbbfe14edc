import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { openGraph, type Graph } from '../../bot/graph/client.js'
import type { Clock } from '../../bot/pacing/clock.js'
import { closeNow, listenOnLoopback } from './loopback.js'

/** An alert as Graph keeps it: whatever else it holds, it has an id and the time it changed last. */
export type GraphAlert = { readonly id: string; readonly lastUpdateDateTime?: unknown } & Readonly<
  Record<string, unknown>
>

/** How the next answer goes wrong. */
export type Trouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is cut before anything is answered. */
  | 'cut'
  /** Nothing is ever answered. */
  | 'silence'

/** What was asked, as it came in. */
export type Asked = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/**
 * A small Microsoft Graph for tests: alerts by pages with `$filter`, `$orderby`, `$top` and links to the next page by number, its own
 * clock, and every trouble there is. Another order than the one asked for, or none at all, is one of them.
 */
export const openFakeGraph = async (order: 'kept' | 'refused' | 'ignored' = 'kept') => {
  const stored = new Map<string, GraphAlert>()
  const troubles: Trouble[] = []
  const asked: Asked[] = []
  let time = Date.parse('2026-03-02T12:00:00Z')
  let isOut = false
  let mostOnPage = 100
  let hooks: readonly (() => void)[] = []
  let linkOf = (link: string): string => link
  const others = new Map<string, unknown>()
  const now = () => new Date(time).toISOString()

  const list = (url: URL) => {
    const since = /^lastUpdateDateTime ge (\S+)$/.exec(url.searchParams.get('$filter') ?? '')?.[1]
    const changed = ({ lastUpdateDateTime: at }: GraphAlert) => (typeof at === 'string' ? at : now())
    const found = [...stored.values()].filter((one) => since === undefined || changed(one) >= since)
    const isOrdered = url.searchParams.get('$orderby') === 'lastUpdateDateTime asc' && order === 'kept'
    // Unless asked otherwise, the most recent ones come first.
    const sorted = isOrdered
      ? found.toSorted((one, other) => (changed(one) < changed(other) ? -1 : changed(one) > changed(other) ? 1 : 0))
      : found.toReversed()
    const skip = Number(url.searchParams.get('$skip') ?? '0')
    const top = Math.min(mostOnPage, Number(url.searchParams.get('$top') ?? '100'))
    const next = new URL(url)
    next.searchParams.set('$skip', String(skip + top))
    const hasMore = skip + top < sorted.length
    return { value: sorted.slice(skip, skip + top), ...(hasMore && { '@odata.nextLink': linkOf(next.href) }) }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`)
    let body = ''
    for await (const part of request) body += String(part)
    if (isOut) return void request.socket.destroy()
    asked.push({ method: request.method ?? '', url, headers: request.headers, body })
    const say = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.sendDate = false
      response.writeHead(status, { 'content-type': 'application/json', date: new Date(time).toUTCString(), ...headers })
      response.end(typeof value === 'string' ? value : JSON.stringify(value))
    }
    const trouble = troubles.shift()
    if (trouble === 'silence') return
    if (trouble === 'cut') return void request.socket.destroy()
    if (trouble)
      return say(trouble.status, trouble.body ?? { error: { code: 'Trouble', message: 'no' } }, trouble.headers)
    if (request.headers.authorization !== 'Bearer graph-token')
      return say(401, { error: { code: 'InvalidAuthenticationToken' } })
    const other = others.get(decodeURIComponent(url.pathname.replace('/v1.0', '')))
    if (other !== undefined) return say(200, other)
    if (url.pathname !== '/v1.0/security/alerts_v2') return say(404, { error: { code: 'ResourceNotFound' } })
    if (url.searchParams.has('$orderby') && order === 'refused') return say(400, { error: { code: 'BadRequest' } })
    say(200, list(url))
    const [hook, ...rest] = hooks
    hooks = rest
    hook?.()
  }

  const server = createServer((request, response) => void serve(request, response))
  const origin = await listenOnLoopback(server)
  return {
    baseUrl: `${origin}/v1.0`,
    asked,
    now,
    /** Let its time go on. */
    pass: (ms: number) => void (time += ms),
    /** An alert is new, or has changed, now. */
    put: (alert: { readonly id: string } & Readonly<Record<string, unknown>>): void => {
      stored.delete(alert.id)
      stored.set(alert.id, { lastUpdateDateTime: now(), ...alert })
    },
    /** What else is answered, by path. */
    answers: (path: string, value: unknown): void => void others.set(path, value),
    /** The next answers go wrong like this, one after the other. */
    fail: (...next: readonly Trouble[]) => void troubles.push(...next),
    outage: (out: boolean) => void (isOut = out),
    pages: (most: number) => void (mostOnPage = most),
    /** Called after the next pages, one after the other. */
    afterPages: (...next: readonly (() => void)[]) => void (hooks = next),
    /** Links to the next page lead there. */
    linksLeadTo: (change: (link: string) => string) => void (linkOf = change),
    close: () => closeNow(server),
  }
}

/** The fake, running. */
export type FakeGraph = Awaited<ReturnType<typeof openFakeGraph>>

/** A client of it whose waiting takes no time. */
export const clientOf = (
  fake: Pick<FakeGraph, 'baseUrl'>,
  but: { readonly timeoutMs?: number; readonly clock?: Clock; readonly tries?: number } = {},
): Graph =>
  openGraph({
    token: async () => ({ ok: true, token: 'graph-token' }),
    baseUrl: fake.baseUrl,
    clock: instantClock(),
    random: () => 0.5,
    ...but,
  })

/** A clock whose sleep is over at once; it tells how long it would have been. */
export const instantClock = (): Clock & { readonly slept: readonly number[] } => {
  const slept: number[] = []
  let time = 0
  return {
    slept,
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms)
      time += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** An alert as Graph gives it. */
export const graphAlert = (id: string, but: Readonly<Record<string, unknown>> = {}) => ({
  '@odata.type': '#microsoft.graph.security.alert',
  id,
  title: 'Impossible travel activity',
  status: 'new',
  severity: 'medium',
  classification: null,
  determination: null,
  assignedTo: null,
  serviceSource: 'microsoftDefenderForCloudApps',
  detectionSource: 'cloudAppSecurity',
  createdDateTime: '2026-03-02T11:00:00Z',
  evidence: [],
  ...but,
})
