import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { Fault } from '../triage/fault.js'
import { type Particulars, fill } from './fill.js'

/**
 * The app package that an administrator uploads to Teams, as a zip: the manifest, filled in, and the icons of that folder. The same
 * files give the same bytes, whenever and wherever they are packed. With `installsItself` the bot's registration may install it for people.
 *
 * Fault `manifest/unreadable` when one of the three is missing or the manifest is not JSON.
 */
export const pack = async (
  folder: string,
  particulars: Particulars,
  { installsItself = false }: { readonly installsItself?: boolean } = {},
): Promise<Buffer> => {
  const read = (path: string): Promise<Buffer> => readFile(join(folder, path)).catch(unreadable(path))
  const text = (await read('manifest.json')).toString('utf8')
  const template = await Promise.resolve(text)
    .then((json): unknown => JSON.parse(json))
    .catch(unreadable('manifest.json'))
  const { appId } = particulars
  const filled = {
    ...Object(fill(template, particulars)),
    // By this Teams knows whose registration may install the app.
    ...(installsItself && { webApplicationInfo: { id: appId, resource: `api://botid-${appId}` } }),
  }
  const manifest = Buffer.from(`${JSON.stringify(filled, null, 2)}\n`)
  const [color, outline] = await Promise.all([read('color.png'), read('outline.png')])
  const files = { 'manifest.json': manifest, 'color.png': color, 'outline.png': outline }
  return Buffer.from(zipSync(files, { mtime: firstDay }))
}

/** The first day a zip knows, in the zone of this machine, as zips have it. */
const firstDay = new Date(1980, 0, 1)

const unreadable =
  (path: string) =>
  (cause: unknown): never => {
    throw new Fault('manifest/unreadable', `manifest/${path} can't be read; restore it from the repository.`, { cause })
  }
