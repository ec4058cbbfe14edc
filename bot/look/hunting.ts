import { z } from 'zod'
import type { AskGraph, LookUpAnswer } from './answer.js'
import { answerOf, unreadable } from './answer.js'
import { rowText } from './row-text.js'

/** The permission that advanced hunting needs, for the application. */
export const huntingPermission = 'ThreatHunting.Read.All'

/** More rows are counted as "more than": nobody reads them, and they would have to be fetched. */
const mostCounted = 200

/** Run a query of advanced hunting, whose values are literals already, for a stretch of time (ISO 8601). */
export const hunt = async (
  query: string,
  { from, to }: { readonly from: string; readonly to: string },
  ask: AskGraph,
): Promise<LookUpAnswer> => {
  const answer = await ask({
    method: 'POST',
    path: '/security/runHuntingQuery',
    body: { Query: `${query.trimEnd()}\n| take ${mostCounted + 1}`, Timespan: `${from}/${to}` },
    permission: huntingPermission,
  })
  if (!answer.ok) return answer
  const { data } = shape.safeParse(answer.body)
  if (!data) return unreadable
  const columns = data.schema?.map((one) => one.name ?? one.Name ?? '') ?? []
  const rows = data.results.map((row) =>
    rowText((columns.length > 0 ? columns : Object.keys(row)).map((column) => [column, row[column]])),
  )
  return answerOf('advanced-hunting', rows.slice(0, mostCounted), rows.length > mostCounted)
}

const shape = z.object({
  schema: z.array(z.object({ name: z.string().optional(), Name: z.string().optional() })).optional(),
  results: z.array(z.record(z.string(), z.unknown())),
})
