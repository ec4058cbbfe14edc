import { z } from 'zod'
import type { Read } from './reads.js'
import { answerOf, unreadable } from './answer.js'
import { type Entry, literal, readList } from './read-list.js'
import { rowText } from './row-text.js'

const permission = 'IdentityRiskyUser.Read.All'
const path = '/identityProtection/riskyUsers'

/** The risk of a person as Entra ID Protection sees it; no row when it knows of none. */
export const readRisk: Read = ({ objectId, upn }, _window, ask) => {
  if (objectId === null && upn === null) return null
  return (async () => {
    if (objectId === null) {
      const query = { $filter: `userPrincipalName eq ${literal(upn ?? '')}`, $top: '5' }
      const list = await readList({ path, query, permission }, ask)
      return list.ok ? answerOf('risk', list.entries.map(riskText)) : list
    }
    const answer = await ask({ method: 'GET', path: `${path}/${encodeURIComponent(objectId)}`, permission })
    if (!answer.ok) return answer.failure.kind === 'not-found' ? answerOf('risk', []) : answer
    const { data } = z.record(z.string(), z.unknown()).safeParse(answer.body)
    return data ? answerOf('risk', [riskText(data)]) : unreadable
  })()
}

const riskText = ({ riskLevel, riskState, riskDetail, riskLastUpdatedDateTime }: Entry): string =>
  rowText([
    ['at', riskLastUpdatedDateTime],
    ['level', typeof riskLevel === 'string' ? `risk level ${riskLevel}` : null],
    ['state', riskState],
    ['detail', riskDetail === 'none' ? null : riskDetail],
  ])
