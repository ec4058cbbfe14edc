// The build runs this: it leaves the library beside the compiled code, read and checked, for the service to load.
import { rename, writeFile } from 'node:fs/promises'
import { isFault } from '../../triage/fault.js'
import { compiledFile, compiledText, readCompiled } from './compiled-library.js'
import { codeRoot } from './root.js'

const compileLibrary = async (folder: string): Promise<void> => {
  if (await readCompiled(folder)) return
  const { readLibrary } = await import('./read-library.js')
  const file = compiledFile(folder)
  await writeFile(`${file}.new`, compiledText(await readLibrary()))
  await rename(`${file}.new`, file)
}

await compileLibrary(codeRoot()).catch((error: unknown) => {
  console.error(isFault(error) ? error.message : error)
  process.exit(1)
})
