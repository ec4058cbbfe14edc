import { extentOf } from './extent.js'
import { isJson, type Json } from './outcome.js'
import { given } from './text.js'

/**
 * The JSON that a field holds as text, as rows and records of Microsoft do; what is no text stays as it is.
 *
 * Null when the text is no JSON, as where a row was cut off, and when it is larger or deeper than any such field: what a sender
 * writes there is as little trusted as the rest.
 */
export const jsonInside = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (!/^[[{]/.test(text) || 'excess' in extentOf(text, limits)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The list a field holds, itself or as text, its first 1,000 entries; an empty one when it holds none. */
export const listInside = (value: unknown): readonly unknown[] => {
  const found = jsonInside(value)
  return Array.isArray(found) ? found.slice(0, 1_000) : []
}

/** The object a field holds, itself or as text; an empty one when it holds none. */
export const objectInside = (value: unknown): Json => {
  const found = jsonInside(value)
  return isJson(found) ? found : {}
}

/** The first of the values that is a text with something in it, else undefined. */
export const firstGiven = (...values: readonly unknown[]): string | undefined => {
  for (const value of values) {
    const text = given(value)
    if (text !== null) return text
  }
  return undefined
}

const limits = { depth: 32, values: 20_000, fields: 1_000 }
