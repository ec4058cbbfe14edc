import type { Read } from './reads.js'
import { answerOf } from './answer.js'
import { inside, literal, readList, textIn } from './read-list.js'
import { rowText } from './row-text.js'

/**
 * The Entra roles that a person has now, activated or assigned, the newest first. Not an app's: what an alert calls its id may be the
 * application's, which holds no roles, and "none" would be wrong.
 */
export const readRoleAssignments: Read = ({ objectId }, _window, ask) => {
  if (objectId === null) return null
  return (async () => {
    const list = await readList(
      {
        path: '/roleManagement/directory/roleAssignmentScheduleInstances',
        query: { $filter: `principalId eq ${literal(objectId)}`, $expand: 'roleDefinition' },
        permission: 'RoleAssignmentSchedule.Read.Directory',
      },
      ask,
    )
    if (!list.ok) return list
    const rows = list.entries
      .toSorted((one, other) => textIn(other, 'startDateTime').localeCompare(textIn(one, 'startDateTime')))
      .map((one) =>
        rowText([
          ['from', one['startDateTime']],
          ['role', inside(one, 'roleDefinition')['displayName'] ?? one['roleDefinitionId']],
          ['kind', one['assignmentType']],
          ['scope', one['directoryScopeId'] === '/' ? null : one['directoryScopeId']],
          ['to', typeof one['endDateTime'] === 'string' ? `until ${one['endDateTime'].slice(0, 16)}Z` : 'permanent'],
        ]),
      )
    return answerOf('role-assignments', rows, list.isMore)
  })()
}
