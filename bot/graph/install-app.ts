import type { Graph } from './client.js'
import { isGuid } from '../../triage/guid.js'
import type { GraphFailure } from './failure.js'

/** Installs Winnow for somebody in Teams; `detail` says why not, by a code that there are words for. */
export type InstallApp = (
  personId: string,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly detail: string }>

type Parts = {
  readonly graph: Graph
  /** With the version, such as `https://graph.microsoft.com/v1.0`: the app is named by its whole address. */
  readonly baseUrl: string
  /** The id of Winnow in the organization's app catalog. */
  readonly catalogAppId: string
  /** How long it may take, in milliseconds. */
  readonly waitMs?: number
  readonly log: { warn(details: object, text: string): void }
}

/** Through Graph, with `TeamsAppInstallation.ReadWriteSelfForUser.All`. That it is there already is well, too. */
export const openInstallApp =
  ({ graph, baseUrl, catalogAppId, waitMs = 20_000, log }: Parts): InstallApp =>
  async (personId) => {
    if (!isGuid(personId)) return { ok: false, detail: 'InstallNotFound' }
    const answer = await graph.ask({
      method: 'POST',
      path: `/users/${personId}/teamwork/installedApps`,
      body: { 'teamsApp@odata.bind': `${baseUrl}/appCatalogs/teamsApps/${catalogAppId}` },
      permission: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
      // Installed twice it is installed once.
      repeatable: true,
      signal: AbortSignal.timeout(waitMs),
    })
    if (answer.ok || isThere(answer.failure)) return { ok: true }
    log.warn({ kind: answer.failure.kind }, 'Winnow could not be installed for a manager')
    return { ok: false, detail: details[answer.failure.kind] }
  }

const isThere = (failure: GraphFailure): boolean => failure.kind === 'conflict'

const details: Readonly<Record<GraphFailure['kind'], string>> = {
  forbidden: 'InstallForbidden',
  'not-found': 'InstallNotFound',
  'signed-out': 'InstallForbidden',
  throttled: 'InstallFailed',
  unreachable: 'InstallFailed',
  conflict: 'InstallFailed',
  invalid: 'InstallFailed',
}
