import { accessSync, constants, mkdirSync } from 'node:fs'

/** The settings that name files and folders, as they are given. */
export type FileSettings = {
  readonly STORE: string
  readonly DATA_FOLDER: string
  readonly DIRECTORY_FILE?: string | undefined
  readonly CLOCKS_FILE?: string | undefined
  readonly ROTA_FILE?: string | undefined
  readonly REGISTERS_FOLDER?: string | undefined
  readonly MICROSOFT_APP_ID?: string | undefined
}

/**
 * What is wrong with them, each with what to set. The data folder is made when it is missing; only a service for Teams that
 * keeps everything in memory can do without it.
 */
export const fileProblems = (data: FileSettings): readonly string[] => [
  ...(data.STORE === 'memory' && data.MICROSOFT_APP_ID !== undefined ? [] : folderProblems(data.DATA_FOLDER)),
  ...(['DIRECTORY_FILE', 'CLOCKS_FILE', 'ROTA_FILE'] as const).flatMap((name) => unreadable(name, data[name])),
  ...(data.REGISTERS_FOLDER === undefined ? [] : registersProblems(data.REGISTERS_FOLDER)),
]

const folderProblems = (folder: string): readonly string[] =>
  problemOf(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  }).map((code) => `DATA_FOLDER: ${folder} can't be read and written (${code}); make it the service's own`)

const unreadable = (name: string, file: string | undefined): readonly string[] =>
  file === undefined
    ? []
    : problemOf(() => accessSync(file, constants.R_OK)).map(
        (code) => `${name}: ${file} can't be read (${code}); name a readable file, or leave it out`,
      )

const registersProblems = (folder: string): readonly string[] =>
  problemOf(() => accessSync(folder, constants.R_OK | constants.X_OK)).map(
    (code) => `REGISTERS_FOLDER: ${folder} can't be read (${code}); name a readable folder, or leave it out`,
  )

const problemOf = (work: () => void): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    return [error instanceof Error && 'code' in error ? String(error.code) : String(error)]
  }
}
