import { dirname } from 'node:path'
import { Low, LowSync } from 'lowdb'
import { type Fault, isFault } from '../triage/fault.js'
import type { Damages } from './damages.js'
import type { Disk } from './disk.js'
import { format, parseSetting, type SettingFile } from './envelope.js'
import { checkSettingVersion, fileIsNewer } from './faults.js'
import { jsonReader, jsonWriter, unwritable } from './json-file.js'
import { keyedQueue } from './keyed-queue.js'
import { settingFileOf } from './layout.js'
import { quarantine } from './quarantine.js'

/** What is kept under a name: undefined and version 0 when nothing is. */
export type Setting = { readonly value: unknown; readonly version: number }

/** Small values by name, each in a file of its own. Not in the journal: they are written now and then. */
export type Settings = {
  readonly keep: (name: string, value: unknown, version?: number) => Promise<number>
  readonly kept: (name: string) => Promise<Setting>
}

/** Open the settings of a folder; `check` is called before each write and throws when the folder is not ours any more. */
export function openSettings(disk: Disk, folder: string, damages: Damages, check: () => void): Settings {
  const queue = keyedQueue(8)

  async function read(name: string): Promise<Setting> {
    const file = settingFileOf(folder, name)
    const low = new LowSync(
      jsonReader<SettingFile | null>(disk, file, (bytes) => parseSetting(bytes, name)),
      null,
    )
    try {
      low.read()
    } catch (error) {
      if (isFault(error, 'store/newer')) throw fileIsNewer(file)
      if (!isFault(error, 'store/damaged')) throw error
      await putAside(name, file, error)
    }
    return { value: low.data?.value, version: low.data?.version ?? 0 }
  }

  async function putAside(name: string, file: string, { message }: Fault): Promise<void> {
    const moved = await quarantine(disk, folder, `setting.${name}`, file)
    const text = `The setting ${name} is damaged: ${message}. The file is now ${moved}; it counts as never set.`
    damages.note(text, { caseId: null, open: false, text })
  }

  async function replace(name: string, value: unknown, version: number | undefined): Promise<number> {
    const former = await read(name)
    if (version !== undefined) checkSettingVersion(name, version, former.version)
    check()
    const next: SettingFile = { format, name, version: former.version + 1, value }
    const file = settingFileOf(folder, name)
    await new Low<SettingFile>(jsonWriter(disk, file), next).write()
    await disk.syncFolder(dirname(file)).catch((error: unknown) => {
      throw unwritable(file, error)
    })
    return next.version
  }

  return {
    keep: (name, value, version) => queue.take(name, () => replace(name, value, version)),
    kept: (name) => queue.take(name, () => read(name)),
  }
}
