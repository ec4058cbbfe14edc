import { Low } from 'lowdb'
import { isFault } from '../triage/fault.js'
import type { WriteFile } from './disk.js'
import { parseSetting, type SettingFile } from './envelope.js'
import { fileIsNewer } from './faults.js'
import { jsonFile } from './json-file.js'
import { settingFileOf } from './layout.js'
import type { Report } from './load.js'
import { quarantine } from './quarantine.js'

/** Write a setting's file. */
export async function writeSetting(folder: string, name: string, value: unknown, write: WriteFile): Promise<void> {
  const low = new Low<SettingFile>(jsonFile(settingFileOf(folder, name), settingIn(name), write), {
    format: 1,
    name,
    value,
  })
  await low.write()
}

/** Read a setting's file; a damaged one goes to quarantine, is reported, and counts as never kept. */
export async function readSetting(folder: string, name: string, report: Report): Promise<unknown> {
  const file = settingFileOf(folder, name)
  const low = new Low(jsonFile<SettingFile | null>(file, settingIn(name)), null)
  try {
    await low.read()
  } catch (error) {
    if (isFault(error, 'store/newer')) throw fileIsNewer(file)
    if (!isFault(error, 'store/damaged')) throw error
    const moved = await quarantine(folder, `setting.${name}`, file)
    report(`The setting ${name} is damaged: ${error.message}. The file is now ${moved}; it counts as never set.`)
  }
  return low.data?.value
}

const settingIn =
  (name: string) =>
  (text: string): SettingFile =>
    parseSetting(text, name)
