import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Fault } from '../../triage/fault.js'
import type { Person } from '../../triage/person.js'
import type { ConversationRef } from '../../triage/card.js'
import { end, keep, readKept, runs } from './kept-client.js'

/** The local Teams-like client, running. */
export type LocalClient = {
  readonly url: string
  /** True when it was just started and remembers no card; false when one from before a crash is still there. */
  readonly fresh: boolean
  /** Resolves when it is gone. */
  readonly stop: () => Promise<void>
}

/** What there is to say meanwhile. */
export type Heard = {
  /** It is not up yet, after so many seconds; told every ten. */
  readonly slow?: (seconds: number) => void
  /** It ended, and nobody had stopped it. */
  readonly lost?: () => void
}

/** The person who sits at the local client. Her id is also the one the client opens her personal chat by. */
export const localUser: Person = { id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Ana Analyst' }

/** The channel "Incidents" of the local client. */
export const localPlace = (port: number): ConversationRef => ({
  serviceUrl: `http://localhost:${port}/_connector`,
  tenantId: '11111111-1111-4111-8111-111111111111',
  conversationId: '19:incidents@thread.tacv2',
  botId: bot.id,
})

/**
 * Start the Microsoft 365 Agents Playground beside Winnow, its telemetry off, or find the one that outlived a crash of Winnow.
 *
 * It can be reached from this machine only, and by its own page only; it opens no browser and needs none (see `guard.ts`).
 * Fault `local/no-client` says what to do when it does not come up.
 */
export const startLocalClient = async (
  folder: string,
  port: number,
  botUrl: string,
  surroundings: NodeJS.ProcessEnv,
  { slow = () => {}, lost = () => {} }: Heard = {},
): Promise<LocalClient> => {
  const url = `http://localhost:${port}`
  const former = await readKept(folder)
  if (former && (await runs(former))) {
    const same = former.port === port && former.botUrl === botUrl
    if (same) return { url, fresh: false, stop: () => end(former) }
    await end(former)
  }
  if (await isTaken(port)) throw noClient(taken(port))
  const client = { port, botUrl, token: randomBytes(32).toString('base64url') }
  await mkdir(folder, { recursive: true })
  const { stringify } = await import('yaml')
  await writeFile(join(folder, '.m365agentsplayground.yml'), stringify(world(port)))
  await keep(folder, client)
  const child = spawn(
    process.execPath,
    [
      ...guarded(),
      installed('@microsoft/m365agentsplayground/cli.js'),
      'start',
      '-e',
      botUrl,
      '-p',
      String(port),
      '--disable-telemetry',
    ],
    { cwd: folder, env: { ...surroundings, APPLICATION_INSIGHTS_NO_STATSBEAT: '1' }, stdio: 'ignore' },
  )
  let isWanted = true
  const ended = new Promise<void>((resolve) => {
    // A program that can't even be started says so here, and never exits.
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  await up({ url, child, ended, folder, runs: () => runs(client), slow })
  void ended.then(() => (isWanted ? lost() : undefined))
  return {
    url,
    fresh: true,
    stop: async () => {
      isWanted = false
      await stop(child)
    },
  }
}

const bot = { id: '28:winnow', name: 'Winnow' }

/** Who and where the client pretends to be. It asks for at least five other users and exactly one channel. */
const world = (port: number) => ({
  version: '0.1.0',
  tenantId: localPlace(port).tenantId,
  bot,
  currentUser: user(localUser.id, localUser.name),
  users: ['Bo Analyst', 'Mia Manager', 'Ned Analyst', 'Olu Analyst', 'Pia Manager'].map((name, index) =>
    user(`aaaaaaaa-0000-4000-8000-00000000000${index + 2}`, name),
  ),
  personalChat: { id: 'a:1personal' },
  groupChat: { id: '19:group@thread.v2', name: 'Night shift' },
  team: {
    id: '19:team@thread.tacv2',
    name: 'SOC',
    aadGroupId: '33333333-3333-4333-8333-333333333333',
    channels: [{ id: localPlace(port).conversationId, name: 'Incidents' }],
  },
})

const user = (id: string, name: string) => {
  const [givenName = '', surname = ''] = name.split(' ')
  const email = `${givenName.toLowerCase()}@contoso.example`
  return { id, name, userPrincipleName: email, aadObjectId: id, givenName, surname, email }
}

/** True when something answers HTTP there, and is ready to tell of itself when it is the client. */
const answers = async (url: string): Promise<boolean> => {
  try {
    await fetch(`${url}/_internal/v1/config`, { signal: AbortSignal.timeout(2000) })
    return true
  } catch {
    return false
  }
}

const installed = (name: string): string => createRequire(import.meta.url).resolve(name)

/** How Node is told to load the guard first; from source it needs a loader for TypeScript. */
const guarded = (): readonly string[] => {
  const language = extname(fileURLToPath(import.meta.url))
  const guard = new URL(`guard${language}`, import.meta.url).href
  const loader = language === '.ts' ? ['--import', pathToFileURL(installed('tsx')).href] : []
  return [...loader, '--import', guard]
}

type Start = {
  readonly url: string
  readonly child: ChildProcess
  readonly ended: Promise<void>
  readonly folder: string
  readonly runs: () => Promise<boolean>
  readonly slow: (seconds: number) => void
}

const up = async ({ url, child, ended, folder, runs, slow }: Start): Promise<void> => {
  let hasEnded = false
  void ended.then(() => (hasEnded = true))
  const from = performance.now()
  let told = 0
  while (performance.now() < from + longestStartMs) {
    if (hasEnded) throw noClient(`it ended at once; ${join(folder, 'devTools')} has its log. Start Winnow again.`)
    if ((await runs()) && (await answers(url))) return
    const seconds = Math.floor((performance.now() - from) / 1000)
    if (seconds >= told + 10) slow((told = seconds))
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw noClient('it did not answer within three minutes. Start Winnow again when the machine is less busy.')
}

/** A machine that is busy or has just been set up can take long. */
const longestStartMs = 180_000

/** True when anything listens there, whether it speaks HTTP or not. */
const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2000 })
    const told = (taken: boolean) => () => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', told(true)).once('timeout', told(true)).once('error', told(false))
  })

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill()
  // One that hangs is not asked twice.
  const isGone = await Promise.race([ended.then(() => true), sleep(3000, false, { ref: false })])
  if (isGone) return
  child.kill('SIGKILL')
  await ended
}

const taken = (port: number): string =>
  `port ${port} is taken, by something else or by the client of another Winnow. End it, or set PLAYGROUND_PORT to a free port.`

const noClient = (why: string): Fault =>
  new Fault('local/no-client', `The local Teams-like client did not start: ${why}`)
