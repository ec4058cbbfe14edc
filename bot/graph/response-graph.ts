import { isGuid } from '../../triage/guid.js'
import { type Operation, type Target } from '../../triage/response-action.js'
import type { Graph, GraphAnswer, GraphRequest } from './client.js'
import type { GraphFailure } from './failure.js'

/** Somebody or something that can be acted on, as the directory knows it, with all ids it is known by. */
export type FoundTarget = {
  readonly target: Target
  readonly ids: readonly string[]
  /** The tenant an app comes from; null for what has none. */
  readonly fromTenant: string | null
}

/** What was looked for; empty when there is none of it. */
export type LookedUp =
  | { readonly ok: true; readonly found: readonly FoundTarget[] }
  | { readonly ok: false; readonly failure: GraphFailure }

/** What came of an operation; `isPartly` when its first part was done. */
export type Done =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: GraphFailure; readonly isPartly: boolean }

/** What response actions need of Graph: the exact target, and to do something to it. */
export type ResponseGraph = {
  /** A user, by object id or sign-in name. */
  user(id: string, signal?: AbortSignal): Promise<LookedUp>
  /** A service principal, by its object id or the app's client id. */
  app(id: string, signal?: AbortSignal): Promise<LookedUp>
  /** Service principals by the name they show. */
  appsNamed(name: string, signal?: AbortSignal): Promise<LookedUp>
  /** The inbox rules in that user's mailbox. */
  inboxRules(user: FoundTarget, signal?: AbortSignal): Promise<LookedUp>
  /** Safe to repeat: what is so already stays so. */
  carryOut(operation: Operation, target: Target, signal?: AbortSignal): Promise<Done>
}

