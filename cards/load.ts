import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import type { Phrases } from '../triage/phrases.js'
import { type Languages, type Render, type Templates, ending, openRenderer, parse } from './render.js'

/** Read, check and draw with all `<name>.card.json` of a folder, in these languages. Its faults are those of `readTemplates`. */
export const loadCards = async (folder: string, languages: Languages = {}): Promise<Render> =>
  openRenderer(await readTemplates(folder, languages['en']), languages).render

/**
 * Read all `<name>.card.json` of a folder, once.
 *
 * Fault `cards/bad-template`: the folder or a template cannot be read, a template asks for more than `bindingsOf`
 * allows, or for a word that English lacks.
 */
export const readTemplates = async (folder: string, english: Phrases = {}): Promise<Templates> => {
  const files = (await entries(folder)).filter((file) => file.endsWith(ending)).toSorted()
  if (files.length === 0) throw bad(folder, `there is no *${ending} in it`)
  const named = files.map(async (file) => {
    const name = file.slice(0, -ending.length)
    return [name, await checked(name, join(folder, file), english)] as const
  })
  return Object.fromEntries(await Promise.all(named))
}

const entries = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (error) {
    throw bad(folder, 'the folder cannot be read', error)
  }
}

const checked = async (name: string, file: string, english: Phrases): Promise<object> => {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof json !== 'object' || json === null) throw new Error('it holds no object')
    parse(name, json, english)
    return json
  } catch (error) {
    throw bad(file, error instanceof Error ? error.message : String(error), error)
  }
}

const bad = (path: string, why: string, cause?: unknown): Fault =>
  new Fault('cards/bad-template', `Cannot use the card templates in ${path}: ${why}.`, { cause })
