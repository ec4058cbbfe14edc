import { createServer } from 'node:http'
import type { CardClick, Installed, ChatHandler, DialogNext, Message, ChatMessage } from '../../../bot/chat.js'
import { openTeams, type TeamsOptions } from '../../../bot/teams/index.js'
import type { TeamsAnswer, TeamsRequest } from '../../../bot/teams/request.js'
import type { ConversationRef } from '../../../triage/card.js'
import { activitiesOf, type Activity } from '../../support/activities.js'
import { openFakeConnector } from '../../support/fake-connector.js'
import { openIssuer } from '../../support/issuer.js'
import { closeNow, listenOnLoopback, sendJson } from '../../support/loopback.js'
import { words } from '../../support/words.js'
import { cardFrom } from '../../../cards/render.js'

export const appId = '22222222-2222-4222-8222-222222222222'
export const tenantId = '11111111-1111-4111-8111-111111111111'
const botId = `28:${appId}`

/** A card for tests, told apart by its title. */
export const card = (title: string): Message => ({
  card: cardFrom({ type: 'AdaptiveCard', version: '1.5', title }),
  summary: title,
})

/** Everything around bot/teams: a fake Teams on both sides, and a listener that remembers and answers as told. */
export type Rig = Awaited<ReturnType<typeof openRig>>

/** Open it. `local` is the mode without credentials; `token` is how ours are had; `now` and `monotonic` are the clocks. */
export const openRig = async (
  options: {
    local?: boolean
    token?: () => Promise<string>
    now?: () => number
    monotonic?: () => number
    timeoutMs?: number
    keysTimeoutMs?: number
    sending?: NonNullable<TeamsOptions['sending']>
  } = {},
) => {
  const { local = false, token = async () => 'ours', timeoutMs = 10_000 } = options
  const issuer = await openIssuer(appId)
  const connector = await openFakeConnector(local ? {} : { token: 'ours' })
  const logged: string[] = []
  const log = { warn: remember(logged), error: remember(logged) }
  const heard = { clicks: Array<CardClick>(), said: Array<ChatMessage>(), installed: Array<Installed>() }
  const answers: {
    click: () => Message
    dialog: () => DialogNext
    said: () => readonly Message[]
    installed: () => readonly Message[]
  } = {
    click: () => card('answer'),
    dialog: () => null,
    said: () => [],
    installed: () => [],
  }
  const listener: ChatHandler = {
    click: async (click) => (heard.clicks.push(click), answers.click()),
    dialog: async (click) => (heard.clicks.push(click), answers.dialog()),
    said: async (said) => (heard.said.push(said), answers.said()),
    installed: async (installed) => (heard.installed.push(installed), answers.installed()),
  }
  const teams = openTeams({
    app: local ? null : { id: appId, password: 'secret', tenantId, type: 'SingleTenant' },
    log,
    phrases: words,
    timeoutMs,
    endpoints: { openIdMetadataUrl: issuer.metadataUrl, token },
    keysTimeoutMs: options.keysTimeoutMs ?? 10_000,
    ...(options.now && { now: options.now }),
    ...(options.monotonic && { monotonic: options.monotonic }),
    ...(options.sending && { sending: options.sending }),
  })
  const receive = teams.receive(listener)
  const hand = async ({ body, ...request }: TeamsRequest & { readonly body: unknown }): Promise<TeamsAnswer> => {
    const caller = await receive(request)
    const answer = 'hear' in caller ? await caller.hear(body) : caller
    if (answer.why !== undefined) logged.push(answer.why)
    return answer
  }
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const { headers, socket } = request
      void hand({ headers, socket, body: parsed(text) }).then(({ status, body, json }) =>
        sendJson(response, status, json === undefined ? body : JSON.parse(json.toString())),
      )
    })
  })
  const origin = await listenOnLoopback(server)
  const { serviceUrl } = connector
  return {
    ...teams,
    connector,
    issuer,
    logged,
    heard,
    answers,
    activities: activitiesOf({ serviceUrl, tenantId, botId }),
    place: (conversationId: string): ConversationRef => ({ serviceUrl, tenantId, conversationId, botId }),
    /** Send as Teams does; `authorization` null sends none. */
    send: async (activity: Activity | string, authorization: string | null = `Bearer ${issuer.sign(serviceUrl)}`) => {
      const response = await fetch(`${origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization !== null && !local && { authorization }) },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      })
      const text = await response.text()
      const body: unknown = text === '' ? null : JSON.parse(text)
      return { status: response.status, body, text }
    },
    /** Hand a request in without HTTP. */
    hand,
    /** What `POST /api/messages` does. */
    door: receive,
    heardNothing: () => heard.clicks.length + heard.said.length + heard.installed.length === 0,
    close: async () => {
      await Promise.all([issuer.close(), connector.close(), closeNow(server)])
    },
  }
}

const remember = (logged: string[]) => (details: object, message: string) => {
  logged.push(`${message} ${Object.values(details).map(String).join(' ')}`)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
