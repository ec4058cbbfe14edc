import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import jwt from 'jsonwebtoken'
import { closeNow, listenOnLoopback, sendJson } from './loopback.js'

/** A stand-in for the service that signs Teams' requests: it publishes its keys on loopback and signs whatever it is told. */
export type Issuer = {
  readonly metadataUrl: string
  readonly publicKeyPem: string
  readonly publicKey: KeyObject
  /** A token that is good for `serviceUrl`, but for the claims given; undefined leaves a claim out. */
  sign(serviceUrl: string, claims?: Record<string, unknown>, by?: Signer): string
  /** How often the keys were asked for. */
  readonly fetched: () => number
  /** Publish these keys from now on; at first it is `teams` and `webchat`. */
  publish(...signers: readonly Published[]): void
  /** Answer 503 from now on, answer nothing at all, or be well again. */
  fail(how?: 'refuse' | 'silence' | 'not at all'): void
  close(): Promise<void>
}

/**
 * `next` is a second key for Teams, for which the first is given up one day. `forger` has a key of its own under the right name;
 * `webchat` is a good key that is not endorsed for Teams.
 */
export type Signer = Published | 'forger'
type Published = 'teams' | 'next' | 'webchat'

/** Open an issuer of tokens for that app. */
export const openIssuer = async (appId: string): Promise<Issuer> => {
  keys ??= { teams: rsa(), next: rsa(), forger: rsa(), webchat: rsa() }
  const signers = keys
  let published: readonly Published[] = ['teams', 'webchat']
  let fetched = 0
  let failing: 'refuse' | 'silence' | 'not at all' = 'not at all'
  const server = createServer((request, response) => {
    if (request.url === '/keys') fetched += 1
    const keysNow = published.map((name) => jwk(signers[name].publicKey, name, name === 'webchat' ? name : 'msteams'))
    const body = request.url === '/keys' ? { keys: [...keysNow, oddKey] } : { issuer, jwks_uri: `${origin}/keys` }
    if (failing !== 'silence') sendJson(response, failing === 'refuse' ? 503 : 200, body)
  })
  const origin = await listenOnLoopback(server)
  return {
    metadataUrl: `${origin}/openidconfiguration`,
    publicKey: signers.teams.publicKey,
    publicKeyPem: signers.teams.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (serviceUrl, claims = {}, by = 'teams') => {
      const seconds = Math.floor(Date.now() / 1000)
      const usual = { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: seconds - 60, exp: seconds + 3600 }
      const told = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined)
      // As a text, for the library would refuse odd claims in an object.
      const header = { alg: 'RS256', typ: 'JWT', kid: by === 'forger' ? 'teams' : by }
      return jwt.sign(JSON.stringify(Object.fromEntries(told)), signers[by].privateKey, { header, algorithm: 'RS256' })
    },
    fetched: () => fetched,
    publish: (...names) => {
      published = names
    },
    fail: (how = 'refuse') => {
      failing = how
    },
    close: () => closeNow(server),
  }
}

const issuer = 'https://api.botframework.com'

/** The real service may publish keys of other kinds one day. */
const oddKey = { kty: 'EC', kid: 'odd', crv: 'P-256', x: 'x', y: 'y', endorsements: ['msteams'] }

/** Made once for all issuers of a run, because that takes longest. */
let keys: Readonly<Record<Signer, ReturnType<typeof rsa>>> | undefined

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

const jwk = (key: KeyObject, kid: string, endorsement: string) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  endorsements: [endorsement],
})
