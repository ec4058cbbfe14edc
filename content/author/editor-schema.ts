import * as z from 'zod'
import { playbookFile } from '../load/schema.js'

/** The JSON Schema of a playbook file, as text, for editors to check and complete what authors write. */
export const editorSchema = (): string => {
  const schema = z.toJSONSchema(playbookFile, { io: 'input' })
  return `${JSON.stringify({ title: 'A Winnow playbook', ...schema }, null, 2)}\n`
}
