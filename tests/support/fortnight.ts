import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClocks } from '../../bot/cases/clocks.js'
import { openDesk } from '../../bot/cases/desk.js'
import { startOpenCases } from '../../bot/cases/open-cases.js'
import { type Message, DeliveryFailure } from '../../bot/chat.js'
import { readClocks } from '../../bot/config/clocks-file.js'
import { readRota } from '../../bot/config/rota-file.js'
import { openNotices } from '../../bot/notices/notices.js'
import { openNotePages, openPaged } from '../../bot/notices/paged.js'
import { openShiftDigest } from '../../bot/notices/shift-digest.js'
import { openTold } from '../../bot/notices/told.js'
import { openOnCall } from '../../bot/outbox/on-call.js'
import { openDoubts } from '../../bot/pacing/doubts.js'
import { openRateLimiter } from '../../bot/pacing/rate-limiter.js'
import { unlimited } from '../../bot/pacing/rate-window.js'
import { readDirectory } from '../../bot/people/directory.js'
import { openIdentity } from '../../bot/people/identity.js'
import { openStandIn } from '../../bot/people/stand-in.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { historyLine } from '../../dialogs/show/history.js'
import { memoryStore } from '../../store/memory.js'
import type { Severity } from '../../triage/alert.js'
import { type Card, type ConversationRef, channelCard } from '../../triage/card.js'
import type { Command } from '../../triage/command.js'
import type { Event, Stamp } from '../../triage/event.js'
import { type Person, winnow } from '../../triage/person.js'
import { isRefusal } from '../../triage/refusal.js'
import { anAlert } from './cast.js'
import { travel } from './guides.js'
import { noThreads } from './no-threads.js'

/** The zone in which the timeline is told, and the team lives. */
export const zone = 'Europe/Stockholm'

/** The settings, as someone would write them. */
export const files = {
  'clocks.yaml': `
unassigned:
  high: { again: 10m, leads: 20m, next: 30m, repeat: 1h }
  medium: { again: 1h, leads: 2h, next: 4h, repeat: "off" }
owner:
  high: { remind: 30m, release: 1h }
  medium: { remind: 4h, release: 8h }
manager:
  high: { remind: 1h, answer: 2h }
  medium: { remind: 2h, answer: 6h }
night-from: high
working-hours: { zone: ${zone}, days: [mon, tue, wed, thu, fri], from: "08:00", to: "17:00" }
people:
  - { id: u-mia, zone: America/New_York, days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }
`,
  'rota.yaml': `
zone: ${zone}
people:
  ada: { id: u-ada, name: Ada Analyst }
  bo: { id: u-bo, name: Bo Berg }
  cleo: { id: u-cleo, name: Cleo Chan }
  dan: { id: u-dan, name: Dan Dahl }
layers:
  - name: office
    people: [ada, bo]
    from: 2026-10-19
    handover: "08:00"
    every: 1w
    hours: { days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }
  - { name: night, people: [cleo, dan], from: 2026-10-18, handover: "18:00", every: 1d }
overrides:
  - { person: bo, layer: night, from: 2026-10-30 18:00, to: 2026-10-31 18:00 }
away:
  - { person: dan, from: 2026-10-27, to: 2026-10-28 }
`,
  'directory.yaml': `
people:
  - upn: kim@contoso.example
    manager: { id: u-mia, name: Mia Manager }
    deputy: { id: u-dora, name: Dora Deputy }
  - upn: lee@contoso.example
    manager: { id: u-max, name: Max Manager }
  - objectId: u-max
    manager: { id: u-head, name: Hedda Head }
`,
} as const

const channel: ConversationRef = {
  serviceUrl: 'https://smba.example/',
  tenantId: 't',
  conversationId: 'soc',
  botId: 'b',
}
const lead: Person = { id: 'u-lead', name: 'Lena Lead' }

/** A world in which time passes as quickly as it can be worked out. */
export type Fortnight = Awaited<ReturnType<typeof openFortnight>>

