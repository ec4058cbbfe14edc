import { join } from 'node:path'
import type { Logger } from 'pino'
import { openStore } from '../store/open.js'
import type { Case } from '../triage/case.js'
import { generic } from '../triage/match.js'
import { openCaseCache } from './cases/case-cache.js'
import { openClients } from './outbox/clients.js'
import { openChannels } from './outbox/channels.js'
import { startOpenCases } from './cases/open-cases.js'
import { machineClock } from './pacing/clock.js'
import { openDoubts } from './pacing/doubts.js'
import { openSteadyWall } from './pacing/steady-wall.js'
import { startDeadlines } from './cases/deadlines.js'
import { openNotices } from './notices/notices.js'
import type { Owed } from './outbox/owed.js'
import type { Config } from './config/config.js'
import { openOutbox } from './outbox/deliver.js'
import { type CommandResult, openDesk } from './cases/desk.js'
import type { Directory } from './people/directory.js'
import { openCaseRenderer } from './outbox/render-case.js'
import type { AppContext } from './app-context.js'
import { type Library, loadLibrary } from './config/library.js'
import { openChatHandler } from './replies/chat-handler.js'
import { openRebind } from './outbox/rebind.js'
import { type Limits, forCards, unlimited } from './pacing/rate-window.js'
import { openRateLimiter } from './pacing/rate-limiter.js'
import { openPastCaseStore } from './cases/past-case-store.js'
import { openPastCases } from './cases/past-cases.js'
import { openRoster } from './people/roster.js'
import { close, listen, openServer } from './http/server.js'
import { openCasesFor } from './cases/open-case.js'
import { type TeamsOptions, openTeams } from './teams/index.js'

/** Winnow, running. */
export type Service = {
  readonly port: number
  /** The house inside, for what runs in the same process. */
  readonly app: AppContext
  /** Take up the open cases; `fresh` when the chat has forgotten every card. Resolves when the board is complete. */
  resume(why: 'start' | 'fresh'): Promise<void>
  /** Resolves when every card shows the newest state, and whom it concerns has been told. */
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
  const { guides, phrases, render } = library ?? (await loadLibrary())
  const byType = new Map(guides.map((guide) => [guide.type, guide]))
  const guideOf = (type: string) => byType.get(type) ?? byType.get(generic) ?? fail()
  const spec =
    config.store === 'memory'
      ? ({ kind: 'memory' } as const)
      : ({ kind: 'lowdb', folder: join(config.dataFolder, 'cases') } as const)
  const store = await openStore(spec, ({ text }) => log.error(text))
  try {
    const desk = openDesk(store, guideOf, now)
    const openCases = startOpenCases()
    const pastCases = openPastCases()
    const pastCaseStore = await openPastCaseStore({ store, pastCases, now, log })
    const caseCache = openCaseCache()
    const note = (settled: CommandResult & { readonly state: Case }) => {
      openCases.note({ state: settled.state, cards: settled.cards })
      pastCases.note(settled.state)
      caseCache.note(settled)
    }
    const binding = await openChannels(store)
    const { confirmationHours, leads, cardActions } = config
    const { limits = config.app ? forCards : unlimited, callPauseMs = 30_000, ...options } = teamsOptions
    const rateLimiter = openRateLimiter(machineClock.now, limits)
    const teams = openTeams({ app: config.app, log, phrases, sending: (where) => rateLimiter.count(where), ...options })
    const { messenger } = teams
    const roster = openRoster({ messenger, now: machineClock.now, log })
    const keepFresh = () => roster.keepFresh(binding.channels().map(({ place }) => place))
    const place = ({ alert, guide }: Case) => {
      const { family } = guideOf(guide)
      return binding.placeFor({ ...alert, family: alert.family ?? (family === 'any' ? null : family) })
    }
    const isLocal = config.app === null
    const clients = openClients({ cardActions, isLocal, roster, place })
    const renderer = openCaseRenderer(guideOf, phrases, render, clients)
    const doubts = openDoubts(machineClock.now)
    const sending = { desk, renderer, messenger, place, rateLimiter, doubts, now, log }
    const outbox = openOutbox(sending)
    const notices = openNotices({ ...sending, binding, leads, phrases, callPauseMs })
    outbox.onCard((news) => notices.card(news))
    desk.onWritten((written) => {
      note(written)
      outbox.wake(written)
      notices.written(written)
    })
    const bound = () => void keepFresh()
    const rebind = openRebind({
      store,
      desk,
      outbox,
      binding,
      note: (settled, why) => {
        note(settled)
        if (why === 'start') notices.resume(settled)
      },
      bound,
      isLocal,
      now,
      log,
    })
    const words = { renderer, phrases, confirmationHours, now, outbox }
    const people = { directory, messenger, roster, clients, leads }
    const damagedCases = () => store.damaged().flatMap(({ caseId, open }) => (open && caseId !== null ? [caseId] : []))
    const app: AppContext = { desk, openCases, caseCache, binding, ...people, ...rebind, ...words, damagedCases }
    const take = (body: unknown) => openCasesFor(body, guides, { desk, pastCases }, now())
    const health = () => {
      const problems = [...store.damaged().map(({ text }) => text), ...owedText(outbox.owed())]
      return { ok: problems.length === 0, problems }
    }
    const server = openServer({ keys: config.intakeKeys, take, log }, teams.receive(openChatHandler(app)), health)
    const port = await listen(server, config.port, config.host)
    const stopClocks = startDeadlines(openCases, desk, openSteadyWall(Date.now, machineClock.now), (error) =>
      log.error({ err: error }, 'a clock failed'),
    )
    const eachMinute = () => {
      void keepFresh()
      void pastCaseStore.save()
      void outbox.remind()
      void rebind.retry()
      notices.damaged(damagedCases())
    }
    const minutes = setInterval(eachMinute, 60_000).unref()
    void keepFresh()
    return {
      port,
      app,
      resume: async (why) => {
        await rebind.resume(why)
        openCases.complete()
        notices.damaged(damagedCases())
      },
      drawn: async () => {
        // What is drawn can be told of, and what is told can let cards follow.
        while ((await Promise.all([outbox.idle(), notices.idle()])).includes(true));
      },
      stop: async () => {
        stopClocks()
        clearInterval(minutes)
        await close(server)
        await Promise.all([outbox.stop(), notices.stop()])
        await pastCaseStore.save()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** That cards are owed, for whoever looks after Winnow; nothing when none is. */
const owedText = ({ count, since, lost, refused }: Owed): readonly string[] =>
  count === 0
    ? []
    : [
        `${count} cards do not show what they should, the oldest since ${since} (${lost} may be lost, ${refused} are refused). ` +
          'Look in the log for what Teams answered.',
      ]

const fail = (): never => {
  throw new RangeError(`the guides lack '${generic}'`)
}
