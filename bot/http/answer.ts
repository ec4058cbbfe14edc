import type { Request, Response } from 'restify'

/** Why a request is not served: the status, a code that stays the same, and a sentence that says what to do. */
export type HttpRefusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answer with JSON. */
export const answer = (
  response: Response,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = noMore,
): void => answerText(response, status, 'application/json', harmless(body), headers)

/** Answer with a text of that media type, or with its bytes; without one when it is empty. */
export const answerText = (
  response: Response,
  status: number,
  type: string,
  text: string | Buffer,
  headers: Readonly<Record<string, string>> = noMore,
): void => {
  response.writeHead(status, headersFor(type, text, headers))
  response.end(text)
}

/**
 * Answer why not. When the body has not been read, it never is: the caller has `lingerMs` to read the answer, for closing at
 * once with something unread would take it away, and then the connection is cut.
 */
export const refuse = (request: Request, response: Response, refusal: HttpRefusal, lingerMs: number): void => {
  const { status, code, message, headers = noMore } = refusal
  codes.set(response, code)
  const body = { code, message: visible(message) }
  if (request.readableEnded) return answer(response, status, body, headers)
  const text = harmless(body)
  response.writeHead(status, headersFor('application/json', text, { ...headers, Connection: 'close' }))
  response.write(text)
  const end = () => response.end()
  // Whatever came with the headers has been seen by then; only a caller who is still sending is waited for.
  setImmediate(() => (request.complete ? end() : setTimeout(end, lingerMs).unref()))
}

/** The code an answer refused with, for the log; null for any other answer. */
export const codeOf = (response: Response): string | null => codes.get(response) ?? null

const codes = new WeakMap<Response, string>()

const headersFor = (type: string, text: string | Buffer, more: Readonly<Record<string, string>>) => {
  const length = Buffer.byteLength(text)
  const usual =
    length > 0
      ? { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', 'Content-Length': length }
      : { 'Content-Length': 0 }
  return more === noMore ? usual : { ...usual, ...more }
}

const noMore: Readonly<Record<string, string>> = {}

/** JSON that neither a terminal nor a browser can be made to act on: what it quotes arrives exactly, but spelt out. */
const harmless = (body: unknown): string => {
  const text = JSON.stringify(body)
  // Nearly always so, and known at a fraction of the cost.
  if (!/[^\n\x20-\x7e]|[<>&]/.test(text)) return text
  return text.replace(/[<>&]|[^\P{C}\n]|[\u2028\u2029]|\p{Default_Ignorable_Code_Point}/gu, (mark) =>
    mark.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}

/** A sentence for people may quote what was sent: what is invisible in it, or turns the line, is shown. */
const visible = (message: string): string =>
  message.replace(
    /[^\P{C}\n]|[\u2028\u2029]|\p{Default_Ignorable_Code_Point}/gu,
    (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