/** Begin at that moment. The chats of these people take nothing. */
export const openFortnight = async (begins: string, absent: readonly string[] = []) => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-fortnight-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const settings = await readClocks(join(folder, 'clocks.yaml'), zone)
  const rota = await readRota(join(folder, 'rota.yaml'), zone)
  const directory = await readDirectory(join(folder, 'directory.yaml'))
  await rm(folder, { recursive: true })
  const phrases = await loadPhrases('content/phrases', 'en')
  const remembered = { cases: new Map<string, string>(), settings: new Map<string, string>() }
  const timeline: string[] = []
  const names = new Map<string, string>()
  let time = Date.parse(begins)
  const now = () => new Date(time).toISOString()
  const log = { warn: () => {}, error: () => {}, info: () => {} }
  const tell = (line: string): void => void timeline.push(`${localTime(time)}  ${readable(line)}`)
  const readable = (text: string): string =>
    [...names].reduce((all, [code, name]) => all.replaceAll(`case ${code}`, name).replaceAll(code, name), text)

  const start = async () => {
    const store = memoryStore(remembered)
    const desk = openDesk(store, () => travel, now)
    const openCases = startOpenCases(noThreads, () => travel)
    const channels = {
      channels: () => [{ place: channel, filter: { family: null, atLeast: null }, boundBy: '', onCall: null }],
      onCallIn: () => null,
      placeFor: () => channel,
    }
    const onCall = openOnCall({ channels, rota: () => rota, clocks: settings, now: () => time })
    const clock = { now: () => time, sleep: async () => {} }
    const contextOf = ({
      state,
      diary,
      cards,
    }: Pick<CaseContext, 'diary' | 'cards'> & { readonly state: CaseContext['state'] | null }) =>
      state && { state, diary, cards, guide: travel, phrases, titleOf: () => '' }
    const post = async (place: ConversationRef, message: Message) => {
      if (absent.includes(place.conversationId)) throw new DeliveryFailure('permanent', 'ConversationBlockedByUser')
      const where = names.get(place.conversationId.replace('soc;messageid=', ''))
      const at =
        where !== undefined
          ? `in the thread of ${where}`
          : place.conversationId === 'soc'
            ? 'in the channel'
            : `to ${place.conversationId}`
      tell(`${at}: ${'text' in message ? message.text : message.summary}`)
      return { place, messageId: 'm' }
    }
    const messenger = {
      post,
      update: async () => {},
      direct: async (personId: string) => ({ ...channel, conversationId: personId }),
      roster: async () => [],
    }
    const told = await openTold(store, log)
    const notices = openNotices({
      desk,
      renderer: { contextOf },
      messenger,
      place: () => channel,
      binding: { channels: channels.channels, onCallIn: onCall.awakeIn },
      leads: [lead.id],
      phrases,
      rateLimiter: openRateLimiter(() => time, unlimited),
      doubts: openDoubts(() => time),
      pagePauseMs: 0,
      clock,
      now,
      log,
      told,
      zones: { channel: zone, of: (id) => (id === 'u-mia' ? 'America/New_York' : zone) },
      paged: openNotePages({ desk, now, log }),
    })
    const identity = openIdentity({ directory, roster: { idsOf: () => [] } })
    const clocks = openClocks({
      desk,
      clocks: settings,
      paged: openPaged({ place: () => channel, onCall, leads: [lead.id], namesOf: () => [lead.name] }),
      standIn: openStandIn({ directory, identity, verifiers: { doubtsAbout: async () => [] } }),
      load: { isFull: () => false, note: () => {} },
      confirmationHours: 24,
      monotonic: () => time,
    })
    const shifts = openShiftDigest({
      rota: () => rota,
      channels,
      openCases,
      desk,
      clocks,
      store,
      wordsIn: () => phrases,
      zone,
      listed: (rows) => rows,
      messageOf: ({ data }) => ({
        text: [data.people, data.standing, ...data.rows.map((row) => `${row.caseId}: ${row.clock || row.waits}.`)].join(
          ' ',
        ),
      }),
      send: (to, message) => notices.post('handover', to, message),
    })
    desk.onWritten((written) => {
      openCases.note(written)
      clocks.note(written.state)
      for (const event of written.written)
        if (isClocks(event)) tell(`* ${written.state.id}: ${historyLine(event, travel, phrases)}`)
      notices.written(written)
    })
    for (const id of remembered.cases.keys()) {
      const settled = await desk.look(id)
      const { state } = settled
      if (!state) continue
      openCases.note({ state, cards: settled.cards })
      notices.resume({ ...settled, state })
      clocks.note(state, 'start')
    }
    await notices.idle()
    return { desk, clocks, shifts, notices, told }
  }
  let rooms = await start()

  const settle = async (
    caseId: string,
    by: Person,
    command: Without<Command, 'caseId' | 'line' | keyof Stamp>,
  ): Promise<void> => {
    const { refusal, written } = await rooms.desk.settle(caseId, [{ ...command, caseId, line: null, at: now(), by }])
    if (isRefusal(refusal)) throw new Error(`${command.type}: ${refusal.refusal}`)
    for (const event of written) if (!isClocks(event)) tell(`${caseId}: ${historyLine(event, travel, phrases)}`)
    await rooms.notices.idle()
  }

  return {
    timeline,
    settle,
    desk: () => rooms.desk,
    /** Let time pass until then, minute by minute. */
    until: async (then: string): Promise<void> => {
      for (const end = Date.parse(then); time < end;) {
        time += 60_000
        await rooms.clocks.look(now())
        await rooms.shifts(now())
        await rooms.notices.idle()
      }
    },
    /** An alert arrives and its card is posted. */
    alert: async (caseId: string, name: string, severity: Severity, upn = 'kim@contoso.example'): Promise<void> => {
      names.set(caseId, name)
      tell(`${name}: an alert of ${severity} severity arrives`)
      const alert = anAlert({ severity, sourceAlertId: caseId, people: [{ upn, objectId: null, name: null }] })
      await rooms.desk.open(caseId, alert, 'impossible-travel', [])
      const place = { ...channel, conversationId: `soc;messageid=${caseId}` }
      const card: Card = {
        audience: 'channel',
        state: 'shown',
        posted: { place, messageId: 'm' },
        shownLine: 0,
        detail: '',
        since: now(),
      }
      await rooms.desk.keepCards(caseId, () => ({ [channelCard]: card }))
      const { state, cards } = await rooms.desk.look(caseId)
      if (state) rooms.notices.card({ state, cards, card: channelCard, outcome: 'posted', again: false })
      await rooms.notices.idle()
    },
    /** Ask the manager as the directory has them; a chat that takes nothing is written down. */
    ask: async (caseId: string, by: Person, untilAt: string): Promise<void> => {
      const { state } = await rooms.desk.look(caseId)
      const [person] = state?.alert.people ?? []
      const manager = person ? await directory.managerOf(person) : null
      if (!manager) throw new Error('no manager')
      await settle(caseId, by, { type: 'ask-manager', manager, about: person?.upn ?? '', until: untilAt })
      const asked = (await rooms.desk.look(caseId)).state?.confirmation?.line ?? 0
      if (absent.includes(manager.id))
        await settle(caseId, winnow, {
          type: 'note-unreached',
          asked,
          why: 'refused',
          detail: 'ConversationBlockedByUser',
        })
    },
    /** Winnow is stopped, and started again after so many minutes. */
    restart: async (minutes: number): Promise<void> => {
      await rooms.told.save()
      await rooms.notices.stop()
      tell(`-- Winnow is stopped for ${minutes} min`)
      time += minutes * 60_000
      rooms = await start()
    },
  }
}

type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** What clocks write is told as it comes. */
const isClocks = ({ type, by }: Event): boolean =>
  by.id === winnow.id && type !== 'opened' && type !== 'manager-unreached'

/** "Mon 19 Oct 02:10 +02". */
const localTime = (ms: number): string => {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: '2-digit',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'shortOffset',
    })
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('hour')}:${part('minute')} ${part('timeZoneName').replace('GMT', '')}`
}
