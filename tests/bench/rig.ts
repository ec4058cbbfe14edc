import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashKey } from '../../bot/http/intake-keys.js'
import { newKey } from '../../bot/local/key.js'
import { root } from '../../bot/config/root.js'
import { activitiesOf, incidents, people } from '../support/activities.js'
import { compile } from '../support/compiled.js'
import { openIssuer } from '../support/issuer.js'
import { closeNow, listenOnLoopback, sendJson } from '../support/loopback.js'
import type { ChildSettings } from '../support/winnow-child.js'
import { startWinnow } from '../support/winnow-process.js'
import { pin, processors } from './pin.js'
import type { Seed } from './seed.js'

/** Everything around the measured programs: keys and tokens, a Teams that only says yes, folders, and the bare programs. */
export type Rig = Awaited<ReturnType<typeof openRig>>

/** How long Teams takes to answer here, in milliseconds: as long as it does at its best. */
export const teamsTakesMs = 100

/** Open it: keys, the Teams that only says yes, folders. Services and bare programs are started from it. */
export const openRig = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-bench-'))
  const compiled = await compile('bench')
  const issuer = await openIssuer(appId)
  const teams = createServer((request, response) => {
    request.resume().on('end', () => {
      const isRoster = request.url?.includes('/pagedmembers')
      const answer = isRoster ? { members: Object.values(people) } : { id: `${incidents};messageid=1`, activityId: '1' }
      setTimeout(() => sendJson(response, isRoster ? 200 : 201, answer), teamsTakesMs)
    })
  })
  const serviceUrl = `${await listenOnLoopback(teams)}/`
  const key = newKey()
  const program = (name: string, ...words: readonly string[]) => start(join(compiled, 'tests', 'bench', name), words)
  const cardFile = join(folder, 'card.json')
  const { ana, mia } = people
  return {
    /** Start the bare programs anew that keep alerts. */
    bareIntakes: async () => {
      const journal = await program('bare-restify.js', 'journal', join(folder, 'bare-journal'))
      const files = await program('bare-restify.js', 'files', join(folder, 'bare-files'))
      const stop = () => [journal, files].forEach(({ child }) => child.kill())
      return { journal, files, stop }
    },
    /** Start the bare bot anew, which answers clicks with that card. */
    bareBot: async (card: unknown) => {
      await writeFile(cardFile, JSON.stringify(card))
      const { child, origin } = await program('bare-botbuilder.js', appId, tenantId, issuer.metadataUrl, cardFile)
      return { origin, pid: child.pid, stop: () => void child.kill() }
    },
    keyHeader: `Bearer ${key}`,
    /** An access token as Entra ID issues it, another one with each `jti`. */
    entraToken: (audience: string, clientId: string, jti: string) => {
      const iss = `https://sts.windows.net/${tenantId}/`
      return issuer.sign('', { iss, aud: audience, tid: tenantId, appid: clientId, jti })
    },
    tokenHeader: `Bearer ${issuer.sign(serviceUrl)}`,
    activities: activitiesOf({ serviceUrl, tenantId, botId }),
    /** What the seeded cases say of the channel and of who worked on them. */
    seeded: {
      place: { serviceUrl, tenantId, conversationId: incidents, botId },
      by: { id: ana.aadObjectId, name: ana.name },
    } satisfies Partial<Seed>,
    /** A folder for data. */
    dataFolder: (name: string) => join(folder, name),
    /** Start the real service on such a folder; it posts as fast as Teams lets it, as in production. */
    winnow: (dataFolder: string, proofs?: ChildSettings['proofs']) =>
      startWinnow(
        compiled,
        {
          dataFolder,
          appId,
          tenantId,
          openIdMetadataUrl: issuer.metadataUrl,
          intakeKeyHash: hashKey(key),
          manager: { id: mia.aadObjectId, name: mia.name },
          timeoutMs: 10_000,
          isPaced: true,
          ...(proofs && { proofs }),
        },
        join(root(), 'artifacts', 'bench.log'),
      ),
    close: async () => {
      await Promise.all([issuer.close(), closeNow(teams)])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const appId = '22222222-2222-4222-8222-222222222222'
const tenantId = '11111111-1111-4111-8111-111111111111'
const botId = `28:${appId}`

const start = async (file: string, words: readonly string[]) => {
  const child = fork(file, words, { execArgv: [] })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (told: { port: number }) => resolve(told.port))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  pin(child.pid, processors.measured)
  return { child, pid: child.pid, origin: `http://127.0.0.1:${port}` }
}
