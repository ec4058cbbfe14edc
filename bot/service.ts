import { join } from 'node:path'
import type { Logger } from 'pino'
import type { LowdbOptions } from '../store/lowdb.js'
import { openLookUps } from '../evidence/look-ups.js'
import { openRegisters } from '../evidence/registers/folder.js'
import { openStore } from '../store/open.js'
import { filePages, memoryPages } from '../store/search-pages.js'
import type { Listed } from '../dialogs/show/listed.js'
import type { ConversationRef } from '../triage/card.js'
import type { Case } from '../triage/case.js'
import { kindsOfLookUp } from '../triage/memory.js'
import { type Clients, openClients } from './outbox/clients.js'
import { type Channels, openChannels } from './outbox/channels.js'
import { openClosedThreads } from './cases/closed-threads.js'
import { type OpenCases, startOpenCases } from './cases/open-cases.js'
import { machineClock, wallClock } from './pacing/clock.js'
import { openDoubts } from './pacing/doubts.js'
import { openSteadyWall } from './pacing/steady-wall.js'
import { type RunningClocks, openClocks } from './cases/clocks.js'
import { startDeadlines } from './cases/deadlines.js'
import { openNotePages, openPaged } from './notices/paged.js'
import { openShiftDigest } from './notices/shift-digest.js'
import { openOnCall } from './outbox/on-call.js'
import { openStandIn } from './people/stand-in.js'
import { usualClocks } from '../triage/clocks.js'
import { openNotices } from './notices/notices.js'
import { openTold } from './notices/told.js'
import { type Owed, withOwed } from './outbox/owed.js'
import type { Config } from './config/config.js'
import type { GraphSettings } from './config/graph-settings.js'
import { type ManagerSettings, plainManagers } from './config/manager-settings.js'
import { openOutbox } from './outbox/deliver.js'
import { openDrawAhead } from './outbox/draw-ahead.js'
import { openDrafts } from './outbox/drafts.js'
import type { Install } from './outbox/installing.js'
import { openStormBooks } from './outbox/storm-books.js'
import { openTogether } from './outbox/together.js'
import type { CardClick, Message } from './chat.js'
import { synonymsOf } from '../dialogs/hear/synonyms.js'
import { guidesByType } from './cases/guides-by-type.js'
import { type CommandResult, type Desk, type WrittenResult, openDesk } from './cases/desk.js'
import { openFindCases } from './cases/find-cases.js'
import type { Directory } from './people/directory.js'
import { openCaseRenderer } from './outbox/render-case.js'
import { type Library, loadLibrary } from './config/library.js'
import { openAnswerConfirmation } from './replies/answer-confirmation.js'
import { openAllowManager, openAskManager } from './replies/ask-manager.js'
import { openBulk } from './replies/bulk.js'
import type { DigestKeeper } from './replies/card-keeper.js'
import { openChannelSettings } from './replies/channel-settings.js'
import { type Answers, openChatHandler } from './replies/chat-handler.js'
import { countRefusals } from './replies/count-refusals.js'
import { openFindInCases } from './replies/find-in-cases.js'
import { openHandle } from './replies/handle.js'
import { openOpenForm } from './replies/open-form.js'
import { openRespond } from './replies/respond.js'
import { deskIn } from './replies/desk-in.js'
import { openSetLanguage } from './replies/set-language.js'
import { openSendOwn } from './replies/send-own.js'
import { openRefreshCard } from './replies/refresh-card.js'
import { type Rebind, openRebind } from './outbox/rebind.js'
import { type Limits, forCards, perMinute, unlimited } from './pacing/rate-window.js'
import { openRateLimiter } from './pacing/rate-limiter.js'
import { openPastCaseStore } from './cases/past-case-store.js'
import { openJourneys } from './cases/journeys.js'
import { openFirstSeen } from './cases/first-seen.js'
import { openVerdictMemory } from './cases/verdict-memory.js'
import { openPastCases } from './cases/past-cases.js'
import { openIdentity } from './people/identity.js'
import { openLanguages } from './people/languages.js'
import { openManagers } from './people/managers.js'
import { openReaders } from './people/readers.js'
import { openRights } from './people/rights.js'
import { openRoster } from './people/roster.js'
import { root } from './config/root.js'
import { readVersion } from './config/version.js'
import { openProofs } from './http/intake-proof.js'
import { countIntake } from './http/count-intake.js'
import { close, listen, openServer } from './http/server.js'
import { openCasesFor } from './cases/open-case.js'
import { openGroupIndex } from './cases/group-index.js'
import { openGroups } from './cases/groups.js'
import type { EffectsOutbox } from './effects/outbox.js'
import { type Graph, openGraph } from './graph/client.js'
import { clouds } from './graph/clouds.js'
import { openGraphToken } from './graph/credential.js'
import type { Look } from './look/look.js'
import { type Pull, startPull } from './pull/pull.js'
import { openRetention } from './cases/retention.js'
import { openTellRelated } from './cases/tell-related.js'
import { type TeamsOptions, openTeams } from './teams/index.js'
import { watchChat } from './watch/chat-watch.js'
import { openMeter } from './watch/meter.js'
import { type Readiness, readinessOf } from './watch/readiness.js'
import { timedStore } from './watch/timed-store.js'
import { letHeapGrow } from './heap.js'

