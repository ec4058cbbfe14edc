import { z } from 'zod'
import type { Particulars } from '../../manifest/fill.js'
import { Fault } from '../../triage/fault.js'

/**
 * What the app package says, from an environment. `version` is the program's own, for when `APP_VERSION` is not set.
 *
 * Nothing but these settings has to be there: a package can be made before Winnow can start. Fault `package/invalid` lists
 * everything that is wrong at once, each with what to set.
 */
export const readPackageSettings = (
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Particulars => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const { data, error } = settings.safeParse(given)
  if (!data) throw invalid(error)
  return {
    appId: data.MICROSOFT_APP_ID,
    version: data.APP_VERSION ?? version,
    developer: data.APP_DEVELOPER,
    website: data.APP_URL,
    privacy: data.APP_PRIVACY_URL ?? data.APP_URL,
    terms: data.APP_TERMS_URL ?? data.APP_URL,
  }
}

const page = z
  .url({ protocol: /^https$/, error: 'must be a whole address that begins with https://' })
  .trim()
  .max(2048, 'must be at most 2048 characters')

const settings = z.object({
  MICROSOFT_APP_ID: z
    .string("must be set to the bot's application (client) id")
    .trim()
    .pipe(z.guid('must be a GUID, as the Entra admin center shows it')),
  APP_DEVELOPER: z
    .string('must be set to the name of your organization, which Teams shows as the maker of the app')
    .trim()
    .max(32, 'must be at most 32 characters, or Teams refuses the package'),
  APP_URL: z.string('must be set to a page of yours about Winnow, such as one of your intranet').pipe(page),
  APP_PRIVACY_URL: page.optional(),
  APP_TERMS_URL: page.optional(),
  APP_VERSION: z
    .string()
    .trim()
    .regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/, 'must be three numbers, such as 1.0.3')
    .optional(),
})

const invalid = ({ issues }: z.ZodError): Fault =>
  new Fault(
    'package/invalid',
    `The app package can't be written until these settings are corrected, in the environment or in .env (see .env.example):\n${issues
      .map(({ path, message }) => `  - ${path.join('.')}: ${message}`)
      .join('\n')}`,
  )
