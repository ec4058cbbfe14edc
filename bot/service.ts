import { join } from 'node:path'
import type { Logger } from 'pino'
import { submitOnly } from '../cards/submit-only.js'
import type { View } from '../dialogs/view.js'
import { openStore } from '../store/open.js'
import type { Case } from '../triage/case.js'
import { generic } from '../triage/match.js'
import type { Place } from '../triage/surface.js'
import { openBinding } from './binding.js'
import { openBoard } from './board.js'
import { startClocks } from './clocks.js'
import type { Config } from './config.js'
import { openDeliver } from './deliver.js'
import { openDesk } from './desk.js'
import type { Directory } from './directory.js'
import { openDrawing } from './draw.js'
import type { House } from './house.js'
import { type Library, loadLibrary } from './library.js'
import { openListener } from './listen.js'
import { openRecent } from './recent.js'
import { close, listen, openServer } from './server.js'
import { takeIn } from './take-in.js'
import { type TeamsOptions, openTeams } from './teams/index.js'

/** Winnow, running. */
export type Service = {
  readonly port: number
  /** The house inside, for what runs in the same process. */
  readonly house: House
  /** Take up the open cases; `fresh` when the chat has forgotten every card. Resolves when the board is complete. */
  resume(why: 'start' | 'fresh'): Promise<void>
  /** Resolves when every card shows the newest state. */
  drawn(): Promise<void>
  /** Stop taking anything in, finish what is being written, let go of the folder. */
  stop(): Promise<void>
}

/**
 * Open every room and wire them: store, content, cards, desk, Teams, server. The library is read from the project's folder
 * unless it is at hand already.
 *
 * Rejects with a fault that says what to do when something is not as it must be. Cases are taken up with `resume`.
 */
export const startService = async (
  config: Config,
  directory: Directory,
  log: Logger,
  teamsOptions: Partial<TeamsOptions> = {},
  library?: Library,
): Promise<Service> => {
  const now = () => new Date().toISOString()
  const { playbooks, phrases, render } = library ?? (await loadLibrary())
  const byType = new Map(playbooks.map((playbook) => [playbook.type, playbook]))
  const playbookOf = (type: string) => byType.get(type) ?? byType.get(generic) ?? fail()
  const spec =
    config.store === 'memory'
      ? ({ kind: 'memory' } as const)
      : ({ kind: 'lowdb', folder: join(config.dataFolder, 'cases') } as const)
  const store = await openStore(spec, (line) => log.error(line))
  try {
    const desk = openDesk(store, playbookOf, now)
    const board = openBoard()
    const recent = openRecent()
    const note = (state: Case) => {
      board.note(state)
      recent.note(state)
    }
    const binding = await openBinding(store)
    const draw = config.cardActions === 'submit' ? (view: View) => submitOnly(render(view)) : render
    const drawing = openDrawing(playbookOf, phrases, draw)
    const teams = openTeams({ app: config.app, log, ...teamsOptions })
    const { messenger } = teams
    const deliver = openDeliver({ desk, drawing, messenger, place: binding.place, phrases, now, log })
    const eachLive = async (work: (caseId: string) => Promise<void>): Promise<void> => {
      const ids = [...(await store.live())]
      const workers = Array.from({ length: 16 }, async () => {
        for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
          await work(id).catch((error: unknown) => log.error({ err: error, case: id }, 'a case could not be taken up'))
        }
      })
      await Promise.all(workers)
    }
    const resume = (why: 'start' | 'fresh' | 'rebound') =>
      eachLive(async (id) => {
        const { state } = await desk.look(id)
        if (!state) return
        note(state)
        await deliver.resume(state, why)
      })
    const bind = async (place: Place) => {
      await binding.bind(place)
      await resume('rebound')
    }
    // The local client's page forgets its cards whenever it is loaded again, and tells so by adding Winnow anew.
    let firstPage = false
    const rejoin = async () => {
      await resume(config.app === null && !firstPage ? 'fresh' : 'rebound')
      firstPage = false
    }
    desk.onWritten((state) => {
      note(state)
      deliver.wake(state)
    })
    const { confirmationHours } = config
    const words = { drawing, phrases, confirmationHours, now }
    const house: House = { desk, board, binding, directory, messenger, bind, rejoin, ...words }
    const take = (body: unknown) => takeIn(body, playbooks, { desk, recent }, now())
    const health = () => ({ ok: store.damaged().length === 0, problems: store.damaged() })
    const server = openServer({ keys: config.intakeKeys, take, log }, teams.receive(openListener(house)), health)
    const port = await listen(server, config.port, config.host)
    const stopClocks = startClocks(board, desk, now, (error) => log.error({ err: error }, 'a clock failed'))
    return {
      port,
      house,
      resume: (why) => {
        firstPage = why === 'fresh'
        return resume(why)
      },
      drawn: () => deliver.idle(),
      stop: async () => {
        stopClocks()
        await close(server)
        await deliver.stop()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

const fail = (): never => {
  throw new RangeError(`the playbooks lack '${generic}'`)
}
