import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import jwt from 'jsonwebtoken'
import { closeNow, listenOnLoopback, sendJson } from './loopback.js'

/** A stand-in for the service that signs Teams' requests: it publishes its keys on loopback and signs whatever it is told. */
export type Issuer = {
  readonly metadataUrl: string
  readonly publicKeyPem: string
  /** A token that is good for `serviceUrl`, but for the claims given; undefined leaves a claim out. */
  sign(serviceUrl: string, claims?: Record<string, unknown>, by?: Signer): string
  /** How often the keys were fetched. */
  readonly fetched: () => number
  /** Answer 503 from now on. */
  fail(): void
  close(): Promise<void>
}

/** `forger` has a key of its own under the right name; `webchat` is a good key that is not endorsed for Teams. */
export type Signer = 'teams' | 'forger' | 'webchat'

/** Open an issuer of tokens for that app. */
export const openIssuer = async (appId: string): Promise<Issuer> => {
  keys ??= { teams: rsa(), forger: rsa(), webchat: rsa() }
  const signers = keys
  const published = [
    jwk(signers.teams.publicKey, 'teams', 'msteams'),
    jwk(signers.webchat.publicKey, 'webchat', 'webchat'),
  ]
  let fetched = 0
  let failing = false
  const server = createServer((request, response) => {
    fetched += 1
    const body = request.url === '/keys' ? { keys: published } : { issuer, jwks_uri: `${origin}/keys` }
    sendJson(response, failing ? 503 : 200, body)
  })
  const origin = await listenOnLoopback(server)
  return {
    metadataUrl: `${origin}/openidconfiguration`,
    publicKeyPem: signers.teams.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (serviceUrl, claims = {}, by = 'teams') => {
      const seconds = Math.floor(Date.now() / 1000)
      const usual = { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: seconds - 60, exp: seconds + 3600 }
      const told = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined)
      const keyid = by === 'forger' ? 'teams' : by
      return jwt.sign(Object.fromEntries(told), signers[by].privateKey, {
        algorithm: 'RS256',
        keyid,
        noTimestamp: true,
      })
    },
    fetched: () => fetched,
    fail: () => {
      failing = true
    },
    close: () => closeNow(server),
  }
}

const issuer = 'https://api.botframework.com'

/** Made once for all issuers of a run, because that takes longest. */
let keys: Readonly<Record<Signer, ReturnType<typeof rsa>>> | undefined

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

const jwk = (key: KeyObject, kid: string, endorsement: string) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  endorsements: [endorsement],
})
