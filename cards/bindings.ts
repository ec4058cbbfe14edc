/** What a template wants from the data: a text or number to show, a flag for `$when`, a list for `$data`. */
export type Binding = {
  /** From the root, `[]` for every item of a list: `manager.state`, `facts[].name`. */
  readonly path: string
  readonly kind: 'text' | 'flag' | 'list'
}

/**
 * All bindings of a template, each once.
 *
 * Templates hold no logic: `${name}`, `${part.name}`, inside a list `${$root.name}` as well, and nothing else.
 * Throws an Error that names the expression otherwise.
 */
export const bindingsOf = (template: unknown): readonly Binding[] => [
  ...new Map(collect(template, '').map((binding) => [`${binding.kind} ${binding.path}`, binding])).values(),
]

/** The first binding the data does not fill, in words; null when all are filled. */
export const unfilled = (bindings: readonly Binding[], data: object): string | null => {
  for (const { path, kind } of bindings) {
    if (!valuesAt(data, path.split('.')).every(fits[kind])) return `\${${path}} needs ${wants[kind]}`
  }
  return null
}

const collect = (node: unknown, scope: string): readonly Binding[] => {
  if (typeof node === 'string') return expressionsOf(node).map((name) => ({ path: pathOf(name, scope), kind: 'text' }))
  if (Array.isArray(node)) return node.flatMap((item) => collect(item, scope))
  if (typeof node !== 'object' || node === null) return []
  const { $data, $when, ...rest }: { readonly $data?: unknown; readonly $when?: unknown } = node
  const list = $data === undefined ? null : pathOf(only($data), scope)
  const inner = list === null ? scope : `${list}[].`
  return [
    ...(list === null ? [] : [{ path: list, kind: 'list' } as const]),
    ...($when === undefined ? [] : [{ path: pathOf(only($when), inner), kind: 'flag' } as const]),
    ...Object.values(rest).flatMap((value) => collect(value, inner)),
  ]
}

const expressionsOf = (text: string): readonly string[] =>
  text
    .split('${')
    .slice(1)
    .map((rest) => {
      const name = /^((?:\$root\.)?[a-zA-Z]+(?:\.[a-zA-Z]+)*)\}/.exec(rest)?.[1]
      if (name === undefined) throw new Error(`"${text}" is more than a name in \${}; let the view work it out`)
      return name
    })

const only = (value: unknown): string => {
  const [name, ...others] = typeof value === 'string' ? expressionsOf(value) : []
  if (name === undefined || others.length > 0 || value !== `\${${name}}`) {
    throw new Error(`$data and $when take one \${name}, not ${JSON.stringify(value)}`)
  }
  return name
}

const pathOf = (name: string, scope: string): string =>
  name.startsWith('$root.') ? name.slice('$root.'.length) : scope + name

const valuesAt = (value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] => {
  if (step === undefined) return [value]
  const name = step.replace('[]', '')
  const found =
    typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : null
  if (!step.endsWith('[]')) return valuesAt(found, rest)
  return Array.isArray(found) ? found.flatMap((item) => valuesAt(item, rest)) : [null]
}

const fits: Readonly<Record<Binding['kind'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)),
  flag: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
}

const wants: Readonly<Record<Binding['kind'], string>> = {
  text: 'a text or a number',
  flag: 'true or false',
  list: 'a list',
}
