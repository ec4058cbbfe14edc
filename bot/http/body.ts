import { isUtf8 } from 'node:buffer'
import { performance } from 'node:perf_hooks'
import type { Request, Response } from 'restify'
import type { HttpRefusal } from './answer.js'
import type { Limits } from './limits.js'

/** What a door takes: JSON; and where texts are taken, plain text as well, and JSON that wraps events. */
export type Takes = 'json' | 'json and text'

/**
 * Read the JSON text of a request: a refusal when it may not come in, null when the caller has gone.
 *
 * Nothing of it is read before its headers have been looked at, and no more of it than it may be long. Compressed bodies are
 * refused: nobody knows what they would unfold to.
 */
export const readText = async (
  request: Request,
  response: Response,
  limits: Limits,
  takes: Takes = 'json',
): Promise<string | HttpRefusal | null> => {
  const { headers } = request
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity') return encoded
  if (!types[takes].test(headers['content-type'] ?? '')) return notJson
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return otherCharset
  if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) return tooLarge(limits)
  if (/^100-continue$/i.test(headers.expect ?? '')) response.writeContinue()
  const body = await readBytes(request, limits)
  if (!Buffer.isBuffer(body)) return body
  return isUtf8(body) ? body.toString('utf8') : notUtf8
}

const readBytes = async (request: Request, limits: Limits): Promise<Buffer | HttpRefusal | null> => {
  // Where all of it came together with its headers, nothing is waited for but its end, which says nothing more.
  if (Number(request.headers['content-length']) !== request.readableLength) return bytesToCome(request, limits)
  const all: unknown = request.read()
  request.resume()
  return Buffer.isBuffer(all) ? all : Buffer.alloc(0)
}

const bytesToCome = (request: Request, limits: Limits): Promise<Buffer | HttpRefusal | null> =>
  new Promise((resolve) => {
    const pieces: Buffer[] = []
    const from = performance.now()
    let size = 0
    const done = (end: Buffer | HttpRefusal | null): void => {
      clearTimeout(timer)
      request.off('data', more).off('end', complete).off('close', gone).off('error', gone)
      if (!Buffer.isBuffer(end)) request.pause()
      resolve(end)
    }
    const more = (piece: Buffer): void => {
      size += piece.length
      if (size > limits.bodyBytes) return done(tooLarge(limits))
      if (performance.now() - from > limits.bodyMs) return done(tooSlow)
      pieces.push(piece)
      timer.refresh()
    }
    const complete = (): void => done(Buffer.concat(pieces))
    const gone = (): void => done(null)
    const timer = setTimeout(() => done(tooSlow), Math.min(limits.pauseMs, limits.bodyMs))
    request.on('data', more).once('end', complete).once('close', gone).once('error', gone)
  })

const types: Readonly<Record<Takes, RegExp>> = {
  json: /^application\/json\s*(;|$)/i,
  'json and text': /^(?:application\/(?:json|cloudevents(?:-batch)?\+json)|text\/plain)\s*(;|$)/i,
}

const encoded: HttpRefusal = {
  status: 415,
  code: 'http/encoded',
  message: 'Send the body as it is, without Content-Encoding.',
}

/** What is neither JSON nor, at a door that takes texts, one it reads. */
export const notJson: HttpRefusal = {
  status: 415,
  code: 'http/415',
  message: 'Send "Content-Type: application/json".',
}
const otherCharset: HttpRefusal = {
  status: 415,
  code: 'http/charset',
  message: 'Send the body in UTF-8; JSON has no other charset.',
}
const notUtf8: HttpRefusal = {
  status: 400,
  code: 'http/not-utf8',
  message: 'The body is not UTF-8, or was damaged on the way. Send JSON in UTF-8.',
}
const tooSlow: HttpRefusal = {
  status: 408,
  code: 'http/408',
  message: 'The body did not come in time. Send it again, in one go.',
}
const tooLarge = ({ bodyBytes }: Limits): HttpRefusal => ({
  status: 413,
  code: 'http/413',
  message: `The body is larger than ${bodyBytes} bytes. Send fewer alerts at once.`,
})
