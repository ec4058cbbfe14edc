import type * as z from 'zod'
import { nearest } from './nearest.js'
import type { Path } from './read-yaml.js'

/** What one finding of a schema means to an author: where, what is wrong, and what would be right. */
export type SchemaIssue = { readonly path: Path; readonly text: string }

/** Turn an issue of zod about `value` into findings an author can act on; unknown keys give one each. */
export const explain = (issue: z.core.$ZodIssue, value: unknown): readonly SchemaIssue[] => {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  const given = path.reduce<unknown>(step, value)
  const name = nameOf(path)
  const say = (text: string): readonly SchemaIssue[] => [{ path, text: `${name} ${text}` }]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const texts = issue.message.split('\n')
      return issue.keys.map((key, index) => ({ path: [...path, key], text: texts[index] ?? issue.message }))
    }
    case 'invalid_type':
      return say(
        given === undefined
          ? `is missing; add ${kinds[issue.expected] ?? issue.expected}`
          : `is ${kindOf(given)}; write ${kinds[issue.expected] ?? issue.expected}`,
      )
    case 'too_big':
      return typeof given === 'string'
        ? say(`has ${given.length} characters; shorten it to ${String(issue.maximum)} so that it fits on a phone`)
        : say(`has too much; ${String(issue.maximum)} is the most`)
    case 'too_small':
      return typeof given === 'string'
        ? say('is empty; write a text')
        : say(`has ${Array.isArray(given) ? given.length : 'too little'}; ${String(issue.minimum)} is the least`)
    case 'invalid_value': {
      const meant = nearest(String(given), issue.values.map(String))
      const one = `write ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
      if (given === undefined) return say(`is missing; ${one}`)
      return say(`is ${quoted(given)}; ${one}${meant ? ` (did you mean '${meant}'?)` : ''}`)
    }
    case 'invalid_key':
      return say(`is not an id; ${issue.issues[0]?.message ?? issue.message}`)
    case 'invalid_union':
      return union(issue, path, value) ?? say(`is ${kindOf(given)}; ${issue.message}`)
    default:
      return say(`is ${kindOf(given)}; ${issue.message}`)
  }
}

/** The sentence for keys a map does not have, a line each in the order of `keys`. */
export const unknownKeys = (keys: readonly string[], known: readonly string[]): string =>
  keys
    .map((key) => {
      const meant = nearest(key, known)
      return `unknown key '${key}'; ${meant ? `did you mean '${meant}'?` : `this map has ${known.join(', ')}`}`
    })
    .join('\n')

/** Of the branches of a union the one that understood most; null when none understood anything. */
const union = (issue: z.core.$ZodIssueInvalidUnion, path: Path, value: unknown): readonly SchemaIssue[] | null => {
  const deep = issue.errors.find((branch) => branch.some((one) => one.path.length > 0 || one.code !== 'invalid_type'))
  return deep ? deep.flatMap((one) => explain({ ...one, path: [...path, ...one.path] }, value)) : null
}

const step = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined

const nameOf = (path: Path): string =>
  path.length === 0
    ? 'the file'
    : `'${path.map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : `${index > 0 ? '.' : ''}${key}`)).join('')}'`

const kinds: Readonly<Record<string, string>> = {
  string: 'a text (in quotes when it looks like a number, true, false or null)',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : quoted(value)
}

const quoted = (value: unknown): string => (typeof value === 'string' ? `"${value.slice(0, 60)}"` : String(value))
