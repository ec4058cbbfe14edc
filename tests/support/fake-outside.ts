import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Graph } from '../../bot/graph/client.js'
import { closeNow, listenOnLoopback } from './loopback.js'

/** What came in. */
export type OutsideRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly text: string
  /** JSON; undefined for what is none. */
  readonly body: unknown
}

/** A client that asks without a network: what is answered is all there is. */
export const clientOver = (handle: (request: OutsideRequest) => OutsideAnswer, authorization: string): Graph => ({
  ask: async ({ method, path, query = {}, headers = {}, body, permission }) => {
    const url = new URL(`http://outside.example${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const request = {
      method,
      url,
      headers: { ...sent, authorization },
      text: '',
      body: parsed(JSON.stringify(body ?? null)),
    }
    const { status, body: answer = null } = handle(request)
    if (status < 300) return { ok: true, body: parsed(JSON.stringify(answer)), at: null }
    return {
      ok: false,
      failure:
        status === 404
          ? { kind: 'not-found' }
          : status === 403
            ? { kind: 'forbidden', permission }
            : { kind: 'invalid', says: `HTTP ${status}` },
    }
  },
})

/** What is answered. */
export type OutsideAnswer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** How an answer goes wrong: instead of it; the connection is cut before anything is done, or after it is done. */
export type OutsideTrouble = OutsideAnswer | 'cut' | 'done-and-cut'

/** Some product outside: everything it is asked is done by `handle`, unless something goes wrong. */
export const openOutside = async (handle: (request: OutsideRequest) => OutsideAnswer) => {
  const troubles: OutsideTrouble[] = []
  const asked: OutsideRequest[] = []
  let isOut = false
  let before: (request: OutsideRequest) => void = () => {}

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`)
    let text = ''
    for await (const part of request) text += String(part)
    if (isOut) return void request.socket.destroy()
    const one = { method: request.method ?? '', url, headers: request.headers, text, body: parsed(text) }
    asked.push(one)
    before(one)
    const trouble = troubles.shift()
    if (trouble === 'cut') return void request.socket.destroy()
    const { status, body, headers = {} } = trouble && trouble !== 'done-and-cut' ? trouble : handle(one)
    if (trouble === 'done-and-cut') return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body === undefined ? '' : JSON.stringify(body))
  }

  const server = createServer((request, response) => void serve(request, response))
  const origin = await listenOnLoopback(server)
  return {
    origin,
    asked,
    /** What was changed: everything but what was read. */
    changes: () => asked.filter(({ method }) => method !== 'GET'),
    /** The next answers go wrong like this, one after the other. */
    fail: (...next: readonly OutsideTrouble[]) => void troubles.push(...next),
    outage: (out: boolean) => void (isOut = out),
    /** Called before each request is done. */
    beforeEach: (hear: typeof before) => void (before = hear),
    close: () => closeNow(server),
  }
}

/** One of them, running. */
export type Outside = Awaited<ReturnType<typeof openOutside>>

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
