import type { Disk, OpenFile } from '../../store/disk.js'
import type { Chance } from '../crash/chance.js'

/** How a disk is ill: the error it gives, or that it takes only a part of what is written; and how many of its operations fail, 0 to 1. */
export type Illness = { readonly how: 'ENOSPC' | 'EIO' | 'EACCES' | 'short'; readonly odds: number }

/** A disk that can be made ill, and hears of each fault it makes, such as `EIO on sync`. */
export type FailingDisk = { readonly disk: Disk; illness: Illness | null }

/** Make faults in front of a real disk; each kind where a real disk has it. */
export const failingDisk = (disk: Disk, chance: Chance, failed: (what: string) => void): FailingDisk => {
  const ill: { disk: Disk; illness: Illness | null } = { disk, illness: null }

  // There are many reads for each write, and all of them failing would leave no writes to fail.
  const isHit = (operation: Operation): boolean =>
    ill.illness !== null &&
    where[ill.illness.how].includes(operation) &&
    chance.odds(ill.illness.odds) &&
    (operation !== 'read' || chance.odds(0.1))

  const meddle = (operation: Operation): void => {
    const { illness } = ill
    if (!illness || illness.how === 'short' || !isHit(operation)) return
    failed(`${illness.how} on ${operation}`)
    throw Object.assign(new Error(`${illness.how}: it was made up`), { code: illness.how })
  }

  /** A failure that comes before the thing is done, or behind it: nobody outside can tell. */
  const around = async (operation: Operation, work: () => Promise<unknown>): Promise<void> => {
    const isLate = chance.odds(0.3)
    if (!isLate) meddle(operation)
    await work()
    if (isLate) meddle(operation)
  }

  const opened = (file: OpenFile): OpenFile => ({
    write: async (bytes) => {
      if (ill.illness?.how !== 'short' || !isHit('write')) {
        let taken = 0
        await around('write', async () => (taken = await file.write(bytes)))
        return taken
      }
      failed('short write')
      return file.write(bytes.subarray(0, chance.between(0, bytes.length - 1)))
    },
    sync: async () => {
      await around('sync', () => file.sync())
    },
    cut: async (bytes) => {
      await around('cut', () => file.cut(bytes))
    },
    close: async () => {
      await file.close()
      meddle('close')
    },
  })

  ill.disk = {
    read: (file) => {
      meddle('read')
      return disk.read(file)
    },
    has: (path) => {
      meddle('read')
      return disk.has(path)
    },
    list: (folder) => {
      meddle('read')
      return disk.list(folder)
    },
    makeFolder: async (folder) => {
      await around('make folder', () => disk.makeFolder(folder))
    },
    open: async (file, how) => {
      meddle('open')
      return opened(await disk.open(file, how))
    },
    rename: async (from, to) => {
      await around('rename', () => disk.rename(from, to))
    },
    remove: async (file) => {
      await around('remove', () => disk.remove(file))
    },
    syncFile: async (file) => {
      await around('sync', () => disk.syncFile(file))
    },
    syncFolder: async (folder) => {
      await around('sync', () => disk.syncFolder(folder))
    },
  }
  return ill
}

type Operation = 'read' | 'make folder' | 'open' | 'write' | 'sync' | 'cut' | 'close' | 'rename' | 'remove'

const where: Readonly<Record<Illness['how'], readonly Operation[]>> = {
  ENOSPC: ['make folder', 'open', 'write', 'sync', 'rename'],
  EIO: ['read', 'make folder', 'open', 'write', 'sync', 'cut', 'close', 'rename', 'remove'],
  EACCES: ['read', 'make folder', 'open', 'rename', 'remove'],
  short: ['write'],
}
