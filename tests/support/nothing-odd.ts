import assert from 'node:assert/strict'
import { stringsOf } from './card-walk.js'
import type { FakeConnector } from './fake-connector.js'

/** Nothing that was ever sent to Teams shows a hole in our own texts: an unfilled placeholder, a missing phrase or value. */
export const nothingOdd = ({ context }: FakeConnector): void => {
  for (const { body } of context) {
    for (const { text, key } of stringsOf(body)) {
      assert.doesNotMatch(text, /\$\{|\bundefined\b|\[object |\bNaN\b|Invalid Date/, `${key}: ${text}`)
      assert.doesNotMatch(text, /\{[a-z]+\}/, `${key}: ${text}`)
      assert.doesNotMatch(
        text,
        /^(?:story|refusal|manager|thanks|list|fact|severity|learning)\.[a-z-]+/,
        `${key}: ${text}`,
      )
    }
  }
}
