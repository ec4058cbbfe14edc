import type { GraphFailure } from './failure.js'

/**
 * Why there is no token, of what the library threw: Entra's own code, or what the network said. Its messages hold ids and are left
 * out. What the network did passes by itself; all else waits for someone to put it right.
 */
export const tokenFailure = (error: unknown): GraphFailure => {
  if (!(error instanceof Error)) return { kind: 'signed-out', says: 'no token' }
  const text = `${error.name} ${error.message}`
  const code = /AADSTS\d{3,8}/.exec(text)?.[0]
  if (code !== undefined) return { kind: 'signed-out', says: code }
  const network = networkCodes.exec(text)?.[0]
  if (network !== undefined) return { kind: 'unreachable', says: network }
  if (/^(?:AbortError|TimeoutError)$/.test(error.name)) return { kind: 'unreachable', says: 'no token in time' }
  return { kind: 'signed-out', says: error.name }
}

const networkCodes =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network_error|endpoints_resolution_error|openid_config_error)\b/
