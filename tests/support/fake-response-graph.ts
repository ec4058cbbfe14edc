import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeNow, listenOnLoopback } from './loopback.js'
import type { Trouble } from './fake-graph.js'

/** A user as Graph keeps them. */
export type GraphUser = {
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName: string
  readonly mail?: string
  readonly proxyAddresses?: readonly string[]
  accountEnabled: boolean
  /** How often the sessions were revoked. */
  revoked: number
  risk: 'none' | 'high'
  readonly rules: Map<string, object>
}

/** A service principal. */
export type GraphApp = {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly appOwnerOrganizationId: string
  accountEnabled: boolean
}

/** What each write needs of application permissions, as it is documented. */
const permissions = {
  enabled: 'User.EnableDisableAccount.All',
  sessions: 'User.RevokeSessions.All',
  risk: 'IdentityRiskyUser.ReadWrite.All',
  rules: 'MailboxSettings.ReadWrite',
  apps: 'Application.ReadWrite.All',
} as const

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/**
 * A small Microsoft Graph for tests of response actions: users, inbox rules, risky users and service principals, with the documented
 * methods, paths, bodies and answers of v1.0 and nothing else. What it does not know is answered with 400, and remembered as wrong.
 */
export const openFakeResponseGraph = async () => {
  const users = new Map<string, GraphUser>()
  const apps = new Map<string, GraphApp>()
  const granted = new Set<string>(Object.values(permissions))
  const troubles: Trouble[] = []
  const writes: string[] = []
  const wrong: string[] = []
  let isOut = false
  let afterWrite: (() => void) | null = null

  const userBy = (key: string): GraphUser | undefined =>
    users.get(key) ?? [...users.values()].find((one) => one.userPrincipalName.toLowerCase() === key.toLowerCase())

  type Told = { readonly status: number; readonly body?: unknown }
  const bad = (what: string): Told => {
    wrong.push(what)
    return { status: 400, body: { error: { code: 'BadRequest', message: what } } }
  }
  const missing: Told = { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } }
  const lacks = (permission: string): Told | null =>
    granted.has(permission)
      ? null
      : { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: `needs ${permission}` } } }

  const onlyEnabled = (body: string): boolean | null => {
    const given: unknown = JSON.parse(body === '' ? 'null' : body)
    const keys = Object.keys(Object(given))
    const enabled: unknown = Object(given).accountEnabled
    return keys.length === 1 && typeof enabled === 'boolean' ? enabled : null
  }

  const selected = (from: object, select: string | null): object =>
    Object.fromEntries(Object.entries(from).filter(([key]) => (select ?? 'id,displayName').split(',').includes(key)))

  const read = (path: string, query: URLSearchParams): Told => {
    const select = query.get('$select')
    const user = /^\/users\/([^/]+)$/.exec(path)
    if (user) {
      const found = userBy(decodeURIComponent(user[1] ?? ''))
      return found
        ? { status: 200, body: selected({ mail: null, otherMails: [], proxyAddresses: [], ...found }, select) }
        : missing
    }
    const rules = /^\/users\/([^/]+)\/mailFolders\/inbox\/messageRules$/.exec(path)
    if (rules) {
      const found = userBy(decodeURIComponent(rules[1] ?? ''))
      return found ? { status: 200, body: { value: [...found.rules.values()] } } : missing
    }
    const byId = new RegExp(`^/servicePrincipals/(${guid})$`, 'i').exec(path)
    const byAppId = new RegExp(`^/servicePrincipals\\(appId='(${guid})'\\)$`, 'i').exec(path)
    if (byId || byAppId) {
      const found = [...apps.values()].find((one) => one.id === byId?.[1] || one.appId === byAppId?.[1])
      return found ? { status: 200, body: selected(found, select) } : missing
    }
    if (path === '/servicePrincipals') {
      const name = /^displayName eq '((?:[^']|'')*)'$/.exec(query.get('$filter') ?? '')?.[1]?.replaceAll("''", "'")
      if (name === undefined) return bad(`filter ${query.get('$filter') ?? ''}`)
      const found = [...apps.values()].filter(({ displayName }) => displayName === name)
      return { status: 200, body: { value: found.map((one) => selected(one, select)) } }
    }
    return bad(`GET ${path}`)
  }

  const write = (method: string, path: string, body: string): Told => {
    const user = new RegExp(`^/users/(${guid})$`, 'i').exec(path)
    if (method === 'PATCH' && user) {
      const enabled = onlyEnabled(body)
      if (enabled === null) return bad(`PATCH user ${body}`)
      const found = users.get(user[1] ?? '')
      if (!found) return missing
      found.accountEnabled = enabled
      return lacks(permissions.enabled) ?? { status: 204 }
    }
    const sessions = new RegExp(`^/users/(${guid})/revokeSignInSessions$`, 'i').exec(path)
    if (method === 'POST' && sessions) {
      if (body !== '') return bad('revokeSignInSessions has no body')
      const found = users.get(sessions[1] ?? '')
      if (!found) return missing
      found.revoked += 1
      return { status: 200, body: { '@odata.context': '$metadata#Edm.Boolean', value: true } }
    }
    const risky = /^\/identityProtection\/riskyUsers\/(confirmCompromised|dismiss)$/.exec(path)
    if (method === 'POST' && risky) {
      const { userIds, ...rest }: { readonly userIds?: unknown } = Object(JSON.parse(body || 'null'))
      const isList = Array.isArray(userIds) && userIds.length > 0 && Object.keys(rest).length === 0
      if (!isList) return bad(`${risky[1]} ${body}`)
      for (const id of userIds) {
        const found = users.get(String(id))
        if (!found) return missing
        found.risk = risky[1] === 'dismiss' ? 'none' : 'high'
      }
      return { status: 204 }
    }
    const rule = new RegExp(`^/users/(${guid})/mailFolders/inbox/messageRules/([^/]+)$`, 'i').exec(path)
    if (method === 'DELETE' && rule) {
      if (body !== '') return bad('a deletion has no body')
      const isGone = users.get(rule[1] ?? '')?.rules.delete(decodeURIComponent(rule[2] ?? ''))
      return isGone ? { status: 204 } : missing
    }
    const app = new RegExp(`^/servicePrincipals/(${guid})$`, 'i').exec(path)
    if (method === 'PATCH' && app) {
      const enabled = onlyEnabled(body)
      if (enabled === null) return bad(`PATCH app ${body}`)
      const found = apps.get(app[1] ?? '')
      if (!found) return missing
      found.accountEnabled = enabled
      return { status: 204 }
    }
    return bad(`${method} ${path}`)
  }

  const neededFor = (method: string, path: string): string =>
    path.startsWith('/servicePrincipals')
      ? permissions.apps
      : path.includes('/messageRules')
        ? permissions.rules
        : path.includes('/riskyUsers')
          ? permissions.risk
          : method === 'PATCH'
            ? permissions.enabled
            : permissions.sessions

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://graph.example')
    const method = request.method ?? ''
    let body = ''
    for await (const part of request) body += String(part)
    if (isOut) return void request.socket.destroy()
    const say = ({ status, body: said }: Told, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(said === undefined ? undefined : JSON.stringify(said))
    }
    const path = url.pathname.replace(/^\/v1\.0/, '')
    const isWrite = method !== 'GET'
    const trouble = isWrite ? troubles.shift() : undefined
    if (trouble === 'silence') return
    if (trouble === 'cut') return void request.socket.destroy()
    if (trouble) return say({ status: trouble.status, body: { error: { code: 'Trouble' } } }, trouble.headers)
    if (request.headers.authorization !== 'Bearer graph-token') return say({ status: 401 })
    if (!isWrite) return say(read(path, url.searchParams))
    if (body !== '' && !(request.headers['content-type'] ?? '').startsWith('application/json'))
      return say(bad('a body that is no JSON'))
    writes.push(`${method} ${path} ${body}`.trim())
    const denied = lacks(neededFor(method, path))
    if (denied) return say(denied)
    const told = write(method, path, body)
    const hook = afterWrite
    afterWrite = null
    if (hook) {
      hook()
      return void request.socket.destroy()
    }
    say(told)
  }

  const server = createServer((request, response) => void serve(request, response))
  const origin = await listenOnLoopback(server)
  return {
    baseUrl: `${origin}/v1.0`,
    users,
    apps,
    /** The application permissions that were granted. */
    granted,
    /** Everything that was asked to change something, as `METHOD path body`. */
    writes,
    /** What is not as it is documented. */
    wrong,
    /** The next writes go wrong like this, one after the other, and change nothing. */
    fail: (...next: readonly Trouble[]) => void troubles.push(...next),
    outage: (out: boolean) => void (isOut = out),
    /** The next write is done, and then this; its answer is never told. */
    afterNextWrite: (then: () => void) => void (afterWrite = then),
    user: (id: string, but: Partial<GraphUser> = {}): GraphUser => {
      const one = {
        id,
        displayName: 'Kim Karlsen',
        userPrincipalName: 'kim@contoso.example',
        accountEnabled: true,
        revoked: 0,
        risk: 'none' as const,
        rules: new Map<string, object>(),
        ...but,
      }
      users.set(id, one)
      return one
    },
    app: (id: string, but: Partial<GraphApp> = {}): GraphApp => {
      const one = {
        id,
        appId: 'bbbbbbbb-0000-4000-8000-000000000001',
        displayName: 'Mail Helper',
        appOwnerOrganizationId: '99999999-0000-4000-8000-000000000001',
        accountEnabled: true,
        ...but,
      }
      apps.set(id, one)
      return one
    },
    close: () => closeNow(server),
  }
}

/** The fake, running. */
export type FakeResponseGraph = Awaited<ReturnType<typeof openFakeResponseGraph>>
