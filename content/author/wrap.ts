/** A text in lines of at most 100 characters, the first begun with `first`, the others with `next`; long words stay whole. */
export const wrap = (text: string, first = '', next = first): readonly string[] => {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(' ')) {
    if (!empty && line.length + word.length + 1 > 100) {
      lines.push(line)
      line = next
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line]
}
