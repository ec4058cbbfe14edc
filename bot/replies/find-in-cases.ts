import type { FindIntent } from '../../dialogs/find-filter.js'
import type { Listed } from '../../dialogs/show/listed.js'
import { type FoundRows, pageOf } from '../../dialogs/show/show-list.js'
import type { FindCases } from '../cases/find-cases.js'
import type { FoundCase } from '../cases/found-case.js'
import type { OpenCases } from '../cases/open-cases.js'

/** The page of a search, its open cases as the queue shows them. */
export type FindInCases = (asked: FindIntent) => Promise<FoundRows>

type Parts = {
  readonly findCases: Pick<FindCases, 'find'>
  readonly openCases: Pick<OpenCases, 'rows'>
  /** What a guide calls its alerts in English. */
  readonly titleOf: (type: string) => string
}

/** Look in all cases; what is found and open is shown as it stands in memory. */
export const openFindInCases =
  ({ findCases, openCases, titleOf }: Parts): FindInCases =>
  async ({ filter, page }) => {
    const { cases, count, searched, of } = await findCases.find(filter, pageOf(page).to)
    // Who asks for a page beyond the last gets the last.
    const shown = pageOf(Math.min(page, Math.max(1, Math.ceil(count / pageOf(1).to))))
    const open = new Map((await openCases.rows()).map((row) => [row.caseId, row]))
    const rows = cases.slice(shown.from, shown.to).map((found) => open.get(found.caseId) ?? rowOf(found, titleOf))
    return { rows, count, searched, of }
  }

const rowOf = ({ closed, verdictName, ...found }: FoundCase, titleOf: (type: string) => string): Listed => ({
  line: 0,
  alerts: 1,
  owner: closed === null ? null : { id: '', name: closed.by },
  standing: closed === null ? { at: 'open' } : { at: 'closed', verdict: verdictName, on: closed.at },
  waitsFor: null,
  // None of this is asked of a case that was found: lists tell it of open cases alone.
  addresses: [],
  hasCard: true,
  kind: found.type === '' ? '' : titleOf(found.type),
  ...found,
})
