import { writeFileSync } from 'node:fs'
import { alertJsonSchema } from './schema.js'

// Run by hand after a change to the schema: tsx intake/write-schema.ts
writeFileSync(new URL('alert.schema.json', import.meta.url), `${JSON.stringify(alertJsonSchema(), null, 2)}\n`)
