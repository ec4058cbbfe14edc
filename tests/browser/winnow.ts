import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLocalKey } from '../../bot/local/key.js'
import { readOnlyCase } from '../../store/read-only.js'
import { channelCard } from '../../triage/card.js'
import { wordsOf } from '../support/card-walk.js'

/** A Winnow in local mode as a user starts it, in a folder and on ports of its own. */
export type LocalWinnow = {
  readonly clientUrl: string
  /** Run one of the npm commands beside it; resolves with what it printed. */
  run(script: string, ...words: readonly string[]): Promise<string>
  /** Send an alert in Winnow's own JSON; resolves with its case. */
  post(alert: object): Promise<string>
  /** Click as a colleague of the person at the page, on the channel's card; resolves with the words of the answer's card. */
  clickAs(personId: string, code: string, verb: string): Promise<string>
  /** End it at once, as a power cut would. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** Make one ready; `start` starts it. Needs `npm run build` first. */
export const localWinnow = async (): Promise<LocalWinnow> => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-story-'))
  const [port, playground] = [await freePort(), await freePort()]
  const env = {
    ...process.env,
    PORT: String(port),
    PLAYGROUND_PORT: String(playground),
    DATA_FOLDER: folder,
    LOG_LEVEL: 'warn',
  }
  let child: ChildProcess | null = null
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return {
    clientUrl: `http://localhost:${playground}`,
    start: async () => {
      child = spawn(process.execPath, ['dist/bot/start.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      await said(child, 'Stop with Ctrl+C')
    },
    run: async (script, ...words) => {
      const one = spawn(process.execPath, ['--import', 'tsx', `bot/cli/${script}.ts`, ...words], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      one.stdout.on('data', (data: Buffer) => (text += data.toString()))
      await new Promise((resolve) => one.once('close', resolve))
      return text
    },
    post: async (alert) => {
      const key = await readLocalKey(folder)
      const response = await fetch(`http://127.0.0.1:${port}/api/alerts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(alert),
      })
      const text = await response.text()
      const code = /"caseId":\s*"([^"]+)"/.exec(text)?.[1]
      if (code === undefined) throw new Error(`Winnow answered ${response.status}: ${text}`)
      return code
    },
    clickAs: async (personId, code, verb) => {
      const { diary, cards } = await readOnlyCase(join(folder, 'cases'), code)
      const posted = cards[channelCard]?.posted
      if (!posted) throw new Error(`the card of case ${code} is not in the channel`)
      const body = {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data: { caseId: code, line: diary.length - 1 } } },
        from: { id: personId },
        conversation: { id: posted.place.conversationId },
        replyToId: posted.messageId,
      }
      const headers = { 'content-type': 'application/json' }
      const url = `http://localhost:${playground}/_conversation/v1/invoke`
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      return wordsOf(await answer.json())
    },
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const said = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString()
      if (text.includes(words)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`Winnow ended with ${code}: ${text}`)))
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
