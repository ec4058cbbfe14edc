import type { Read } from './reads.js'
import { answerOf } from './answer.js'
import { inside, literal, readList } from './read-list.js'
import { rowText } from './row-text.js'

/** The sign-ins of a person from the sign-in logs, the newest first; the tenant needs a premium license for them. */
export const readSignIns: Read = ({ objectId, upn }, { from, to }, ask) => {
  const who =
    objectId !== null
      ? `userId eq ${literal(objectId)}`
      : upn !== null
        ? `userPrincipalName eq ${literal(upn.toLowerCase())}`
        : null
  if (who === null) return null
  return (async () => {
    const list = await readList(
      {
        path: '/auditLogs/signIns',
        query: { $filter: `${who} and createdDateTime ge ${from} and createdDateTime le ${to}`, $top: '50' },
        permission: 'AuditLog.Read.All',
      },
      ask,
    )
    if (!list.ok) return list
    const rows = list.entries.map((entry) => {
      const [location, device, status] = [
        inside(entry, 'location'),
        inside(entry, 'deviceDetail'),
        inside(entry, 'status'),
      ]
      return rowText([
        ['at', entry['createdDateTime']],
        ['app', entry['appDisplayName']],
        ['IP', entry['ipAddress']],
        ['country', location['countryOrRegion']],
        ['city', location['city']],
        ['device', device['displayName']],
        ['system', device['operatingSystem']],
        ['error', status['errorCode']],
        ['conditional access', entry['conditionalAccessStatus']],
      ])
    })
    return answerOf('sign-ins', rows, list.isMore)
  })()
}
