import { createRequire } from 'node:module'
import type { Server } from 'restify'
import type { Log } from './routes.js'

/**
 * A server of restify without its plugins, made of the two parts of it that `createServer` puts together: the package's own door
 * loads every plugin there is, half of its memory and of its time at a start, and none is used here.
 *
 * What it says of itself goes to our log, in its own words only.
 */
export const bareServer = (name: string, log: Pick<Log, 'warn'>): Server => {
  const said = { trace: () => false, warn: (_: object, text: string) => log.warn({}, `the HTTP server: ${text}`) }
  const options = { name, log: said, noWriteContinue: true }
  return new (serverOf())({ ...options, router: new (routerOf())(options) })
}

const serverOf = (): new (options: object) => Server => require('restify/lib/server.js')
const routerOf = (): new (options: object) => object => require('restify/lib/router.js')

const require = createRequire(import.meta.url)
