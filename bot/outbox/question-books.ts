import { z } from 'zod'
import type { Store } from '../../store/store.js'

/** The card on which a manager finds several questions, as it is kept. Times are ISO 8601. */
export type QuestionBook = z.output<typeof book>

/**
 * Where these cards stand, remembered over restarts. What is asked is answered from memory, which holds what could not be written as
 * well. One process writes them.
 */
export type QuestionBooks = {
  get(managerId: string): QuestionBook | undefined
  all(): readonly QuestionBook[]
  /** Change it in memory alone: it follows from the cases, so after a crash it is known again. */
  note(book: QuestionBook): void
  /** Change it. Resolves when it is on disk; when that fails, the change stays in memory. */
  keep(book: QuestionBook): Promise<void>
  /** Forget it, likewise. */
  drop(managerId: string): Promise<void>
  /** Write what could not be written before, if there is something. */
  catchUp(): Promise<void>
}

/** Read them from the store; what can't be read counts as none. What has lain there for so many milliseconds is forgotten by and by. */
export const openQuestionBooks = async (
  store: Pick<Store, 'keep' | 'kept'>,
  now: () => string,
  forgottenMs: number,
): Promise<QuestionBooks> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? []
  const books = new Map(kept.map((one) => [one.managerId, one] as const))
  let [changes, onDisk] = [0, 0]

  const save = async (): Promise<void> => {
    const change = (changes += 1)
    for (const { managerId, at, rows } of books.values())
      if (at !== null && Date.parse(now()) - Date.parse(at) > forgottenMs && !rows.some(({ isNew }) => isNew))
        books.delete(managerId)
    await store.keep(name, [...books.values()])
    onDisk = Math.max(onDisk, change)
  }

  return {
    get: (managerId) => books.get(managerId),
    all: () => [...books.values()],
    note: (one) => void books.set(one.managerId, one),
    keep: (one) => {
      books.set(one.managerId, one)
      return save()
    },
    drop: (managerId) => {
      books.delete(managerId)
      return save()
    },
    catchUp: async () => {
      if (onDisk < changes) await save()
    },
  }
}

/** A manager's card that is still to be posted. */
export const emptyBook = (managerId: string): QuestionBook => ({
  managerId,
  posted: null,
  at: null,
  rows: [],
  posting: null,
  isLost: false,
  former: null,
})

const name = 'questions'

const place = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })
const message = z.object({ place, messageId: z.string() })

const book = z.object({
  managerId: z.string(),
  /** Where it stands; null while it stands nowhere, or no one knows where. */
  posted: message.nullable(),
  /** When it was posted. */
  at: z.string().nullable(),
  /** Which questions are on it; `isNew`: not yet. */
  rows: z.array(z.object({ caseId: z.string(), line: z.number(), isNew: z.boolean() })),
  /** The cases whose questions are on a card that is being posted; null while none is. */
  posting: z.array(z.string()).nullable().default(null),
  /** A card may stand there of which no one knows where: what is pressed on it tells. */
  isLost: z.boolean().default(false),
  /** The card before it, as long as that does not say that its questions are on a newer one. */
  former: message.nullable().default(null),
})

const shape = z.array(book)
