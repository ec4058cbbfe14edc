/** A value of a row with its column, in the order in which it is told. */
export type Cell = readonly [column: string, value: unknown]

/** A row as a short text: times without seconds, in UTC; words as they are, numbers with their column. What is empty is left out. */
export const rowText = (cells: readonly Cell[]): string => {
  const texts = cells.map(cellText).filter((text) => text !== '')
  return bounded(texts.join(', '), longestRow)
}

const longestRow = 200
const longestValue = 60

const cellText = ([column, value]: Cell): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return `${column} ${value}`
  const text = textOf(value).replace(/\s+/gu, ' ').trim()
  return timeShape.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 16)}Z` : bounded(text, longestValue)
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value === '[]' || value === '{}' ? '' : value
  if (Array.isArray(value)) return value.slice(0, 5).map(textOf).join(' ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
}

const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)$/

const bounded = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
