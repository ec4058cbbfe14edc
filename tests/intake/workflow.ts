import assert from 'node:assert/strict'

/** What a workflow is told: what started it, its parameters, and what the services it asks answer, by the name of the action. */
export type Told = {
  readonly trigger?: unknown
  readonly parameters: Readonly<Record<string, string>>
  readonly answers?: Readonly<Record<string, unknown>>
}

/** A request that a workflow sends to Winnow. */
export type Sent = {
  readonly path: string
  readonly method: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly authentication: Json
}

/**
 * What a Logic App of that definition sends to Winnow: its actions run in their order, and requests to anybody else are answered
 * as told. It knows the kinds of actions and the functions that the recipes use, and fails at any other.
 */
export const sentBy = (definition: Json, told: Told): readonly Sent[] => {
  const sent: Sent[] = []
  run(objectIn(definition['actions']), { ...told, bodies: new Map(), items: new Map(), item: undefined }, sent)
  return sent
}

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>

type Scope = Told & {
  readonly bodies: Map<string, unknown>
  readonly items: ReadonlyMap<string, unknown>
  readonly item: unknown
}

/** True for an object that is not a list. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value, which must be an object. */
export const objectIn = (value: unknown): Json => (isJson(value) ? value : assert.fail(`no object: ${String(value)}`))

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : assert.fail('no list'))

const run = (actions: Json, scope: Scope, sent: Sent[]): void => {
  const waiting = new Map(Object.entries(actions))
  const done = new Set<string>()
  while (waiting.size > 0) {
    const [next] = [...waiting].filter(([, action]) =>
      Object.keys(objectIn(objectIn(action)['runAfter'])).every((name) => done.has(name)),
    )
    assert.ok(next, `nothing runs before ${[...waiting.keys()].join()}`)
    const [name, action] = next
    perform(name, objectIn(action), scope, sent)
    waiting.delete(name)
    done.add(name)
  }
}

const perform = (name: string, action: Json, scope: Scope, sent: Sent[]): void => {
  const inputs = isJson(action['inputs']) ? action['inputs'] : {}
  switch (action['type']) {
    case 'Http':
      return void scope.bodies.set(name, request(name, inputs, scope, sent))
    case 'Select': {
      const from = listIn(value(inputs['from'], scope))
      return void scope.bodies.set(
        name,
        from.map((item) => value(inputs['select'], { ...scope, item })),
      )
    }
    case 'Query': {
      const from = listIn(value(inputs['from'], scope))
      return void scope.bodies.set(
        name,
        from.filter((item) => value(inputs['where'], { ...scope, item }) === true),
      )
    }
    case 'Foreach':
      for (const item of listIn(value(action['foreach'], scope))) {
        run(objectIn(action['actions']), { ...scope, items: new Map([...scope.items, [name, item]]) }, sent)
      }
      return
    case 'If': {
      const [condition] = listIn(objectIn(action['expression'])['and'])
      const [left, right] = listIn(objectIn(condition)['greater']).map((one) => value(one, scope))
      return run(
        objectIn(Number(left) > Number(right) ? action['actions'] : objectIn(action['else'])['actions']),
        scope,
        sent,
      )
    }
    default:
      assert.fail(`an action of another type: ${String(action['type'])}`)
  }
}

const request = (name: string, raw: Json, scope: Scope, sent: Sent[]): unknown => {
  const { uri, method, headers = {}, body, authentication = {} } = objectIn(deep(raw, scope))
  const winnow = scope.parameters['winnow'] ?? assert.fail('no address of Winnow')
  assert.ok(typeof uri === 'string' && URL.canParse(uri), `no address: ${String(uri)}`)
  if (uri.startsWith(`${winnow}/`)) {
    const texts = Object.entries(objectIn(headers)).map(([key, text]): [string, string] => [
      key.toLowerCase(),
      String(text),
    ])
    const path = uri.slice(winnow.length)
    sent.push({ path, method, headers: Object.fromEntries(texts), body, authentication: objectIn(authentication) })
    return {}
  }
  assert.ok(scope.answers !== undefined && name in scope.answers, `nobody answers ${name}`)
  return scope.answers[name]
}

