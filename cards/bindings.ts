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
  const wanted = bindings.map(({ path, kind }) => ({ path, kind, steps: path.split('.') }))
  return (data) => {
    const gap = wanted.find(({ kind, steps }) => !isFilled(data, steps, 0, fits[kind]))
    return gap ? `\${${gap.path}} needs ${wants[gap.kind]}` : null
  }
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

/** True when everything that a path leads to from here is of the wanted kind. */
const isFilled = (value: unknown, steps: readonly string[], at: number, fit: Fit): boolean => {
  const step = steps[at]
  if (step === undefined) return fit(value)
  const isList = step.endsWith('[]')
  const name = isList ? step.slice(0, -2) : step
  const found =
    typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : null
  if (!isList) return isFilled(found, steps, at + 1, fit)
  return Array.isArray(found)
    ? found.every((item) => isFilled(item, steps, at + 1, fit))
    : isFilled(null, steps, at + 1, fit)
}

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
