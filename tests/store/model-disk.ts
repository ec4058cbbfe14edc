import { basename, dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Disk, OpenFile } from '../../store/disk.js'

/**
 * `lost` is up to where a sync failed once: the system forgets that it still has to write that, and later says it did. `uncut` is
 * what was there before it was cut off: as long as that is not synced, it may come back.
 */
type File = { bytes: Buffer; synced: Buffer; lost?: number; uncut?: Buffer }
type Folder = { names: Map<string, Node>; synced: Map<string, Node> }
type Node = File | Folder

/** What is about to be done, and to which path. */
export type Operation = {
  readonly kind: 'read' | 'has' | 'list' | 'make' | 'open' | 'write' | 'sync' | 'cut' | 'close' | 'rename' | 'remove'
  readonly path: string
}

/** Called before each operation; it may throw what the disk would, or say how many bytes a write takes. */
export type Meddle = (operation: Operation) => number | void

/** A disk that is only a model: it knows what a power cut would leave of it. */
export type ModelDisk = {
  readonly disk: Disk
  meddle: Meddle
  /** What a killed process leaves: everything. */
  readonly afterKill: () => ModelDisk
  /** What a power cut leaves: what was synced, and of the rest what `keeps` says, each time it is asked. */
  readonly afterPowerCut: (keeps?: () => boolean) => ModelDisk
  /** Every file by its path. */
  readonly files: () => ReadonlyMap<string, string>
  /** Put a file there, or take it away. */
  readonly put: (path: string, bytes: Buffer | string | null) => void
}

/** An error as the system throws it. */
export const systemError = (code: string): Error => Object.assign(new Error(`${code}: it was made up`), { code })

/** An empty one; only POSIX paths. */
export function modelDisk(root: Folder = { names: new Map(), synced: new Map() }): ModelDisk {
  const model: ModelDisk = {
    disk: diskOver(root, (operation) => model.meddle(operation)),
    meddle: () => undefined,
    afterKill: () => modelDisk(copyOf(root, true)),
    afterPowerCut: (keeps = () => false) => modelDisk(remains(root, keeps)),
    files: () => new Map(filesUnder(root, '')),
    put: (path, bytes) => {
      const folder = folderAt(root, dirname(path))
      const name = basename(path)
      const node = { bytes: Buffer.from(bytes ?? ''), synced: Buffer.from(bytes ?? '') }
      for (const names of [folder.names, folder.synced]) {
        if (bytes === null) names.delete(name)
        else names.set(name, node)
      }
    },
  }
  return model
}

function diskOver(root: Folder, meddle: Meddle): Disk {
  /** Everything but looking takes a while, in which others get their turn. */
  const slowly = async (operation: Operation): Promise<number | void> => {
    await setImmediate()
    return meddle(operation)
  }
  return {
    read: (path) => {
      meddle({ kind: 'read', path })
      const node = nodeAt(root, path)
      if (node && 'names' in node) throw systemError('EISDIR')
      return node ? Buffer.from(node.bytes) : null
    },
    has: (path) => {
      meddle({ kind: 'has', path })
      return nodeAt(root, path) !== undefined
    },
    list: (path) => {
      meddle({ kind: 'list', path })
      const node = nodeAt(root, path)
      return node && 'names' in node ? [...node.names.keys()] : null
    },
    makeFolder: async (path) => {
      await slowly({ kind: 'make', path })
      makeFolders(root, path)
    },
    open: async (path, how) => {
      await slowly({ kind: 'open', path })
      const { names } = folderAt(root, dirname(path))
      const known = names.get(basename(path))
      if (known && how === 'new') throw systemError('EEXIST')
      const file: Node = known ?? { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) }
      if ('names' in file) throw systemError('EISDIR')
      file.bytes = Buffer.alloc(0)
      names.set(basename(path), file)
      return openFile(file, path, slowly)
    },
    rename: async (from, to) => {
      await slowly({ kind: 'rename', path: to })
      const source = folderAt(root, dirname(from)).names
      const node = source.get(basename(from))
      if (!node) throw systemError('ENOENT')
      source.delete(basename(from))
      folderAt(root, dirname(to)).names.set(basename(to), node)
    },
    remove: async (path) => {
      await slowly({ kind: 'remove', path })
      folderAt(root, dirname(path)).names.delete(basename(path))
    },
    syncFile: async (path) => {
      await slowly({ kind: 'sync', path })
      const node = nodeAt(root, path)
      if (!node || 'names' in node) throw systemError('ENOENT')
      node.synced = Buffer.from(node.bytes)
    },
    syncFolder: async (path) => {
      await slowly({ kind: 'sync', path })
      const folder = folderAt(root, path)
      folder.synced = new Map(folder.names)
    },
  }
}

