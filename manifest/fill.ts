import { Fault } from '../triage/fault.js'

/** What differs from one installation to another; each stands in the template as `{{name}}`. */
export type Particulars = {
  /** The bot's application (client) id, a GUID; the app bears it as well. */
  readonly appId: string
  /** Three numbers; a new package has to have a higher one than the installed. */
  readonly version: string
  /** Whose app it is, at most 32 characters. */
  readonly developer: string
  /** Pages about the app, its privacy and its terms, all `https:`. */
  readonly website: string
  readonly privacy: string
  readonly terms: string
}

/** The manifest for one installation. Fault `manifest/placeholder` when the template asks for something nobody knows. */
export const fill = (template: unknown, particulars: Particulars): unknown => {
  const known = new Map<string, string>(Object.entries(particulars))
  const filled = (text: string): string =>
    text.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => known.get(name) ?? unknown(name, [...known.keys()]))
  const copied = (part: unknown): unknown => {
    if (typeof part === 'string') return filled(part)
    if (Array.isArray(part)) return part.map(copied)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, copied(value)]))
  }
  return copied(template)
}

const unknown = (name: string, known: readonly string[]): never => {
  throw new Fault('manifest/placeholder', `manifest.json asks for {{${name}}}; it can have ${known.join(', ')}.`)
}
