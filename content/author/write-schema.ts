// Writes guide.schema.json beside this file; run it after a change to schema.ts.
import { writeFile } from 'node:fs/promises'
import { editorSchema } from './editor-schema.js'

await writeFile(new URL('../guide.schema.json', import.meta.url), editorSchema())
