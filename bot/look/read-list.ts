import { z } from 'zod'
import type { GraphRequest } from '../graph/client.js'
import type { GraphFailure } from '../graph/failure.js'
import type { AskGraph } from './answer.js'

/** Entries of a list in Graph; `isMore` where there is another page, which is not fetched. */
export type ReadList =
  | { readonly ok: true; readonly entries: readonly Entry[]; readonly isMore: boolean }
  | { readonly ok: false; readonly failure: GraphFailure }

/** One of them, as Graph has it. */
export type Entry = Readonly<Record<string, unknown>>

/** Read the first page of a list. */
export const readList = async (
  request: Pick<GraphRequest, 'path' | 'query' | 'permission'>,
  ask: AskGraph,
): Promise<ReadList> => {
  const answer = await ask({ method: 'GET', ...request })
  if (!answer.ok) return answer
  const { data } = list.safeParse(answer.body)
  if (!data) return { ok: false, failure: { kind: 'invalid', says: 'an answer that is no list' } }
  return { ok: true, entries: data.value, isMore: data['@odata.nextLink'] !== undefined }
}

/** An object inside an entry; empty where there is none. */
export const inside = (entry: Entry, key: string): Entry => entryShape.safeParse(entry[key]).data ?? {}

/** A list inside an entry; empty where there is none. */
export const listIn = (entry: Entry, key: string): readonly Entry[] =>
  z.array(entryShape).safeParse(entry[key]).data ?? []

/** A text inside an entry; '' where there is none. */
export const textIn = (entry: Entry, key: string): string => {
  const value = entry[key]
  return typeof value === 'string' ? value : ''
}

/** A text in a filter: quotes included, so that nothing of it can end it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const entryShape = z.record(z.string(), z.unknown())
const list = z.object({ value: z.array(entryShape), '@odata.nextLink': z.string().optional() })