/** A value with all expressions in it worked out. */
const deep = (raw: unknown, scope: Scope): unknown => {
  if (Array.isArray(raw)) return raw.map((one) => deep(one, scope))
  if (isJson(raw)) return Object.fromEntries(Object.entries(raw).map(([key, one]) => [key, deep(one, scope)]))
  return value(raw, scope)
}

/** `@f()` is a value of any kind; `@{f()}` within a text is put in as text. */
const value = (raw: unknown, scope: Scope): unknown => {
  if (typeof raw !== 'string') return raw
  if (/^@[^{@]/.test(raw)) return evaluate(raw.slice(1), scope)
  return raw.replace(/@\{((?:[^{}']|'[^']*')*)\}/g, (_, inside: string) => String(evaluate(inside, scope)))
}

const evaluate = (text: string, scope: Scope): unknown => {
  const tokens = [...text.matchAll(/\s*(?:'((?:[^']|'')*)'|(-?\d+)|([A-Za-z]\w*)|(\?\[|[()[\],]))/gy)]
  assert.equal(tokens.map(([all]) => all).join(''), text.trimEnd(), `cannot be read: ${text}`)
  let at = 0
  const mark = () => tokens[at]?.[4]
  const take = (wanted: string) => (mark() === wanted ? void (at += 1) : assert.fail(`expected ${wanted} in ${text}`))
  const term = (): unknown => {
    const [, quoted, digits, name] = tokens[at] ?? []
    at += 1
    let found: unknown
    if (quoted !== undefined) found = quoted.replaceAll("''", "'")
    else if (digits !== undefined) found = Number(digits)
    else {
      take('(')
      const values: unknown[] = []
      while (mark() !== ')') {
        values.push(term())
        if (mark() === ',') at += 1
      }
      take(')')
      found = call(name ?? assert.fail(`no term in ${text}`), values, scope)
    }
    while (mark() === '[' || mark() === '?[') {
      const isSafe = mark() === '?['
      at += 1
      const key = String(term())
      take(']')
      assert.ok(isSafe || isJson(found), `nothing to look ${key} up in`)
      found = isJson(found) ? found[key] : undefined
    }
    return found
  }
  const result = term()
  assert.equal(at, tokens.length, `more than one term in ${text}`)
  return result
}

const call = (name: string, values: readonly unknown[], scope: Scope): unknown => {
  const [first, second] = values
  switch (name) {
    case 'triggerBody':
      return scope.trigger
    case 'parameters':
      return scope.parameters[String(first)] ?? assert.fail(`no parameter ${String(first)}`)
    case 'body':
      return scope.bodies.has(String(first))
        ? scope.bodies.get(String(first))
        : assert.fail(`no answer of ${String(first)}`)
    case 'items':
      return scope.items.get(String(first)) ?? assert.fail(`no loop ${String(first)}`)
    case 'item':
      return scope.item
    case 'json':
      return JSON.parse(String(first))
    case 'base64ToString':
      return Buffer.from(String(first), 'base64').toString()
    case 'encodeURIComponent':
      return encodeURIComponent(String(first))
    case 'equals':
      return first === second
    case 'or':
      return values.includes(true)
    case 'length':
      return listIn(first).length
    case 'utcNow':
      return '2026-03-10T12:00:00.000Z'
    case 'addMinutes':
      return new Date(Date.parse(String(first)) + Number(second) * 60_000).toISOString()
    case 'formatDateTime':
      return String(first).slice(0, 19)
    case 'ticks':
      return BigInt(Date.parse(`${String(first).slice(0, 10)}T00:00:00Z`)) * 10_000n + 621_355_968_000_000_000n
    case 'sub':
      return BigInt(String(first)) - BigInt(String(second))
    case 'div':
      return Number(BigInt(String(first)) / BigInt(String(second)))
    default:
      return assert.fail(`a function that the recipes do not use: ${name}`)
  }
}
