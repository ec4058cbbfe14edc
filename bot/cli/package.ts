import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { pack } from '../../manifest/pack.js'
import { Fault } from '../../triage/fault.js'
import { readSurroundings } from '../config/config.js'
import { readPackageSettings } from '../config/package-settings.js'
import { root } from '../config/root.js'
import { runCommand } from './run-command.js'

/** `npm run package [-- FILE]`: write the app package for Teams, with the ids and addresses of this installation. */
const main = async ([file = join('artifacts', 'winnow-app.zip')]: readonly string[]): Promise<void> => {
  const about: unknown = JSON.parse(await readFile(join(root(), 'package.json'), 'utf8'))
  const surroundings = readSurroundings()
  const particulars = readPackageSettings(surroundings, z.object({ version: z.string() }).parse(about).version)
  const installsItself = (surroundings['TEAMS_CATALOG_APP_ID'] ?? '').trim() !== ''
  const bytes = await pack(join(root(), 'manifest'), particulars, { installsItself })
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(file, bytes))
    .catch((cause: unknown) => {
      throw new Fault('package/unwritable', `${file} can't be written. Name another file: npm run package -- FILE`, {
        cause,
      })
    })
  console.log(`${file} is written: Winnow ${particulars.version} for the bot ${particulars.appId}, by ${particulars.developer}.

Upload it in the Teams admin center: Teams apps > Manage apps > Actions > Upload new app.
docs/teams-setup.md leads through the rest.`)
}

await runCommand({ usage: 'npm run package [-- FILE]', words: { least: 0, most: 1 } }, main)
