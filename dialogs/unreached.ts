import { type Phrases, say } from '../triage/phrases.js'

/** Why a message did not arrive, in words where we have some for the chat's code; else the code. */
export const inWords = (code: string, phrases: Phrases): string =>
  Object.hasOwn(phrases, `unreached.${code}`) ? say(phrases, `unreached.${code}`) : code
