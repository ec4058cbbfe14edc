import { createSecretKey } from 'node:crypto'
import { signatureHeaders, signatureOf } from '../../bot/http/intake-signatures.js'
import { type Hit, type Measured, hit, median } from './hit.js'
import type { Rig } from './rig.js'
import { type Extent, ingest, newAlert } from './rounds.js'

/** What the columns of the proofs are. */
export const proofHead = ['an alert kept, proven by', 'clients', 'ratio to the key', 'per second', 'p50 / p99 ms']

/**
 * Measure how many alerts Winnow keeps from 32 clients with each kind of proof: a key, one token for all, a token of its own for
 * each, a signature. They take short turns on one Winnow, in another order each time, after some that do not count: what else the
 * machine does meanwhile then weighs on all of them alike.
 */
export const measureProofs = async (rig: Rig, { rounds, many }: Extent): Promise<readonly (readonly string[])[]> => {
  const winnow = rig.winnow(rig.dataFolder('proofs'), { audience, clientId, secret: secretText })
  const origin = await winnow.up
  await winnow.openCases
  const one = `Bearer ${rig.entraToken(audience, clientId, 'one')}`
  let tokens = 0
  const proofs: readonly (readonly [string, (alert: Hit) => Hit])[] = [
    ['a key', (alert) => alert],
    ['one Entra token', (alert) => ({ ...alert, authorization: one })],
    [
      'an Entra token each',
      (alert) => ({ ...alert, authorization: `Bearer ${rig.entraToken(audience, clientId, `${(tokens += 1)}`)}` }),
    ],
    ['a signature', signed],
  ]
  const measured: ReadonlyMap<string, Measured>[] = []
  for (let round = -turns; round < rounds * turns; round += 1) {
    const first = Math.abs(round) % proofs.length
    const results = new Map<string, Measured>()
    for (const [name, proven] of [...proofs.slice(first), ...proofs.slice(0, first)]) {
      // Made before the clock runs: what the sender's side costs is not measured.
      const hits = Array.from({ length: many / turns }, () => proven(ingest(rig, origin, newAlert())))
      results.set(name, await hit(hits, 32))
    }
    if (round >= 0) measured.push(results)
  }
  await winnow.stop()
  return proofs.map(([name]) => {
    const of = (round: ReadonlyMap<string, Measured>, proof: string) => round.get(proof) ?? none
    const middle = (what: keyof Measured) => median(measured.map((round) => of(round, name)[what]))
    const ratio = median(measured.map((round) => of(round, name).perSecond / of(round, 'a key').perSecond))
    const times = `${middle('p50').toFixed(2)} / ${middle('p99').toFixed(1)}`
    return [name, '32', ratio.toFixed(2), String(Math.round(middle('perSecond'))), times]
  })
}

/** How many turns a round is cut into. */
const turns = 8

const audience = 'api://winnow'
const clientId = 'aaaaaaaa-1111-4111-8111-111111111111'
const secretText = 'winnow_0123456789_0123456789_0123456789'
const secret = createSecretKey(secretText, 'utf8')
const none: Measured = { p50: NaN, p99: NaN, perSecond: NaN }

const signed = (alert: Hit): Hit => {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const { key, timestamp: time, signature } = signatureHeaders
  return {
    ...alert,
    headers: { [key]: 'signer', [time]: timestamp, [signature]: signatureOf(secret, timestamp, alert.body) },
  }
}
