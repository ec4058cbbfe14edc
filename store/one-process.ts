import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault, isFault } from '../triage/fault.js'
import { codeOf } from './faults.js'

/**
 * Make this process the only owner of an existing folder, until the returned function is called or the process ends in any way.
 *
 * The owner holds a listening socket. The operating system closes it together with the process, so a killed owner is known at
 * once, without a clock and without process numbers. Not for folders that several machines share over a network.
 * Fault `store/in-use` when another owner lives, `store/lock` when the folder can hold no socket.
 */
export async function ownFolder(folder: string): Promise<() => Promise<void>> {
  try {
    return process.platform === 'win32' ? await ownPipe(folder) : await ownSocket(folder)
  } catch (error) {
    if (isFault(error)) throw error
    const remedy = 'Use a folder on a local disk that this user may write to.'
    throw new Fault('store/lock', `The folder ${folder} cannot be locked (${codeOf(error)}). ${remedy}`, {
      cause: error,
    })
  }
}

/** The folder for the sockets: inside the owned one, or in the system's own when that name is too long for a socket. */
export async function socketFolder(folder: string): Promise<string> {
  const inside = join(folder, 'lock')
  return Buffer.byteLength(join(inside, unusedName())) <= 100
    ? inside
    : join(tmpdir(), `winnow-${await hashOf(folder)}`)
}

async function ownSocket(folder: string): Promise<() => Promise<void>> {
  const sockets = await socketFolder(folder)
  await mkdir(sockets, { recursive: true, mode: 0o700 })
  const door = join(sockets, unusedName())
  const server = await listen(door)
  try {
    await succeed(folder, sockets, door)
  } catch (error) {
    await stop(server)
    throw error
  }
  return () => stop(server)
}

/**
 * Owners are numbered, and a socket gets its number only once it listens. So a numbered socket that does not answer is dead for
 * good, and of two that find the same dead one only one can get the next number. The highest number is never taken away, not
 * even at the end: whoever comes late with an old list sees it and stands back.
 */
async function succeed(folder: string, sockets: string, door: string): Promise<void> {
  for (;;) {
    const last = highest(await readdir(sockets))
    if (last > 0 && (await answers(join(sockets, String(last))))) throw inUse(folder)
    const mine = join(sockets, String(last + 1))
    try {
      await link(door, mine)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      // An owner, tidying up, took the door away.
      throw codeOf(error) === 'ENOENT' ? inUse(folder) : error
    }
    const names = await readdir(sockets)
    if (highest(names) === last + 1) {
      const others = names.filter((name) => name !== String(last + 1))
      await Promise.all(others.map((name) => rm(join(sockets, name), { force: true })))
      return
    }
    await rm(mine, { force: true })
  }
}

const highest = (names: readonly string[]): number =>
  Math.max(0, ...names.filter((name) => /^\d{1,15}$/.test(name)).map(Number))

const unusedName = (): string => `${randomBytes(6).toString('hex')}.new`

/** Only a refusal proves that nobody listens; whatever else goes wrong counts as somebody. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

// A named pipe disappears with its process: no dead ones are left behind.
async function ownPipe(folder: string): Promise<() => Promise<void>> {
  try {
    const server = await listen(`\\\\.\\pipe\\winnow-${await hashOf(folder)}`)
    return () => stop(server)
  } catch (error) {
    throw codeOf(error) === 'EADDRINUSE' ? inUse(folder) : error
  }
}

const listen = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen({ path, exclusive: true }, () => {
      // A knock that cannot be taken, for want of handles, must not end the process.
      server.on('error', () => undefined)
      server.unref()
      resolve(server)
    })
  })

const stop = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

const hashOf = async (folder: string): Promise<string> =>
  createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24)

const inUse = (folder: string): Fault =>
  new Fault(
    'store/in-use',
    `The folder ${folder} is in use by another Winnow. Stop that one first, or set another folder.`,
  )
