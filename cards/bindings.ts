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

/** What finds the first binding that data does not fill, in words; null when all are filled. */
export const gapFinder = (bindings: readonly Binding[]): ((data: object) => string | null) => {
  const whole = treeOf(bindings)
  const single = bindings.map((binding) => ({ ...binding, tree: treeOf([binding]) }))
  return (data) => {
    // Each value is looked at once, and nearly always nothing is missing.
    if (isFull(data, whole)) return null
    const gap = single.find(({ tree }) => !isFull(data, tree))
    return gap ? `\${${gap.path}} needs ${wants[gap.kind]}` : null
  }
}

/** What is wanted of a value: its kinds, what is wanted of its parts by name, and of each item of a list. */
type Wanted = {
  readonly kinds: Set<Binding['kind']>
  readonly parts: Map<string, Wanted>
  items: Wanted | null
}

const nothing = (): Wanted => ({ kinds: new Set(), parts: new Map(), items: null })

const treeOf = (bindings: readonly Binding[]): Wanted => {
  const root = nothing()
  for (const { path, kind } of bindings) {
    let at = root
    for (const step of path.split('.')) {
      const isList = step.endsWith('[]')
      const name = isList ? step.slice(0, -2) : step
      const part = at.parts.get(name) ?? nothing()
      at.parts.set(name, part)
      at = isList ? (part.items ??= nothing()) : part
    }
    at.kinds.add(kind)
  }
  return root
}

const isFull = (value: unknown, { kinds, parts, items }: Wanted): boolean => {
  for (const kind of kinds) if (!fits[kind](value)) return false
  if (items !== null) {
    if (!Array.isArray(value)) return false
    for (const item of value) if (!isFull(item, items)) return false
  }
  if (parts.size === 0) return true
  if (typeof value !== 'object' || value === null) return false
  for (const [name, part] of parts) {
    if (!Object.hasOwn(value, name) || !isFull(Reflect.get(value, name), part)) return false
  }
  return true
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

type Fit = (value: unknown) => boolean

const fits: Readonly<Record<Binding['kind'], Fit>> = {
  text: (value) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)),
  flag: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
}

const wants: Readonly<Record<Binding['kind'], string>> = {
  text: 'a text or a number',
  flag: 'true or false',
  list: 'a list',
}
