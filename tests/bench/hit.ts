import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

/** One request; what is answered must be what is wanted, or the measurement would be of refusals. */
export type Hit = {
  readonly url: string
  readonly authorization: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** Takes status and body of the answer and throws when they are not what is measured. */
  readonly expect: (status: number, text: string) => void
}

/** How one run went: milliseconds at the median and for the slowest of a hundred, and answers per second. */
export type Measured = { readonly p50: number; readonly p99: number; readonly perSecond: number }

/** Send all of these, from so many clients that each wait for an answer before they send the next. Rejects with the first failure. */
export const hit = async (hits: readonly Hit[], clients: number): Promise<Measured> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const waits: number[] = []
  const queue = hits.values()
  const client = async () => {
    for (const one of queue) {
      const from = performance.now()
      const { status, text } = await send(one, agent)
      waits.push(performance.now() - from)
      one.expect(status, text)
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - from) / 1000
  agent.destroy()
  return { p50: at(waits, 0.5), p99: at(waits, 0.99), perSecond: waits.length / seconds }
}

/** The value in the middle. */
export const median = (values: readonly number[]): number => at(values, 0.5)

/** The value below which that share of them lies. */
const at = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN

const send = (
  { url, authorization, body, headers: more }: Hit,
  agent: Agent,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const usual = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization }
    const headers = { ...usual, ...more }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
