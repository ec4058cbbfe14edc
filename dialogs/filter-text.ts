import { type Phrases, say } from '../triage/phrases.js'
import type { Filter } from '../triage/routing.js'

/** Which alerts a filter lets through, in words. */
export const filterText = ({ family, atLeast }: Filter, phrases: Phrases): string => {
  const what = family === null ? say(phrases, 'filter.all') : say(phrases, `filter.${family}`)
  if (atLeast === null) return what
  return say(phrases, 'filter.at-least', { what, severity: say(phrases, `severity.${atLeast}`) })
}
