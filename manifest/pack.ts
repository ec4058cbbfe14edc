import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import { type Particulars, fill } from './fill.js'
import { zip } from './zip.js'

/**
 * The app package that an administrator uploads to Teams, as a zip: the manifest, filled in, and the icons of that folder.
 *
 * Fault `manifest/unreadable` when one of the three is missing or the manifest is not JSON.
 */
export const pack = async (folder: string, particulars: Particulars): Promise<Buffer> => {
  const read = (path: string): Promise<Buffer> => readFile(join(folder, path)).catch(unreadable(path))
  const text = (await read('manifest.json')).toString('utf8')
  const template = await Promise.resolve(text)
    .then((json): unknown => JSON.parse(json))
    .catch(unreadable('manifest.json'))
  const manifest = Buffer.from(`${JSON.stringify(fill(template, particulars), null, 2)}\n`)
  const icons = ['color.png', 'outline.png'].map(async (path) => ({ path, bytes: await read(path) }))
  return zip([{ path: 'manifest.json', bytes: manifest }, ...(await Promise.all(icons))])
}

const unreadable =
  (path: string) =>
  (cause: unknown): never => {
    throw new Fault('manifest/unreadable', `manifest/${path} can't be read; restore it from the repository.`, { cause })
  }
