/**
 * A text as a KQL string literal, quotes included. Everything but printable ASCII is escaped, so nothing in an alert can end the
 * literal, begin a comment, or look like something else in the editor.
 */
export const kqlString = (text: string): string => kqlJson(text)

/** Texts as a KQL list, `dynamic(["…"])`. */
export const kqlList = (texts: readonly string[]): string => `dynamic([${texts.map(kqlJson).join(', ')}])`

/** A time as a KQL literal; the time is ISO 8601, UTC. */
export const kqlTime = (time: string): string => `datetime(${new Date(time).toISOString()})`

/** JSON's escapes are KQL's as well, in a list and in a string. */
const kqlJson = (text: string): string =>
  JSON.stringify(text).replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
