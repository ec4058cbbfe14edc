import { join } from 'node:path'
import type { Logger } from 'pino'
import { openStore } from '../store/open.js'
import type { Case } from '../triage/case.js'
import { generic } from '../triage/match.js'
import { openAtHand } from './cases/case-cache.js'
import { openAudience } from './outbox/clients.js'
import { openBinding } from './outbox/channels.js'
import { openBoard } from './cases/open-cases.js'
import { machineClock } from './pacing/clock.js'
import { startClocks } from './cases/deadlines.js'
import type { Config } from './config/config.js'
import { openDeliver } from './outbox/deliver.js'
import { type Settled, openDesk } from './cases/desk.js'
import type { Directory } from './people/directory.js'
import { openDrawing } from './outbox/render-case.js'
import type { House } from './app-context.js'
import { type Library, loadLibrary } from './config/library.js'
import { openListener } from './replies/chat-handler.js'
import { openMoves } from './outbox/rebind.js'
import { type Limits, forCards, unlimited } from './pacing/rate-window.js'
import { openPacer } from './pacing/rate-limiter.js'
import { openRecall } from './cases/past-case-store.js'
import { openRecent } from './cases/past-cases.js'
import { openRoster } from './people/roster.js'
import { close, listen, openServer } from './http/server.js'
import { takeIn } from './cases/open-case.js'
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
  teamsOptions: Partial<TeamsOptions> & { readonly limits?: Limits; readonly callPauseMs?: number } = {},
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
    const recall = await openRecall({ store, recent, now, log })
    const atHand = openAtHand()
    const note = (settled: Settled) => {
      if (settled.state) board.note(settled.state)
      if (settled.state) recent.note(settled.state)
      atHand.note(settled)
    }
    const binding = await openBinding(store)
    const { limits = config.app ? forCards : unlimited, callPauseMs = 30_000, ...options } = teamsOptions
    const pacer = openPacer(machineClock.now, limits)
    const teams = openTeams({ app: config.app, log, phrases, sending: (where) => pacer.count(where), ...options })
    const { messenger } = teams
    const roster = openRoster({ messenger, now: Date.now, log })
    const keepFresh = () => roster.keepFresh(binding.channels().map(({ place }) => place))
    const place = ({ alert, playbook }: Case) => {
      const { family } = playbookOf(playbook)
      return binding.placeFor({ ...alert, family: alert.family ?? (family === 'any' ? null : family) })
    }
    const { confirmationHours, leads, cardActions } = config
    const isLocal = config.app === null
    const audience = openAudience({ cardActions, isLocal, roster, place })
    const drawing = openDrawing(playbookOf, phrases, render, audience)
    const deliver = openDeliver({ desk, drawing, messenger, place, binding, callPauseMs, phrases, pacer, now, log })
    const bound = () => void keepFresh()
    const moves = openMoves({ store, desk, deliver, binding, note, bound, isLocal, log })
    desk.onWritten((written) => {
      note(written)
      deliver.wake(written)
    })
    const words = { drawing, phrases, confirmationHours, now }
    const people = { directory, messenger, roster, audience, leads }
    const house: House = { desk, board, atHand, binding, ...people, ...moves, ...words }
    const take = (body: unknown) => takeIn(body, playbooks, { desk, recent }, now())
    const health = () => ({ ok: store.damaged().length === 0, problems: store.damaged() })
    const server = openServer({ keys: config.intakeKeys, take, log }, teams.receive(openListener(house)), health)
    const port = await listen(server, config.port, config.host)
    const stopClocks = startClocks(board, desk, now, (error) => log.error({ err: error }, 'a clock failed'))
    const eachMinute = () => {
      void keepFresh()
      void recall.save()
    }
    const minutes = setInterval(eachMinute, 60_000).unref()
    void keepFresh()
    return {
      port,
      house,
      resume: async (why) => {
        await moves.resume(why)
        board.complete()
      },
      drawn: () => deliver.idle(),
      stop: async () => {
        stopClocks()
        clearInterval(minutes)
        await close(server)
        await deliver.stop()
        await recall.save()
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
