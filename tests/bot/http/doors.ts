import type { HealthReport, Operation } from '../../../bot/http/health.js'
import { type IntakeKey, hashKey } from '../../../bot/http/intake-keys.js'
import type { Proofs } from '../../../bot/http/intake-proof.js'
import { type Limits, usualLimits } from '../../../bot/http/limits.js'
import type { Intake, Messages } from '../../../bot/http/routes.js'
import { openServer } from '../../../bot/http/server.js'

/** The doors, and what they told the log. */
export type Doors = ReturnType<typeof doorsOf>

/** The doors with what stands behind them as a test needs it. Their intake key is `k`, by the name of `one`, unless a test adds more. */
export const doorsOf = (
  parts: {
    readonly take?: Intake['take']
    readonly messages?: Messages
    readonly health?: Partial<HealthReport>
    readonly operation?: Operation
    readonly limits?: Partial<Limits>
    readonly moreKeys?: readonly IntakeKey[]
    readonly proofs?: Omit<Proofs, 'keys'>
  } = {},
) => {
  const logged: {
    readonly level: string
    readonly details: Readonly<Record<string, unknown>>
    readonly text: string
  }[] = []
  const write = (level: string) => (details: object, text: string) =>
    void logged.push({ level, details: { ...details }, text })
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const health = () => ({ ok: true, problems: [], details: {}, ...parts.health })
  const messages = parts.messages ?? (async () => ({ hear: async () => ({ status: 200, body: { heard: true } }) }))
  const take = parts.take ?? (async () => ({ alerts: [], ignored: [] }))
  const keys = [{ name: 'one', hash: Buffer.from(hashKey('k'), 'hex') }, ...(parts.moreKeys ?? [])]
  const limits = { ...usualLimits, lingerMs: 50, ...parts.limits }
  const server = openServer({ ...parts.proofs, keys, take, log }, messages, health, limits, parts.operation)
  return {
    server,
    logged,
    errors: () => logged.flatMap(({ level, text }) => (level === 'error' ? [text] : [])),
    refused: () => logged.flatMap(({ level, details }) => (level === 'warn' ? [details] : [])),
  }
}