const openFile = (file: File, path: string, slowly: (operation: Operation) => Promise<number | void>): OpenFile => ({
  write: async (bytes) => {
    const most = await slowly({ kind: 'write', path })
    const taken = typeof most === 'number' ? bytes.subarray(0, most) : bytes
    file.bytes = Buffer.concat([file.bytes, taken])
    return taken.length
  },
  sync: async () => {
    try {
      await slowly({ kind: 'sync', path })
    } catch (error) {
      file.lost = file.bytes.length
      throw error
    }
    const former = file.synced.length
    file.synced = Buffer.from(file.bytes)
    const until = Math.min(file.lost ?? 0, file.bytes.length)
    if (until > former) file.synced.fill(0, former, until)
    delete file.lost
    delete file.uncut
  },
  cut: async (bytes) => {
    await slowly({ kind: 'cut', path })
    file.uncut ??= file.bytes
    file.bytes = file.bytes.subarray(0, bytes)
  },
  close: async () => void (await slowly({ kind: 'close', path })),
})

function nodeAt(root: Folder, path: string): Node | undefined {
  let node: Node | undefined = root
  for (const name of path.split('/').filter(Boolean)) {
    if (!node || !('names' in node)) return undefined
    node = node.names.get(name)
  }
  return node
}

function folderAt(root: Folder, path: string): Folder {
  const node = nodeAt(root, path)
  if (!node || !('names' in node)) throw systemError('ENOENT')
  return node
}

function makeFolders(root: Folder, path: string): void {
  let folder = root
  for (const name of path.split('/').filter(Boolean)) {
    const next = folder.names.get(name) ?? { names: new Map(), synced: new Map() }
    if (!('names' in next)) throw systemError('ENOTDIR')
    folder.names.set(name, next)
    folder = next
  }
}

/** A copy in which everything, or only what was synced, counts as it is; nothing of it is unsynced any more but for names. */
function copyOf(folder: Folder, volatile: boolean): Folder {
  const copies = new Map<Node, Node>()
  const copy = (node: Node): Node => {
    const known = copies.get(node)
    if (known) return known
    const made: Node =
      'names' in node
        ? { names: new Map(), synced: new Map() }
        : { bytes: volatile ? node.bytes : node.synced, synced: node.synced }
    copies.set(node, made)
    if ('names' in node && 'names' in made) {
      for (const [name, child] of node.names) made.names.set(name, copy(child))
      for (const [name, child] of node.synced) made.synced.set(name, copy(child))
    }
    return made
  }
  const made = copy(folder)
  if (!('names' in made)) throw new TypeError('a folder is a folder')
  return made
}

/** What is left of a folder when the power goes. */
function remains(folder: Folder, keeps: () => boolean): Folder {
  const names = new Map<string, Node>()
  for (const name of new Set([...folder.synced.keys(), ...folder.names.keys()])) {
    const isSame = folder.synced.get(name) === folder.names.get(name)
    const node = (isSame || !keeps() ? folder.synced : folder.names).get(name)
    if (!node) continue
    if ('names' in node) names.set(name, remains(node, keeps))
    else {
      const bytes = bytesLeft(node, keeps)
      names.set(name, { bytes, synced: bytes })
    }
  }
  return { names, synced: new Map(names) }
}

/** All, half or nothing of what was written behind what was synced. */
function bytesLeft({ bytes, synced, uncut }: File, keeps: () => boolean): Buffer {
  if (!keeps()) return synced
  if (uncut && keeps()) return uncut
  const isTail = bytes.length > synced.length && bytes.subarray(0, synced.length).equals(synced)
  return isTail && keeps() ? bytes.subarray(0, synced.length + Math.ceil((bytes.length - synced.length) / 2)) : bytes
}

function* filesUnder(folder: Folder, path: string): Generator<[string, string]> {
  for (const [name, node] of folder.names) {
    if ('names' in node) yield* filesUnder(node, `${path}/${name}`)
    else yield [`${path}/${name}`, node.bytes.toString('utf8')]
  }
}
