import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../triage/fault.js'
import type { Person } from '../../triage/person.js'
import type { ConversationRef } from '../../triage/card.js'

/** The local Teams-like client, running. */
export type LocalClient = {
  readonly url: string
  /** True when it was just started and remembers no card; false when one from before a crash is still there. */
  readonly fresh: boolean
  readonly stop: () => void
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
 * Fault `local/no-client` says what to do when it does not come up.
 */
export const startLocalClient = async (
  folder: string,
  port: number,
  botUrl: string,
  surroundings: NodeJS.ProcessEnv,
): Promise<LocalClient> => {
  const url = `http://localhost:${port}`
  const there = await configOf(url)
  if (there?.includes(bot.id)) return { url, fresh: false, stop: () => stopFormer(folder) }
  if (there !== null) throw noClient(`port ${port} is taken by something else. Set PLAYGROUND_PORT to a free port.`)
  await mkdir(folder, { recursive: true })
  const { stringify } = await import('yaml')
  await writeFile(join(folder, '.m365agentsplayground.yml'), stringify(world(port)))
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js')
  const child = spawn(process.execPath, [cli, 'start', '-e', botUrl, '-p', String(port), '--disable-telemetry'], {
    cwd: folder,
    env: { ...surroundings, APPLICATION_INSIGHTS_NO_STATSBEAT: '1' },
    stdio: 'ignore',
  })
  await writeFile(join(folder, 'pid'), String(child.pid))
  await up(url, child, folder)
  return { url, fresh: true, stop: () => void child.kill() }
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

/** What the client says of itself; null when nothing answers at that address. */
const configOf = async (url: string): Promise<string | null> => {
  try {
    return await (await fetch(`${url}/_internal/v1/config`, { signal: AbortSignal.timeout(2000) })).text()
  } catch {
    return null
  }
}

const up = async (url: string, child: ChildProcess, folder: string): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw noClient(`it ended at once; ${join(folder, 'devTools')} has its log.`)
    if (await configOf(url)) return
    await sleep(100)
  }
  child.kill()
  throw noClient('it did not answer within 20 seconds.')
}

/** End a client that an earlier, killed Winnow has left behind. */
const stopFormer = (folder: string): void => {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')))
  } catch {
    // It has ended already.
  }
}

const noClient = (why: string): Fault =>
  new Fault('local/no-client', `The local Teams-like client did not start: ${why}`)
