import { writeFile } from 'node:fs/promises'
import { colourIcon, outlineIcon } from './icons.js'
import { png } from './png.js'

// `npm run icons`: draw the icons of the app package anew, after a change to icons.ts.
await writeFile(new URL('color.png', import.meta.url), png(colourIcon()))
await writeFile(new URL('outline.png', import.meta.url), png(outlineIcon()))
