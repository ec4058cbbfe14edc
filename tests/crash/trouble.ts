import type { FakeConnector } from '../support/fake-connector.js'
import type { Chance } from './chance.js'

/** Let a request to Teams fail now and then, in one of the ways Teams fails. */
export const makeTrouble = (connector: FakeConnector, chance: Chance): void => {
  if (chance.odds(0.5)) connector.failNext(chance.one(troubles))
}

const troubles = [
  { on: 'post', status: 429, retryAfter: '0' },
  { on: 'post', status: 412 },
  { on: 'post', status: 500 },
  { on: 'post', status: 502, after: 'stored' },
  { on: 'post', status: 'reset', after: 'stored' },
  { on: 'update', status: 429, retryAfter: '0', times: 3 },
  { on: 'update', status: 503 },
  { on: 'update', status: 'reset', after: 'stored' },
  { on: 'update', status: 'silence' },
  { on: 'direct', status: 500 },
] as const
