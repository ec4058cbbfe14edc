import type { Server } from 'restify'

/** Listen on a free port and tell it to the process that started this one; end with that process. */
export const tellPort = (server: Server): void => {
  process.once('disconnect', () => process.exit(0))
  server.listen(0, '127.0.0.1', () => process.send?.({ port: Number(new URL(server.url).port) }))
}
