import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { pino } from 'pino'
import { isFault } from '../triage/fault.js'
import type { Program } from './bundle/open-bundle.js'
import { openSourcePlaces } from './bundle/places.js'
import { consoleToLog } from './console-to-log.js'
import { gracefulStop } from './graceful-stop.js'
import { readEnvironment } from './config/config.js'
import { localKey } from './local/key.js'
import { type LocalClient, localPlace, localUser, startLocalClient } from './local/client.js'
import { openDirectory } from './open-directory.js'
import { startService } from './service.js'
import { warmUp } from './warm-up.js'
import { safeError } from './watch/safe-errors.js'

const inSources = openSourcePlaces(fileURLToPath(import.meta.url))

/** Start Winnow from the environment: for Teams with credentials, in local mode without. */
const main = async (): Promise<void> => {
  const config = readEnvironment()
  const log = pino(
    { level: config.logLevel, serializers: { err: (error: unknown) => safeError(error, inSources) } },
    pino.destination({ dest: 2, sync: true }),
  )
  consoleToLog(log)
  const local = config.app === null
  const intakeKeys = local ? [...config.intakeKeys, await localKey(config.dataFolder)] : config.intakeKeys
  const directory = await openDirectory(config, localUser, log)
  const service = await startService({ ...config, intakeKeys }, directory, log)
  let stopClient = async (): Promise<void> => {}
  const stop = gracefulStop({ ends: () => [stopClient(), service.stop()], exit: (code) => process.exit(code), log })
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (!local) {
    await service.resume('start')
    log.info(
      { port: service.port },
      'Winnow is ready. Send "@Winnow post here" in the channel that should receive alerts',
    )
    return
  }
  const folder = join(config.dataFolder, 'playground')
  const door = `http://127.0.0.1:${service.port}/api/messages`
  let isStopping = false
  const start = async (): Promise<LocalClient> => {
    const client = await startLocalClient(folder, config.playgroundPort, door, config.surroundings, { slow, lost })
    stopClient = () => {
      isStopping = true
      return client.stop()
    }
    return client
  }
  // Cases are kept and go on; only the place where they are looked at is gone.
  const lost = (): void => {
    if (isStopping) return
    say('The local Teams-like client ended. It is started again; reload its page then.')
    void start()
      .then(() => service.resume('fresh'))
      .then(
        () => say('The local Teams-like client is back.'),
        (error: unknown) =>
          say(`${wordsOf(error)}\nWinnow goes on without it. Stop Winnow with Ctrl+C, then start it again.`),
      )
  }
  const client = await start()
  // First what became of the former cards, then where to post: the other way round, a card could be posted twice.
  await service.resume(client.fresh ? 'fresh' : 'start')
  await service.rebind.setChannel(localPlace(config.playgroundPort))
  process.stdout.write(`
Winnow runs in local mode: for this machine only, no credentials, cases in ${config.dataFolder}.

  Look:  ${client.url}  (a local Teams-like client; open the channel "Incidents")
  Type:  npm run alert -- impossible-travel     in another terminal: a sample alert arrives
         npm run alert                          lists the other samples

Stop with Ctrl+C; what was done stays.
`)
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const slow = (seconds: number): void => say(`Still waiting for the local Teams-like client (${seconds} s) ...`)

const wordsOf = (error: unknown): string => (isFault(error) ? error.message : inSources(inspect(error)))

/** The service as a program; when it can't start it says why and exits with 1. */
export const program: Program = {
  run: () =>
    main().catch((error: unknown) => {
      say(wordsOf(error))
      process.exit(1)
    }),
  warmUp,
}
