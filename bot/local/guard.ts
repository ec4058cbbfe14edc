// Loaded into the local client's process before the client itself (`node --import`), which by itself listens on every address,
// takes requests from any web page, and ends where there is no program to open a browser with.
import childProcess from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { keptFile, type Kept, ownPath } from './kept-client.js'
import { isOwnRequest } from './own-request.js'

// Without this file nothing starts: a client nobody guards is worse than none.
const { port, token }: Kept = JSON.parse(readFileSync(keptFile, 'utf8'))

// oxlint-disable-next-line typescript/unbound-method -- called by Reflect.apply, with its `this`
const { listen } = net.Server.prototype
Object.assign(net.Server.prototype, {
  /** Only 127.0.0.1, whatever address was meant; what is not a TCP port is refused by Node itself. */
  listen(this: net.Server, ...given: readonly unknown[]): unknown {
    const [first] = given
    const wanted: unknown = typeof first === 'object' && first !== null && 'port' in first ? first.port : first
    // It would choose another port by itself where this one is taken, and nobody would find it there.
    if (Number(wanted) !== port) throw new Error(`the local client listens on port ${port} only`)
    return Reflect.apply(listen, this, [
      { port, host: '127.0.0.1' },
      given.findLast((one) => typeof one === 'function'),
    ])
  },
})

// oxlint-disable-next-line typescript/unbound-method -- called by Reflect.apply, with its `this`
const { emit } = http.Server.prototype
Object.assign(http.Server.prototype, {
  /** Requests and upgrades reach the client only when they are its own. */
  emit(this: http.Server, event: string, ...about: readonly unknown[]): unknown {
    const [request, answer] = about
    if (!(request instanceof http.IncomingMessage)) return Reflect.apply(emit, this, [event, ...about])
    if (answer instanceof http.ServerResponse && request.url === ownPath) return answerWinnow(request, answer)
    if (isOwnRequest(request, port)) return Reflect.apply(emit, this, [event, ...about])
    if (answer instanceof http.ServerResponse) answer.writeHead(403).end('This page is for this machine only.\n')
    else if (answer instanceof net.Socket) answer.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    return true
  },
})

/** Winnow asks whether this is the client it has started (GET), and ends it (DELETE). */
const answerWinnow = (request: http.IncomingMessage, response: http.ServerResponse): true => {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const isWinnow = timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${token}`))
  response.writeHead(isWinnow ? 204 : 403, { connection: 'close' })
  response.end(() => {
    if (isWinnow && request.method === 'DELETE') process.exit(0)
  })
  return true
}

const { spawn } = childProcess
Object.assign(childProcess, {
  /** It starts programs to open a browser only; where to look, Winnow says itself. */
  spawn: () => spawn(process.execPath, ['--eval', ''], { stdio: 'ignore' }),
})
syncBuiltinESMExports()
