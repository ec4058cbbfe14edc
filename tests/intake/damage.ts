import fc from 'fast-check'

/** The places in a payload, each by its keys. */
export const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inside]) => placesIn(inside, [...path, key]))]
    : [path]

/** The payload with something else at one place. */
export const changed = (value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown => {
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.map((one: unknown, at) => (String(at) === key ? changed(one, rest, other) : one))
  if (typeof value !== 'object' || value === null) return other
  return Object.fromEntries(
    Object.entries(value).map(([name, one]): [string, unknown] => [
      name,
      name === key ? changed(one, rest, other) : one,
    ]),
  )
}

/** What attackers put into a field: other kinds of value, long and deep ones, signs with a meaning, and pieces of other alerts. */
export const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom<unknown>(
    null,
    '',
    'null',
    NaN,
    Infinity,
    -1,
    1e300,
    'x'.repeat(20_000),
    '[{"Type":"account"'.repeat(500),
    '[['.repeat(5_000),
    JSON.stringify({ Type: 'account', Name: 'x'.repeat(5_000) }),
    '<'.repeat(5_000),
    'a in a in '.repeat(2_000),
    '1.1.1.1 in '.repeat(500),
    'CEF:0|MCAS|SIEM_Agent|1|ALERT_X|a|1|' + 'a='.repeat(3_000),
    '\ud800\u202e\u0000',
    { toString: 1, valueOf: 2, constructor: null },
    { $ref: '2', properties: { properties: {} } },
    Array.from({ length: 2_000 }, () => ({ type: 'ip', address: '198.51.100.1' })),
  ),
)
