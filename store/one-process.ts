import { createHash, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { link, mkdir, open, readdir, realpath, rm, stat, type FileHandle } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Fault, isFault } from '../triage/fault.js'
import { codeOf } from './faults.js'

/** Being the only owner of a folder. */
export type Lock = {
  /** Fault `store/in-use` when the folder is not ours any more, because its lock was removed; then another may have it. */
  readonly check: () => void
  readonly release: () => Promise<void>
}

/**
 * Make this process the only owner of an existing folder, until it is released or the process ends in any way.
 *
 * The owner holds a listening socket in the folder. The operating system closes it together with the process, so a killed owner is
 * known at once, without a clock and without process numbers. Not for folders that several machines share over a network.
 * Fault `store/in-use` when another owner lives, `store/lock` when the folder can hold no socket. `looked` is called between looking
 * for other owners and becoming one.
 */
export async function ownFolder(folder: string, looked = async () => {}): Promise<Lock> {
  try {
    return process.platform === 'win32' ? await ownPipe(folder) : await ownSocket(folder, looked)
  } catch (error) {
    if (isFault(error)) throw error
    const remedy = 'Use a folder on a local disk that this user may write to.'
    throw new Fault('store/lock', `The folder ${folder} cannot be locked (${codeOf(error)}). ${remedy}`, {
      cause: error,
    })
  }
}

async function ownSocket(folder: string, looked: () => Promise<void>): Promise<Lock> {
  const sockets = await socketFolder(folder)
  await mkdir(sockets, { recursive: true, mode: 0o700 })
  const short = await shortName(sockets)
  try {
    const door = unusedName()
    const server = await listen(join(short.path, door))
    try {
      const mine = await succeed(folder, sockets, short.path, door, looked)
      // The socket keeps its inode for as long as it is bound, so nothing else can be taken for it.
      const own = await stat(mine)
      return {
        check: () => {
          if (!isSameFile(own, statSync(mine, { throwIfNoEntry: false }))) throw taken(folder)
        },
        release: async () => {
          await stop(server)
          await short.close()
        },
      }
    } catch (error) {
      await stop(server)
      throw error
    }
  } catch (error) {
    await short.close()
    throw error
  }
}

/** What tells a file from all others: its number on a device. */
export type FileId = { readonly ino: number; readonly dev: number }

/** True when there still is a file under a name, and it is the same one. */
export const isSameFile = (own: FileId, now: FileId | undefined): boolean =>
  now !== undefined && now.ino === own.ino && now.dev === own.dev

/** Where the sockets are: in the folder itself, so that whoever comes to it finds them, in whichever way. */
async function socketFolder(folder: string): Promise<string> {
  const inside = join(folder, 'lock')
  // Without Linux's names for open folders, a name that is too long for a socket has to be another one.
  return process.platform === 'linux' || fits(inside) ? inside : join('/tmp', `winnow-${await hashOf(folder)}`)
}

/** The same folder under a name that is short enough for a socket's. */
async function shortName(sockets: string): Promise<{ readonly path: string; readonly close: () => Promise<void> }> {
  if (fits(sockets)) return { path: sockets, close: async () => {} }
  const handle: FileHandle = await open(sockets, 'r')
  return { path: `/proc/self/fd/${handle.fd}`, close: () => handle.close() }
}

/** A socket's name may have 103 bytes on some systems, 107 on others. */
const fits = (sockets: string): boolean => Buffer.byteLength(join(sockets, unusedName())) <= 100

/**
 * Owners are numbered, and a socket gets its number only once it listens. So a numbered socket that does not answer is dead for
 * good, and of two that find the same dead one only one can get the next number. The highest number is never taken away, not
 * even at the end: whoever comes late with an old list sees it and stands back.
 */
async function succeed(
  folder: string,
  sockets: string,
  short: string,
  door: string,
  looked: () => Promise<void>,
): Promise<string> {
  for (;;) {
    const last = highest(await readdir(sockets))
    if (last > 0 && (await answers(join(short, String(last))))) throw inUse(folder)
    await looked()
    const mine = join(sockets, String(last + 1))
    try {
      await link(join(sockets, door), mine)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      // An owner, tidying up, took the door away.
      throw codeOf(error) === 'ENOENT' ? inUse(folder) : error
    }
    const names = await readdir(sockets)
    if (highest(names) === last + 1) {
      const others = names.filter((name) => name !== String(last + 1))
      await Promise.all(others.map((name) => rm(join(sockets, name), { force: true })))
      return mine
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
async function ownPipe(folder: string): Promise<Lock> {
  try {
    const server = await listen(`\\\\.\\pipe\\winnow-${await hashOf(folder)}`)
    return { check: () => {}, release: () => stop(server) }
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

const taken = (folder: string): Fault =>
  new Fault(
    'store/in-use',
    `The lock of the folder ${folder} was removed, so another Winnow may have it. Nothing more is written there. Restart Winnow.`,
  )
