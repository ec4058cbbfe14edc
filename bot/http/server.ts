import restify from 'restify'
import type { Next, Request, Response, Server } from 'restify'
import { Fault } from '../../triage/fault.js'
import {
  type Health,
  type Intake,
  type Messages,
  checkCaller,
  checkType,
  getHealth,
  postAlerts,
  postMessages,
} from './routes.js'

/** The largest body an alert may come in, in bytes. */
export const largestBody = 1024 * 1024

/**
 * The HTTP doors: `POST /api/alerts`, `POST /api/messages`, `GET /health`.
 *
 * Compressed bodies are refused (restify would not bound what they inflate to), and no thrown error reaches a caller.
 */
export const openServer = (intake: Intake, messages: Messages, health: Health): Server => {
  const server = restify.createServer({ name: 'Winnow', handleUncaughtExceptions: false })
  server.server.keepAliveTimeout = 65_000
  server.pre((request: Request, response: Response, next: Next) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return next()
    response.send(415, { code: 'http/encoded', message: 'Send the body as it is, without Content-Encoding.' })
    return next(false)
  })
  const body = restify.plugins.bodyReader({ maxBodySize: largestBody })
  server.post('/api/alerts', checkCaller(intake.keys), checkType, body, postAlerts(intake))
  server.post('/api/messages', body, restify.plugins.jsonBodyParser(), postMessages(messages))
  server.get('/health', getHealth(health))
  server.on('restifyError', (_request: Request, response: Response, error: RestError, done: () => void) => {
    const status = error.statusCode ?? 500
    response.send(status, { code: `http/${status}`, message: sentences[status] ?? 'Something went wrong here.' })
    done()
  })
  return server
}

type RestError = Error & { readonly statusCode?: number }

const sentences: Readonly<Record<number, string>> = {
  400: 'The body is not JSON, or was damaged on the way.',
  404: 'There is nothing here. Alerts go to POST /api/alerts.',
  405: 'This address takes another method. Alerts go to POST /api/alerts.',
  413: `The body is larger than ${largestBody} bytes. Send fewer alerts at once.`,
}

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

/** Stop listening. Requests under way have `graceMs` milliseconds to end; slower ones are cut off. */
export const close = (server: Server, graceMs = 3000): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
