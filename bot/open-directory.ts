import type { Person } from '../triage/person.js'
import type { Config } from './config/config.js'
import { plainManagers } from './config/manager-settings.js'
import { openGraph } from './graph/client.js'
import { clouds } from './graph/clouds.js'
import { openGraphToken } from './graph/credential.js'
import { machineClock } from './pacing/clock.js'
import { type Directory, emptyDirectory, soleManager } from './people/directory.js'

/**
 * The directory that is set: Microsoft Graph with the file to fall back on, the file, or none; in local mode without either, `sole` is
 * everyone's manager.
 *
 * Fault `directory/invalid` names what is wrong with the file.
 */
export const openDirectory = async (
  config: Config,
  sole: Person,
  log: { warn(details: object, text: string): void },
): Promise<Directory> => {
  const { directory, graph, keepMinutes } = config.managers ?? plainManagers
  const file = config.directoryFile === null ? emptyDirectory : await fileAt(config.directoryFile)
  if (directory !== 'graph' || graph === null) {
    return config.directoryFile === null && config.app === null ? soleManager(sole) : file
  }
  const { openGraphDirectory } = await import('./graph/directory.js')
  return openGraphDirectory({
    graph: openGraph({ token: openGraphToken(graph), baseUrl: `${clouds[graph.cloud].graph}/v1.0` }),
    file,
    keepMs: keepMinutes * 60_000,
    now: () => new Date().toISOString(),
    clock: machineClock.now,
    log,
  })
}

const fileAt = async (file: string): Promise<Directory> => {
  const { openDirectoryFile } = await import('./people/directory-file.js')
  return openDirectoryFile(file)
}