/** Winnow, running. */
export type Service = {
  readonly port: number
  /** For what runs in the same process, such as the local client. */
  readonly desk: Desk
  readonly openCases: OpenCases
  readonly clocks: Pick<RunningClocks, 'look' | 'doubt' | 'next'>
  readonly channels: Channels
  readonly clients: Clients
  readonly rebind: Pick<Rebind, 'setChannel' | 'rebindAll'>
  /** Take up the open cases; `fresh` when the chat has forgotten every card. Resolves when every open case has been. */
  resume(why: 'start' | 'fresh'): Promise<void>
  /** Resolves when every card shows the newest state, and whom it concerns has been told. */
  drawn(): Promise<void>
  /** Stop taking anything in, finish what is being written, let go of the folder. */
  stop(): Promise<void>
}

/**
 * What is otherwise as it is in production: how fast Teams takes what it is sent, the pause between pages, the store's disk,
 * where Entra ID tells the keys of its tokens, and Graph.
 */
type Limited = {
  readonly limits?: Limits
  readonly pagePauseMs?: number
  readonly lowdb?: LowdbOptions
  readonly entraMetadataUrl?: string
  readonly graph?: Graph
  readonly lookGraph?: Graph
  readonly install?: Install
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
  teamsOptions: Partial<TeamsOptions> & Limited = {},
  library?: Library,
): Promise<Service> => {
  const now = wallClock()
  const {
    guides,
    languages: spoken,
    translations,
    render,
    portals,
    lookUps,
    taxonomies,
    prepare,
  } = library ?? (await loadLibrary())
  const phrases = spoken[config.language ?? 'en'] ?? {}
  const guideOf = guidesByType(guides, translations)
  const spec =
    config.store === 'memory'
      ? ({ kind: 'memory' } as const)
      : ({ kind: 'lowdb', folder: join(config.dataFolder, 'cases') } as const)
  const version = await readVersion()
  const clockSettings = config.clocksFile
    ? await (await import('./config/clocks-file.js')).readClocks(config.clocksFile, config.timeZone)
    : usualClocks
  const rotaFile = config.rotaFile
    ? await (await import('./config/rota-file.js')).openRotaFile(config.rotaFile, config.timeZone, log)
    : null
  const meter = openMeter()
  const opened = await openStore(spec, ({ text }) => log.error(text), teamsOptions.lowdb)
  const store = timedStore(opened, meter, machineClock.now)
  try {
    let effects: EffectsOutbox | null = null
    const desk = openDesk(store, guideOf, now, (record) => effects?.wants(record) ?? false, {
      soon: (work) => void setImmediate(work),
      failed: (error, caseId) =>
        log.error({ err: error, case: caseId }, 'not everyone could be told that a case was opened'),
    })
    const closedThreads = await openClosedThreads({ store, log })
    const openCases = startOpenCases(closedThreads, guideOf)
    const pastCases = openPastCases()
    const pastCaseStore = await openPastCaseStore({ store, pastCases, now, log })
    const journeys = await openJourneys({ store, guideOf, keepDays: config.travelDays, now, log })
    const memory = await openVerdictMemory({ store, log })
    const firstSeen = await openFirstSeen({ store, log })
    type Settled = CommandResult & { readonly state: Case }
    const noting: readonly ((settled: Settled) => void)[] = [
      ({ state, cards }) => openCases.note({ state, cards }),
      ({ state }) => pastCases.note(state),
      ({ state }) => journeys.note(state),
      ({ state }) => memory.note(state),
      ({ state }) => firstSeen.note(state.alert),
    ]
    const note = (settled: Settled) => noting.forEach((one) => one(settled))
    const pages = spec.kind === 'lowdb' ? filePages(join(spec.folder, 'search')) : memoryPages()
    const findCases = openFindCases({ pages, store, guideOf, now, ms: machineClock.now, log })
    const channels = await openChannels(store)
    const { confirmationHours, leads, cardActions } = config
    const {
      limits = config.app ? forCards : unlimited,
      pagePauseMs = 30_000,
      lowdb: _,
      graph: givenGraph,
      lookGraph,
      install = await installOf(config.managers, log),
      ...options
    } = teamsOptions
    const registers = await openRegisters(registersFolderOf(config))
    const tellRegisters = () => {
      for (const text of registers.problems()) log.warn(text)
    }
    tellRegisters()
    const refreshRegisters = async () => {
      if (await registers.refresh()) tellRegisters()
    }
    const rateLimiter = openRateLimiter(machineClock.now, limits)
    const teams = openTeams({ app: config.app, log, phrases, sending: (where) => rateLimiter.count(where), ...options })
    const { messenger, state: chatState } = watchChat(teams.messenger, machineClock.now, (request) =>
      meter.chat(request),
    )
    const roster = openRoster({ messenger, now: machineClock.now, log })
    const boundPlaces = () => channels.channels().map((channel) => channel.place)
    const keepFresh = () => roster.keepFresh(boundPlaces())
    const place = ({ alert, guide }: Case) => {
      const { family } = guideOf(guide)
      return channels.placeFor({ severity: alert.severity, family: alert.family ?? (family === 'any' ? null : family) })
    }
    const isLocal = config.app === null
    const readers = await openReaders({ store, fallback: config.timeZone, log })
    const languages = await openLanguages({ store, phrases: spoken, readers, fallback: config.language ?? 'en' })
    const clients = openClients({ cardActions, isLocal, roster, place })
    const drafts = openDrafts()
    const readyLookUps = openLookUps(lookUps)
    const renderer = openCaseRenderer(guideOf, phrases, render, clients, {
      portals,
      pastCases,
      lookUps: readyLookUps,
      registers,
      journeys,
      memory,
      lookUpKinds: new Map(lookUps.map((one) => [one.id, kindsOfLookUp(one)])),
      proposeAfter: config.proposeAfter,
      firstOf: (type) => firstSeen.of(type),
      draftOf: (state) => drafts.of(state),
      zones: { channel: config.timeZone, of: readers.zoneOf },
      languages: { ...languages, placeOf: place },
      ...(config.responses && { responses: { mode: config.responses.mode } }),
    })
    desk.onComing(openDrawAhead(renderer))
    const wordsIn = ({ conversationId }: ConversationRef) => languages.words(languages.in(conversationId))
    const doubts = openDoubts(machineClock.now)
    const sending = { desk, renderer, messenger, place, rateLimiter, doubts, now, log }
    const storms = {
      rule: { cases: config.stormCases, withinMs: config.stormMinutes * 60_000 },
      books: await openStormBooks(store),
      rows: () => openCases.rows(),
      placeOf: (row: Pick<Listed, 'family' | 'severity'>) => channels.placeFor(row),
      postsPerMinute: perMinute(limits.conversation),
      phrases,
      wordsIn,
    }
    const outbox = openOutbox({
      ...sending,
      install,
      storms,
      delivered: (audience, ms) => meter.delivered(audience, ms / 1000),
    })
    const told = await openTold(store, log)
    const managerSettings = config.managers ?? plainManagers
    const collectMs = managerSettings.collectMinutes * 60_000
    const together = await openTogether({ ...sending, store, phrases, languages, collectMs, zoneOf: readers.zoneOf })
    const onCall = openOnCall({
      channels,
      rota: () => rotaFile?.rota() ?? null,
      clocks: clockSettings,
      now: Date.now,
    })
    const notices = openNotices({
      ...sending,
      binding: { channels: channels.channels, onCallIn: onCall.awakeIn },
      leads,
      phrases,
      wordsIn,
      wordsOf: (personId) => languages.words(languages.of(personId)),
      pagePauseMs,
      told,
      zones: { channel: config.timeZone, of: readers.zoneOf },
      paged: openNotePages({ desk, now, log }),
    })
    outbox.storms?.onDigest((news) => notices.digest(news))
    const tellRelated = openTellRelated({ desk, pastCases, log, now })
    const groupIndex = openGroupIndex(config.groupMinutes * 60_000, pastCases)
    const groups = openGroups({ desk, index: groupIndex, log, now, sleep: machineClock.sleep })
    let look: Look | null = null
    if (config.lookUps) {
      const { graph: settings, ...limits } = config.lookUps
      // A client of its own: what limits look-ups must not hold up the pulling of alerts. What throttles them is waited for by them.
      const graph = lookGraph ?? graphOf(settings, 1)
      const { startLook } = await import('./look/look.js')
      look = startLook({ ...limits, graph, desk, guideOf, lookUps, ready: readyLookUps, now, log })
    }
    // One for all, for Graph limits the application as a whole.
    let graph: Graph | undefined = givenGraph
    const graphFor = (settings: GraphSettings): Graph => (graph ??= graphOf(settings))
    // What is off costs nothing, not even its modules.
    const responding =
      config.responses &&
      (await import('./respond/open.js')).openResponding({
        desk,
        graph: graphFor(config.responses.graph),
        registers,
        mode: config.responses.mode,
        approvalMinutes: config.responses.approvalMinutes,
        own: [config.responses.graph.clientId, ...(config.app ? [config.app.id] : [])],
        steadyWall: openSteadyWall(Date.now, machineClock.now),
        now,
        log,
      })
    outbox.onCard((news) => {
      // What is told again has not changed.
      if (!news.again) openCases.note(news)
      notices.card(news)
    })
    const identity = openIdentity({ directory, roster })
    const openPeople = () => openCases.rows()
    const managers = await openManagers({ ...managerSettings, store, directory, identity, openPeople, now, log })
    desk.onWritten((written) => managers.written(written))
    const clocks = openClocks({
      desk,
      clocks: clockSettings,
      paged: openPaged({ place, onCall, leads, namesOf: roster.namesOf }),
      standIn: openStandIn({ directory, identity, verifiers: managers.verifiers }),
      load: managers.load,
      confirmationHours,
      monotonic: machineClock.now,
    })
    const hearers: readonly ((written: WrittenResult) => void)[] = [
      ({ written }) => {
        for (const { type } of written) meter.event(type)
      },
      ...noting,
      ({ state, written }) => findCases.note(state, written),
      (written) => outbox.wake(written),
      ({ state }) => clocks.note(state),
      (written) => together.written(written),
      (written) => notices.written(written),
      (written) => tellRelated.written(written),
      (written) => groups.written(written),
      (written) => look?.written(written),
      (written) => effects?.note(written),
      ({ state }) => responding?.note(state),
    ]
    for (const hear of hearers) desk.onWritten(hear)
    const bound = () => void keepFresh()
    const rebind = openRebind({
      store,
      desk,
      outbox,
      binding: channels,
      note: (settled, why) => {
        note(settled)
        if (why === 'start') {
          notices.resume(settled)
          clocks.note(settled.state, 'start')
          groups.resume(settled.state)
          look?.resume(settled.state)
          together.resume(settled.state)
          effects?.note(settled)
          responding?.note(settled.state)
        }
      },
      bound,
      isLocal,
      now,
      log,
    })
    const settings =
      config.writeBack ??
      (config.responses && { modes: {}, graph: config.responses.graph, cloudApps: null, webhooks: [] })
    if (settings) {
      const { openEffects } = await import('./effects/open-effects.js')
      effects = await openEffects({
        settings,
        store,
        desk,
        graph: () => graphFor(settings.graph),
        others: responding ? [responding.target] : [],
        taxonomies,
        signInNameOf: ({ id }) => roster.idsOf([id]).find((one) => one.includes('@')) ?? null,
        phrases,
        now,
        log,
      })
    }
    const cards = outbox
    const digests: DigestKeeper = {
      digest: async (id, personId) => (await outbox.storms?.digest(id, personId)) ?? null,
      repost: async (id) => (await outbox.storms?.repost(id)) ?? false,
      found: async (posted) => outbox.storms?.found(posted),
    }
    const reply = async (to: ConversationRef, message: Message): Promise<void> => {
      const ended = rateLimiter.count(to)
      await messenger.post(to, message).finally(ended)
    }
    const damagedCases = () => store.damaged().flatMap(({ caseId, open }) => (open && caseId !== null ? [caseId] : []))
    const onCallChannels = {
      channels: () => channels.channels().map((one) => ({ ...one, onCall: onCall.onCallIn(one.place) })),
    }
    const findInCases = openFindInCases({ findCases, openCases, titleOf: (type) => guideOf(type).title })
    const setLanguage = openSetLanguage(languages, rebind)
    const answersIn = (language: string): Answers => {
      const inLanguage = { phrases: languages.words(language), renderer: renderer.in(language) }
      const own = deskIn(desk, language)
      const rights = openRights({ roster, bound: boundPlaces, identity, leads, ...inLanguage })
      const respond = openRespond(responding?.actionsAt(own) ?? null, own)
      const inCases = { rights, desk: own, ...inLanguage, openCases, respond, now }
      const asking = { desk: own, ...managers, confirmationHours, clocks: clockSettings }
      const handleIntent = openHandle({
        ...inCases,
        findInCases,
        damagedCases,
        channels: onCallChannels,
        journeys,
        cards,
        digests,
        bulk: openBulk({ ...inCases, guideOf: (type) => guideOf(type, language) }),
        askManager: openAskManager(asking),
        allowManager: openAllowManager(asking),
        answerConfirmation: openAnswerConfirmation({ ...inCases, verifiers: managers.verifiers }),
        openForm: openOpenForm(inCases),
        channelSettings: openChannelSettings({ channels, rebind, roster, byRota: onCall.byRotaIn, ...inLanguage }),
        setLanguage,
      })
      return { ...inLanguage, handle: countRefusals(handleIntent, (reason) => meter.refused(reason)) }
    }
    const answers = new Map(languages.all().map((language) => [language, answersIn(language)]))
    const usual = answers.get(languages.in(null)) ?? answersIn('en')
    const refreshCard = openRefreshCard({ desk, renderer, roster, channels, phrases, now })
    const sendOwn = openSendOwn({ messenger, rateLimiter, log })
    const chat = {
      isLocal,
      openCases,
      ...usual,
      answersFor: ({ by, place: where, personal }: Pick<CardClick, 'by' | 'place' | 'personal'>) =>
        answers.get(personal ? languages.of(by.id) : languages.in(where.conversationId)) ?? usual,
      synonyms: synonymsOf(spoken),
      refreshCard,
      clients,
      drafts,
      sendOwn,
      readers,
      cards,
      channels,
      rebind,
      digests,
      together,
      reply,
      now,
      log,
    }
    const take = countIntake(
      (body, source) => openCasesFor(body, guides, { groups, pastCases, notified: () => pull?.soon() }, now(), source),
      (source, outcome, count) => meter.alerts(source, outcome, count),
    )
    const started = { at: now(), ms: machineClock.now() }
    let pull: Pull | null = null
    /** With the cards that hold questions of several cases. */
    const owedNow = () => withOwed(outbox.owed(), together.owed())
    const health = async () => {
      const owed = owedNow()
      const pulling = pull?.health()
      const looking = look?.health()
      const problems = [
        ...store.damaged().map(({ text }) => text),
        ...owedText(owed),
        ...(pulling?.problems ?? []),
        ...(looking?.problems ?? []),
        ...(effects?.health().problems ?? []),
        ...(directory.problems?.() ?? []),
      ]
      return {
        ok: problems.length === 0,
        problems,
        details: {
          version,
          node: process.version,
          startedAt: started.at,
          uptimeSeconds: Math.round((machineClock.now() - started.ms) / 1000),
          openCases: await openCases.count(),
          openCasesComplete: (await openCases.isComplete()) ? 1 : 0,
          damagedCases: store.damaged().length,
          channels: channels.channels().length,
          registerEntries: Object.values(registers.counts()).reduce((sum, count) => sum + count, 0),
          registerProblems: registers.problems().length,
          queuedCards: outbox.queued() + together.queued(),
          waitingQuestions: await openCases.waiting(),
          overdueQuestions: (await openCases.due(now())).length,
          owedCards: owed.count,
          owedSince: owed.since,
          heldBackCards: outbox.storms?.heldBack() ?? 0,
          storms: outbox.storms?.count() ?? 0,
          lostCards: owed.lost,
          refusedCards: owed.refused,
          ...pulling?.details,
          ...looking?.details,
          ...effects?.health().details,
        },
      }
    }
    const proving = {
      metadataUrl: teamsOptions.entraMetadataUrl,
      timeoutMs: 5000,
      now: Date.now,
      monotonic: machineClock.now,
    }
    const proofs = config.intakeProofs && (await openProofs(config.intakeProofs, { ...proving, log }))
    const intake = { keys: config.intakeKeys, ...proofs, take, log }
    let [stopping, resumed] = [false, false]
    const ready = (): Readiness => {
      const owed = owedNow()
      return readinessOf({
        stopping,
        complete: resumed,
        storeProblems: store.damaged().length,
        chat: chatState(),
        isLocal,
        channels: channels.channels().length,
        owed: { ...owed, seconds: owed.since === null ? 0 : Math.round((Date.now() - Date.parse(owed.since)) / 1000) },
      })
    }
    const meters = () => meter.text()
    const server = openServer(intake, teams.receive(openChatHandler(chat)), health, undefined, { ready, meters })
    const port = await listen(server, config.port, config.host)
    if (config.pull) {
      const { graph: settings, everyMs } = config.pull
      const graph = givenGraph ?? graphOf(settings)
      pull = startPull({ graph, store, take: (body) => take(body, 'graph'), everyMs, log, now })
    }
    const shifts = openShiftDigest({
      rota: () => rotaFile?.rota() ?? null,
      channels,
      openCases,
      desk,
      clocks,
      store,
      wordsIn,
      zone: config.timeZone,
      listed: (rows, { conversationId }) => renderer.in(languages.in(conversationId)).listed(rows),
      messageOf: (view, summary, { conversationId }) =>
        renderer.in(languages.in(conversationId)).view(view, summary, null),
      send: (to, message) => notices.post('handover', to, message),
    })
    const ticking = {
      doubt: clocks.doubt,
      look: async (at: string) => void (await Promise.all([clocks.look(at), shifts(at)])),
    }
    const stopClocks = startDeadlines(ticking, openSteadyWall(Date.now, machineClock.now), (error) =>
      log.error({ err: error }, 'a clock failed'),
    )
    const lookAtStorms = () =>
      outbox.storms?.look().catch((error: unknown) => log.error({ err: error }, 'storms could not be looked at'))
    const retention = openRetention({
      store,
      desk,
      days: config.retentionDays ?? null,
      now,
      forgotten: (caseId) => {
        pastCases.forget(caseId)
        journeys.forget(caseId)
        memory.forget(caseId)
        void findCases.renew(caseId)
      },
      log,
    })
    const eachMinute = () => {
      void retention.run()
      void keepFresh()
      void pastCaseStore.save()
      void memory.save()
      void firstSeen.save()
      void readers.save()
      void told.save()
      void rotaFile?.refresh()
      void managers.refresh()
      void managers.save()
      void outbox.remind()
      void refreshRegisters()
      void rebind.retry()
      groups.retry()
      notices.damaged(damagedCases())
    }
    const minutes = setInterval(eachMinute, 60_000).unref()
    const seconds = setInterval(() => void lookAtStorms(), 1000).unref()
    // The local client is started after us, and its channel is bound then.
    if (!isLocal) void keepFresh()
    return {
      port,
      desk,
      openCases,
      clocks,
      channels,
      clients,
      rebind,
      resume: async (why) => {
        if (why === 'fresh') await outbox.storms?.forgotten()
        // So many take more memory in any case, and are read in half the time with it.
        if ((await store.open()).length > manyOpen) letHeapGrow()
        await rebind.resume(why)
        openCases.complete()
        groups.complete()
        resumed = true
        notices.damaged(damagedCases())
        // From now on the first card is as quick as any.
        void prepare().then(letHeapGrow)
        void journeys.compare(async (caseId) => (await desk.look(caseId)).state)
        // Later: the start has enough to do.
        setTimeout(() => void findCases.catchUp(), 15_000).unref()
      },
      drawn: async () => {
        // What is drawn can be told of, and what is told can let cards follow.
        while (
          (
            await Promise.all([
              desk.idle(),
              groups.idle(),
              tellRelated.idle(),
              effects?.idle() ?? false,
              outbox.idle(),
              together.idle(),
              notices.idle(),
            ])
          ).includes(true)
        );
      },
      stop: async () => {
        stopping = true
        stopClocks()
        clearInterval(minutes)
        await Promise.all([pull?.stop(), look?.stop()])
        responding?.stop()
        clearInterval(seconds)
        await close(server)
        await desk.idle()
        await groups.idle()
        await retention.stop()
        await effects?.stop()
        await tellRelated.idle()
        await Promise.all([outbox.stop(), together.stop(), notices.stop()])
        await pastCaseStore.save()
        await journeys.saved()
        await memory.save()
        await firstSeen.save()
        await readers.save()
        await told.save()
        await managers.save()
        await findCases.stop()
        await closedThreads.saved()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Whoever only tries Winnow out gets registers that fit the samples. */
const registersFolderOf = ({ app, registersFolder, dataFolder }: Config): string =>
  registersFolder ?? (app === null ? join(root(), 'evidence', 'samples') : join(dataFolder, 'registers'))

/** That cards are owed, for whoever looks after Winnow; nothing when none is. */
const owedText = ({ count, since, lost, refused }: Owed): readonly string[] =>
  count === 0
    ? []
    : [
        `${count} cards are out of date, the oldest since ${since} (${lost} may be lost, ${refused} are refused). ` +
          'Check the log for what Teams answered.',
      ]

/** What installs Winnow for managers, where that is set; loaded there only. */
const installOf = async (
  managers: ManagerSettings | undefined,
  log: Pick<Logger, 'warn'>,
): Promise<Install | undefined> => {
  if (!managers?.graph || managers.catalogAppId === null) return undefined
  const { openInstallApp } = await import('./graph/install-app.js')
  const { graph, catalogAppId } = managers
  return openInstallApp({ graph: graphOf(graph), baseUrl: `${clouds[graph.cloud].graph}/v1.0`, catalogAppId, log })
}

const graphOf = (settings: GraphSettings, tries?: number): Graph =>
  openGraph({
    token: openGraphToken(settings),
    baseUrl: `${clouds[settings.cloud].graph}/v1.0`,
    ...(tries !== undefined && { tries }),
  })

/** With more open cases a start has enough to read that room for what is new pays. */
const manyOpen = 2000
