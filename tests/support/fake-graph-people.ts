import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeNow, listenOnLoopback } from './loopback.js'

/** Somebody in the fake; what is left out Graph leaves out as well. */
export type FakeUser = {
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName: string
  readonly mail?: string
  readonly proxyAddresses?: readonly string[]
  readonly userType?: 'Member' | 'Guest'
  readonly accountEnabled?: boolean
}

/** How the next answer goes wrong. */
export type PeopleTrouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly code?: string }
  | 'silence'

/** A Microsoft Graph that knows users, their managers, and for whom which app is installed. */
export const openFakePeople = async () => {
  const users: FakeUser[] = []
  const managers = new Map<string, string | { readonly contact: string }>()
  const troubles: PeopleTrouble[] = []
  const asked: { readonly method: string; readonly path: string; readonly body: string }[] = []
  const installed = new Map<string, string>()
  let isOut = false

  const find = (name: string): FakeUser | undefined =>
    users.find((one) => [one.id, one.userPrincipalName].some((id) => id.toLowerCase() === name.toLowerCase()))

  const filtered = (filter: string): readonly FakeUser[] => {
    const [, mail] = /^mail eq '((?:[^']|'')*)' or proxyAddresses\/any\(p:p eq 'smtp:/.exec(filter) ?? []
    const wanted = mail?.replaceAll("''", "'").toLowerCase()
    return users.filter(
      (one) =>
        one.mail?.toLowerCase() === wanted ||
        one.proxyAddresses?.some((address) => address.toLowerCase() === `smtp:${wanted}`),
    )
  }

  const answer = (
    url: URL,
    method: string,
    body: string,
  ): { readonly status: number; readonly value?: unknown; readonly headers?: Readonly<Record<string, string>> } => {
    const [, , kind, name, ...rest] = url.pathname.split('/').map(decodeURIComponent)
    const notFound = { status: 404, value: { error: { code: 'Request_ResourceNotFound', message: 'no' } } }
    if (kind !== 'users') return notFound
    if (name === undefined) return { status: 200, value: { value: filtered(url.searchParams.get('$filter') ?? '') } }
    const user = find(name)
    if (!user) return notFound
    if (rest.length === 0) return { status: 200, value: user }
    if (rest.join('/') === 'teamwork/installedApps' && method === 'POST') {
      if (installed.has(user.id)) return { status: 409, value: { error: { code: 'Conflict' } } }
      installed.set(user.id, body)
      return { status: 201 }
    }
    if (rest.join('/') !== 'manager') return notFound
    const manager = managers.get(user.id)
    if (manager === undefined) return notFound
    if (typeof manager !== 'string') {
      const contact = { '@odata.type': '#microsoft.graph.orgContact', id: 'c', displayName: manager.contact }
      return { status: 200, value: contact }
    }
    return { status: 200, value: { '@odata.type': '#microsoft.graph.user', ...find(manager) } }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`)
    let body = ''
    for await (const part of request) body += String(part)
    const method = request.method ?? ''
    asked.push({ method, path: decodeURIComponent(url.pathname), body })
    if (isOut) return void request.socket.destroy()
    const trouble = troubles.shift()
    if (trouble === 'silence') return
    const { status, value, headers } = trouble
      ? { ...trouble, value: { error: { code: trouble.code ?? 'Trouble' } } }
      : answer(url, method, body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(value === undefined ? '' : JSON.stringify(value))
  }

  const server = createServer((request, response) => void serve(request, response))
  const origin = await listenOnLoopback(server)
  return {
    baseUrl: `${origin}/v1.0`,
    asked,
    installed,
    /** Somebody, with who is their manager: another one's id, a contact, or no one. */
    add: (user: FakeUser, manager: string | { readonly contact: string } | null = null): void => {
      users.splice(0, users.length, ...users.filter(({ id }) => id !== user.id), user)
      if (manager === null) managers.delete(user.id)
      else managers.set(user.id, manager)
    },
    /** The next answers go wrong like this, one after the other. */
    fail: (...next: readonly PeopleTrouble[]) => void troubles.push(...next),
    outage: (out: boolean) => void (isOut = out),
    close: () => closeNow(server),
  }
}

/** The fake, running. */
export type FakePeople = Awaited<ReturnType<typeof openFakePeople>>

/** An Entra object id that ends in that number. */
export const oid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
