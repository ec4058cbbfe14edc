import { z } from 'zod'
import { jsonInside } from './inside.js'
import { isJson, own, type Json, type Problem, type Step } from './outcome.js'
import { quote } from './text.js'

/** Text a field must hold, when it holds anything. */
export const text = z.string().nullish()

/** Whatever is there, or nothing; whoever uses it looks what it is. */
export const anything = z.unknown().optional()

/** How many entries of one list are looked at: far more than any alert has, and fifty times what is kept. */
export const mostEntries = 1_000

/**
 * A list, when there is anything, of which the first 1,000 entries are looked at; an empty text is nothing, and a list written as
 * text is one.
 */
export const list = z.preprocess((value) => {
  const found = typeof value === 'string' && /^\s*\[/.test(value) ? jsonInside(value) : value
  return Array.isArray(found) ? found.slice(0, mostEntries) : found === '' ? null : found
}, z.array(z.unknown()).nullish())

/** An object, when there is anything; an empty text is nothing, and an object written as text is one. */
export const object = z.preprocess((value) => {
  const found = typeof value === 'string' && /^\s*\{/.test(value) ? jsonInside(value) : value
  return found === '' ? null : found
}, z.custom<Json>(isJson, 'expected an object').nullish())

/** The object with the first letter of every key made small, as Microsoft sends both. */
export const camel = (object: Json): Json => {
  // Without a prototype, so that `__proto__` is a key like any other.
  const small: Record<string, unknown> = Object.create(null)
  for (const key of Object.keys(object)) {
    const first = key.charCodeAt(0)
    const name = first >= 97 && first <= 122 ? key : key.slice(0, 1).toLowerCase() + key.slice(1)
    if (key === name || !Object.hasOwn(object, name)) small[name] = object[key]
  }
  return small
}

/** What zod found wrong with `input`, in our words. */
export const problemsOf = (error: z.ZodError, input: unknown): readonly Problem[] =>
  error.issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.map((step): Step => (typeof step === 'number' ? step : String(step)))
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path, says: `${quote(key)} is not a field Winnow knows; leave it out` }))
    }
    if (issue.code === 'invalid_type') {
      const found = at(input, path)
      const but = found === undefined ? 'but it is missing' : `not ${kindOf(found)}`
      return [{ path, says: `expected ${words[issue.expected] ?? issue.expected}, ${but}` }]
    }
    return [{ path, says: issue.message }]
  })

/** What a value is, in words. */
export const kindOf = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : quote(value)
  return words[typeof value] ?? `a ${typeof value}`
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

const at = (input: unknown, path: readonly Step[]): unknown => {
  let value = input
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)]
    else if (isJson(value)) value = own(value, String(step))
    else return undefined
  }
  return value
}
