import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Request, Response, Server } from 'restify'
import { sourceNames } from '../../intake/sources.js'
import { Fault } from '../../triage/fault.js'
import { openGather } from '../pacing/gather.js'
import { codeOf, refuse } from './answer.js'
import { bareServer } from './bare-server.js'
import type { Health, Operation } from './health.js'
import { type Limits, usualLimits } from './limits.js'
import { openRefusals } from './refusals.js'
import { getAlive, getHealth, getMetrics, getReady } from './routes.js'
import { type Intake, type Messages, known, postAlerts, postMessages } from './routes.js'

/**
 * The HTTP doors: `POST /api/alerts` and one below it for each source, `POST /api/messages`, `GET /health`,
 * `/healthz`, `/readyz` and `/metrics`.
 *
 * Nobody's body is read before they are proven, no thrown error reaches a caller, and what is refused is counted and logged.
 */
export const openServer = (
  intake: Intake,
  messages: Messages,
  health: Health,
  limits: Limits = usualLimits,
  operation: Operation = {},
): Server => {
  const { keys, log } = intake
  const server = bareServer('Winnow', log)
  const refusals = openRefusals(log)
  guard(server, limits)
  const gather = openGather(limits.togetherLength)
  server.post('/api/alerts', postAlerts(intake, limits, gather))
  for (const source of sourceNames) server.post(`/api/alerts/${source}`, postAlerts(intake, limits, gather, source))
  server.post('/api/messages', postMessages(messages, limits))
  for (const method of ['get', 'head'] as const) server[method]('/health', getHealth(health, keys, refusals, limits))
  for (const method of ['get', 'head'] as const) {
    server[method]('/healthz', getAlive())
    server[method]('/readyz', getReady(operation, keys, limits))
  }
  server.get('/metrics', getMetrics(health, keys, refusals, limits, operation))
  server.on('restifyError', (request: Request, response: Response, error: RestError) => {
    // The callback that comes after the error is not called: restify would answer once more.
    const status = error.statusCode ?? 500
    if (status >= 500) log.error({ err: error, door: doorOf(request) }, 'a request could not be served')
    const message = sentences[status] ?? 'Something went wrong here.'
    if (!response.headersSent) refuse(request, response, { status, code: `http/${status}`, message }, limits.lingerMs)
  })
  server.on('after', (request: Request, response: Response) => {
    const { statusCode: status } = response
    const { caller = null, why } = known.get(request) ?? {}
    // 444 is restify's word for a caller who has gone. What failed here is in the log as an error, unless it was a refusal.
    if (status < 400 || status === 444 || (status >= 500 && why === undefined)) return
    // Who only asks whether somebody is there is refused nothing: the local client does so whenever its page is opened.
    if (status === 405 && request.method === 'HEAD') return
    refusals.note({ door: doorOf(request), caller, status, code: codeOf(response), bytes: sizeOf(request), why })
  })
  server.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = clientErrors[error.code ?? ''] ?? 400
    // A connection that is reset, or on which something was answered already, is only let go.
    const isOpen = error.code !== 'ECONNRESET' && socket.writable && socket.bytesWritten === 0
    if (isOpen) socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`)
    socket.destroySoon()
    if (error.code === 'ECONNRESET') return
    refusals.note({ door: 'none', caller: null, status, code: error.code ?? null, bytes: socket.bytesRead })
  })
  server.on('error', (error: Error) => {
    if (server.server.listening) log.error({ err: error }, 'the HTTP server had an error')
  })
  return server
}

/** Time limits, and no protocol but HTTP/1.1. */
const guard = ({ server }: Server, limits: Limits): void => {
  // restify listens for upgrades and hands them to nobody, so they hang for ever. Without a listener Node answers in HTTP/1.1.
  server.removeAllListeners('upgrade')
  const { headersMs, bodyMs, keepAliveMs, stuckMs } = limits
  Object.assign(server, {
    headersTimeout: headersMs,
    requestTimeout: headersMs + 2 * bodyMs,
    keepAliveTimeout: keepAliveMs,
    timeout: stuckMs,
    // How often Node looks for those that are late; 30 seconds unless told.
    connectionsCheckingInterval: Math.max(20, Math.min(2000, headersMs / 2)),
  })
}

type RestError = Error & { readonly statusCode?: number }

const clientErrors: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const sentences: Readonly<Record<number, string>> = {
  404: 'Nothing is served at this address. Alerts go to POST /api/alerts.',
  405: "This address doesn't accept that method. Alerts go to POST /api/alerts.",
}

const doors = new Set([
  '/api/alerts',
  ...sourceNames.map((source) => `/api/alerts/${source}`),
  '/api/messages',
  '/health',
  '/healthz',
  '/readyz',
  '/metrics',
])

/** A path of ours, or `elsewhere`: strangers choose neither what the log says nor how many counters there are. */
const doorOf = (request: Request): string => {
  const path = request.url?.split('?')[0] ?? ''
  return doors.has(path) ? path : 'elsewhere'
}

const sizeOf = (request: Request): number => Number(request.headers['content-length'] ?? 0)

/** Listen; the promise resolves with the port. Fault `server/port` when it is taken. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    // Not on the server inside: restify hands its errors on, and one that nobody hears ends the process.
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Fault('server/port', `Port ${port} is in use. Stop what listens there, or set PORT to a free one.`)
          : error,
      )
    })
    server.listen(port, host, () => resolve((server.address() as { port: number }).port))
  })

/**
 * Stop listening. Requests under way have `graceMs` milliseconds to end and slower ones are cut off; connections that only are
 * held open go as soon as no request is under way.
 */
export const close = (server: Server, graceMs = 3000): Promise<void> =>
  new Promise((resolve) => {
    const cut = () => server.server.closeAllConnections()
    const timer = setTimeout(cut, graceMs)
    const cutWhenQuiet = () => {
      if (server.inflightRequests() === 0) cut()
    }
    server.on('after', cutWhenQuiet)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    cutWhenQuiet()
  })
