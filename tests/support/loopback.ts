import type { Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Listen on 127.0.0.1, on a free port unless told, and give back the address without a slash at its end. */
export const listenOnLoopback = async (server: Server, port = 0): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return `http://127.0.0.1:${address.port}`
}

/** Stop listening and drop the connections that are still open. */
export const closeNow = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Answer with JSON; without a body the answer is empty. Not chained: restify, once loaded, lets `writeHead` return nothing. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

/**
 * Say these texts over one connection as they are, one after another with that many milliseconds between, and hear everything
 * until the other side closes it. `stop` is a text after which to hang up.
 */
export const talk = (
  origin: string,
  texts: string | readonly string[],
  { pauseMs = 0, stop }: { readonly pauseMs?: number; readonly stop?: string } = {},
): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => void say())
    const say = async (): Promise<void> => {
      for (const text of [texts].flat()) {
        if (socket.destroyed) return
        socket.write(text)
        await sleep(pauseMs)
      }
    }
    socket.setEncoding('utf8').on('data', (piece: string) => {
      heard += piece
      if (stop !== undefined && heard.includes(stop)) socket.destroy()
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', () => undefined)
  })
