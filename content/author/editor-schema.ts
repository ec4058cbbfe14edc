import * as z from 'zod'
import { guideFile } from '../load/schema.js'

/** The JSON Schema of a guide file, as text, for editors to check and complete what authors write. */
export const editorSchema = (): string => {
  const schema = z.toJSONSchema(guideFile, { io: 'input' })
  return `${JSON.stringify({ title: 'A Winnow guide', ...schema }, null, 2)}\n`
}
