import { z } from 'zod'
import { winnowPayload } from './winnow.js'

/** The JSON Schema of Winnow's own JSON, made from the very schema that reads it; `alert.schema.json` is this, written down. */
export const alertJsonSchema = (): object => ({
  ...z.toJSONSchema(winnowPayload, { io: 'input' }),
  title: 'Alerts for Winnow',
  description: 'What POST /api/alerts takes from senders that have no format of their own: one alert, or several.',
})