/** Ask this Graph, with the documented forms of v1.0. */
export const openResponseGraph = (graph: Graph): ResponseGraph => {
  const look = async (
    request: Omit<GraphRequest, 'method'>,
    read: (body: unknown) => readonly FoundTarget[],
  ): Promise<LookedUp> => {
    const answer = await graph.ask({ method: 'GET', ...request })
    if (answer.ok) return { ok: true, found: read(answer.body) }
    return answer.failure.kind === 'not-found' ? { ok: true, found: [] } : answer
  }
  const apps = (path: string, query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
    look(
      {
        path,
        query: { $select: 'id,appId,displayName,accountEnabled,appOwnerOrganizationId', ...query },
        permission: 'Application.Read.All',
        ...(signal && { signal }),
      },
      appsIn,
    )

  return {
    user: (id, signal) =>
      look(
        {
          path: `/users/${encodeURIComponent(id)}`,
          query: { $select: 'id,displayName,userPrincipalName,mail,otherMails,proxyAddresses,accountEnabled' },
          permission: 'User.Read.All',
          ...(signal && { signal }),
        },
        usersIn,
      ),
    app: async (id, signal) => {
      if (!isGuid(id)) return { ok: true, found: [] }
      const byId = await apps(`/servicePrincipals/${id}`, {}, signal)
      return byId.ok && byId.found.length === 0 ? apps(`/servicePrincipals(appId='${id}')`, {}, signal) : byId
    },
    appsNamed: (name, signal) =>
      apps('/servicePrincipals', { $filter: `displayName eq '${name.replaceAll("'", "''")}'`, $top: '5' }, signal),
    inboxRules: ({ target, ids }, signal) =>
      look(
        {
          path: `/users/${encodeURIComponent(target.id)}/mailFolders/inbox/messageRules`,
          permission: 'MailboxSettings.Read',
          ...(signal && { signal }),
        },
        (body) => rulesIn(body, target, ids),
      ),
    carryOut: async (operation, target, signal) => {
      const requests = requestsFor(operation, target)
      for (const [at, request] of requests.entries()) {
        const answer = await graph.ask({ ...request, ...(signal && { signal }) })
        const failure = failureOf(answer, operation)
        if (failure) return { ok: false, failure, isPartly: at > 0 }
      }
      return { ok: true }
    },
  }
}

/** What is asked of Graph for an operation, in order. */
const requestsFor = (operation: Operation, target: Target): readonly GraphRequest[] => {
  const id = encodeURIComponent(target.id)
  const user = (accountEnabled: boolean): GraphRequest => ({
    method: 'PATCH',
    path: `/users/${id}`,
    body: { accountEnabled },
    permission: 'User.EnableDisableAccount.All',
  })
  const app = (accountEnabled: boolean): GraphRequest => ({
    method: 'PATCH',
    path: `/servicePrincipals/${id}`,
    body: { accountEnabled },
    permission: 'Application.ReadWrite.All',
  })
  const sessions: GraphRequest = {
    method: 'POST',
    path: `/users/${id}/revokeSignInSessions`,
    permission: 'User.RevokeSessions.All',
    repeatable: true,
  }
  const risk = (what: 'confirmCompromised' | 'dismiss'): GraphRequest => ({
    method: 'POST',
    path: `/identityProtection/riskyUsers/${what}`,
    body: { userIds: [target.id] },
    permission: 'IdentityRiskyUser.ReadWrite.All',
    repeatable: true,
  })
  switch (operation) {
    case 'suspend-user':
      // Disabled first: whoever is signed out before that signs in again.
      return [user(false), sessions]
    case 'enable-user':
      return [user(true)]
    case 'revoke-sessions':
      return [sessions]
    case 'confirm-compromised':
      return [risk('confirmCompromised')]
    case 'dismiss-risk':
      return [risk('dismiss')]
    case 'disable-app':
      return [app(false)]
    case 'enable-app':
      return [app(true)]
    case 'remove-inbox-rule':
      return [
        {
          method: 'DELETE',
          path: `/users/${encodeURIComponent(target.mailbox?.id ?? '')}/mailFolders/inbox/messageRules/${id}`,
          permission: 'MailboxSettings.ReadWrite',
        },
      ]
  }
}

/** Null when it is as it was to be. A rule that is gone is removed; sessions that Graph says it did not revoke are not revoked. */
const failureOf = (answer: GraphAnswer, operation: Operation): GraphFailure | null => {
  if (!answer.ok)
    return answer.failure.kind === 'not-found' && operation === 'remove-inbox-rule' ? null : answer.failure
  return propertyOf(answer.body, 'value') === false ? { kind: 'invalid', says: 'value is false' } : null
}

const usersIn = (body: unknown): readonly FoundTarget[] => {
  const id = textOf(body, 'id')
  if (!isGuid(id)) return []
  const upn = textOf(body, 'userPrincipalName')
  const addresses = [...textsOf(body, 'otherMails'), ...textsOf(body, 'proxyAddresses').map(withoutScheme)]
  const target = { kind: 'user', id, name: textOf(body, 'displayName') || upn, also: upn, ...standing(body) } as const
  return [{ target, ids: [id, upn, textOf(body, 'mail'), ...addresses].filter((one) => one !== ''), fromTenant: null }]
}

/** One app, or a list of them. */
const appsIn = (body: unknown): readonly FoundTarget[] => {
  const list = propertyOf(body, 'value')
  return (Array.isArray(list) ? list : [body]).flatMap((one: unknown) => {
    const [id, appId] = [textOf(one, 'id'), textOf(one, 'appId')]
    if (!isGuid(id)) return []
    const name = textOf(one, 'displayName') || appId
    const owner = textOf(one, 'appOwnerOrganizationId')
    return [
      {
        target: { kind: 'app' as const, id, name, also: appId, ...standing(one) },
        ids: [id, appId],
        fromTenant: owner === '' ? null : owner,
      },
    ]
  })
}

const rulesIn = (body: unknown, { id, name, also }: Target, ids: readonly string[]): readonly FoundTarget[] => {
  const list = propertyOf(body, 'value')
  return (Array.isArray(list) ? list : []).slice(0, mostRules).flatMap((rule: unknown) => {
    const ruleId = textOf(rule, 'id')
    // A path is made of it.
    if (!/^[\w=+/-]+$/.test(ruleId)) return []
    const mailbox = { kind: 'user', id, name, also } as const
    const target = {
      kind: 'inbox-rule',
      id: ruleId,
      name: textOf(rule, 'displayName'),
      also: does(rule),
      mailbox,
    } as const
    return [{ target, ids, fromTenant: null }]
  })
}

/** More rules than these nobody reads in a form. */
const mostRules = 20

/** What a rule does, by Graph's own names, with the addresses it sends mail to. */
const does = (rule: unknown): string => {
  const actions = propertyOf(rule, 'actions')
  return typeof actions === 'object' && actions !== null
    ? Object.entries(actions)
        .filter(([, value]) => value !== null && value !== false)
        .map(([key, value]: readonly [string, unknown]) => `${key}${addressesIn(value)}`)
        .join(', ')
        .slice(0, 300)
    : ''
}

const addressesIn = (value: unknown): string => {
  if (!Array.isArray(value)) return ''
  const addresses = value.map((one: unknown) => textOf(propertyOf(one, 'emailAddress'), 'address')).filter(Boolean)
  return addresses.length > 0 ? ` ${addresses.join(' ')}` : ''
}

const standing = (body: unknown): Pick<Target, 'was'> => {
  const enabled = propertyOf(body, 'accountEnabled')
  return typeof enabled === 'boolean' ? { was: enabled ? 'enabled' : 'disabled' } : {}
}

/** `smtp:kim@contoso.example` */
const withoutScheme = (address: string): string => address.replace(/^[a-z]+:/i, '')

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined

const textOf = (value: unknown, name: string): string => {
  const text = propertyOf(value, name)
  return typeof text === 'string' ? text : ''
}

const textsOf = (value: unknown, name: string): readonly string[] => {
  const list = propertyOf(value, name)
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}
