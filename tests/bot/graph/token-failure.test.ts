import assert from 'node:assert/strict'
import { tokenFailure } from '../../../bot/graph/token-failure.js'

describe('bot/graph/token-failure', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name })

  it('tells Entra’s own code, and nothing of its message', () => {
    const error = named(
      'AuthenticationRequiredError',
      "invalid_client: AADSTS7000222: The keys of '2222' are expired. Trace 1",
    )
    assert.deepEqual(tokenFailure(error), { kind: 'signed-out', says: 'AADSTS7000222' })
    assert.deepEqual(tokenFailure(named('CredentialUnavailableError', 'secret')), {
      kind: 'signed-out',
      says: 'CredentialUnavailableError',
    })
    assert.deepEqual(tokenFailure('odd'), { kind: 'signed-out', says: 'no token' })
  })

  it('tells a network that fails from a sign-in that does', () => {
    const offline = named(
      'AuthenticationRequiredError',
      'network_error: See https://aka.ms/msal.js.errors#network_error',
    )
    assert.deepEqual(tokenFailure(offline), { kind: 'unreachable', says: 'network_error' })
    assert.deepEqual(tokenFailure(named('RestError', 'getaddrinfo ENOTFOUND login')), {
      kind: 'unreachable',
      says: 'ENOTFOUND',
    })
    assert.deepEqual(tokenFailure(named('AbortError', 'The operation was aborted.')), {
      kind: 'unreachable',
      says: 'no token in time',
    })
  })
})
