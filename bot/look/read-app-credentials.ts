import { z } from 'zod'
import type { Read } from './reads.js'
import { answerOf, unreadable, type AskGraph } from './answer.js'
import { type Entry, listIn, readList, textIn } from './read-list.js'
import { rowText } from './row-text.js'

const permission = 'Application.Read.All'

/** An app's secrets and certificates, the newest first, then its owners: of its service principal and of its registration here. */
export const readAppCredentials: Read = ({ appId }, _window, ask) => {
  if (appId === null) return null
  return (async () => {
    const principal = await principalOf(appId, ask)
    if (!principal.ok) return principal.failure.kind === 'not-found' ? answerOf('app-credentials', []) : principal
    const { data } = shape.safeParse(principal.body)
    if (!data) return unreadable
    const owners = await readList({ path: `/servicePrincipals/${data.id}/owners`, permission }, ask)
    if (!owners.ok) return owners
    const registration = await ask({
      method: 'GET',
      path: `/applications(appId='${data.appId}')`,
      query: { $select: select },
      permission,
    })
    // An app of another tenant has no registration here.
    if (!registration.ok && registration.failure.kind !== 'not-found') return registration
    const parts = [data, ...(registration.ok ? [entry.safeParse(registration.body).data ?? {}] : [])]
    const credentials = parts
      .flatMap((one) => [
        ...listIn(one, 'passwordCredentials').map((key) => ({ kind: 'secret', ...key })),
        ...listIn(one, 'keyCredentials').map((key) => ({ kind: 'certificate', ...key })),
      ])
      .toSorted((one: Entry, other: Entry) =>
        textIn(other, 'startDateTime').localeCompare(textIn(one, 'startDateTime')),
      )
      .map((one: Entry) =>
        rowText([
          ['from', one['startDateTime']],
          ['kind', one['kind']],
          ['name', one['displayName']],
          ['to', untilDay(textIn(one, 'endDateTime'))],
        ]),
      )
    const owned = owners.entries.map((one) =>
      rowText([
        ['owner', `owner ${textIn(one, 'userPrincipalName') || textIn(one, 'displayName') || textIn(one, 'id')}`],
      ]),
    )
    return answerOf('app-credentials', [...credentials, ...owned], owners.isMore)
  })()
}

const untilDay = (time: string): string => (time === '' ? '' : `until ${time.slice(0, 10)}`)

const select = 'id,appId,displayName,keyCredentials,passwordCredentials'

/** An alert's id of an app is that of the application, or of the object that stands for it here. */
const principalOf = async (id: string, ask: AskGraph) => {
  const read = (path: string) => ask({ method: 'GET', path, query: { $select: select }, permission })
  const answer = await read(`/servicePrincipals(appId='${id}')`)
  return !answer.ok && answer.failure.kind === 'not-found' ? read(`/servicePrincipals/${id}`) : answer
}

const entry = z.record(z.string(), z.unknown())
const shape = z.looseObject({ id: z.guid(), appId: z.guid() })
