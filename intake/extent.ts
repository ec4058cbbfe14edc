/** Why a JSON text is refused unread. */
export type Excess = 'depth' | 'values' | 'fields'

/** The most of each that a text may hold: levels of nesting, values altogether, fields of one object. */
export type Limits = { readonly depth: number; readonly values: number; readonly fields: number }

/**
 * How many keys a JSON text has in all its objects, or what there is too much of.
 *
 * One pass over the text that reads nothing, so that its cost depends on the length alone, whatever a sender has put in. Of a text
 * that is no JSON the count means nothing.
 */
export const extentOf = (text: string, most: Limits): { readonly keys: number } | { readonly excess: Excess } => {
  /** Of each thing that is open, how many keys it has so far. */
  const open = [0]
  let [keys, values] = [0, 1]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === comma) values += 1
    else if (code === colon) {
      keys += 1
      const fields = (open.pop() ?? 0) + 1
      if (fields > most.fields) return { excess: 'fields' }
      open.push(fields)
    } else if (code === list || code === object) {
      values += 1
      if (open.push(0) - 1 > most.depth) return { excess: 'depth' }
    } else if (code === endOfList || code === endOfObject) open.pop()
    if (values > most.values) return { excess: 'values' }
  }
  return { keys }
}

/** Where the string that begins there is closed, or the end of the text. A quote after an odd number of backslashes is one of its letters. */
const endOfString = (text: string, start: number): number => {
  let at = start
  for (;;) {
    at = text.indexOf('"', at + 1)
    if (at < 0) return text.length
    let before = at - 1
    while (text.charCodeAt(before) === backslash) before -= 1
    if ((at - before) % 2 === 1) return at
  }
}

const [quote, backslash, comma, colon, list, endOfList, object, endOfObject] = [34, 92, 44, 58, 91, 93, 123, 125]
