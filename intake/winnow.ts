import { z } from 'zod'
import { severities } from '../triage/alert.js'
import { addresses, isAddress } from './addresses.js'
import { compose, malformed } from './compose.js'
import { own, type Json, type Outcome } from './outcome.js'
import { accounts } from './people.js'
import { problemsOf } from './shape.js'
import { tactics } from './tactics.js'
import { expectedTime, timeOf, type Field } from './time.js'
import { httpsLink } from './text.js'
import { typeKey } from './type-key.js'

/** True for an alert in Winnow's own small JSON, once no other source has been recognized. */
export const isWinnowAlert = (item: Json): boolean => Object.hasOwn(item, 'id') && Object.hasOwn(item, 'title')

/** The reading of one alert in Winnow's own small JSON; fields Winnow does not know are problems. */
export const readWinnow = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const basics = { id: field('id'), title: field('title'), times: [field('occurredAt')] }
  const parsed = winnowAlert.safeParse(withPlainSeverity(withShortLists(item)))
  if (!parsed.success) return malformed(basics, problemsOf(parsed.error, item), now)

  const found = parsed.data
  const { key, simulated } = typeKey(found.type)
  const details = {
    source: 'winnow',
    family: found.family ?? null,
    key,
    description: found.description,
    severity: found.severity,
    ...accounts((found.people ?? []).map(({ upn, objectId, name }) => ({ upn, objectId, name, is: 'user' as const }))),
    addresses: addresses((found.addresses ?? []).map(({ ip, country }) => ({ ip, country }))),
    apps: found.apps ?? [],
    resources: found.resources ?? [],
    tactics: tactics(found.tactics),
    link: found.link,
    sample: simulated || found.sample === true,
  } as const
  return compose(basics, details, now)
}

/** The alert with the first 200 entries of its lists: no more than 20 are kept, and what is wrong with more helps nobody. */
const withShortLists = (item: Json): Json =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]): [string, unknown] => [
      name,
      Array.isArray(value) ? value.slice(0, 200) : value,
    ]),
  )

/** The alert with its severity in lower case: “High” is meant as it is said. */
const withPlainSeverity = (item: Json): Json => {
  const severity = own(item, 'severity')
  return typeof severity === 'string' ? { ...item, severity: severity.trim().toLowerCase() } : item
}

const texts = z.array(z.string()).nullish()

const person = z
  .strictObject({
    upn: z.string().nullish().describe('The user principal name: alex@contoso.example.'),
    objectId: z.string().nullish().describe('The Entra object id, a GUID.'),
    name: z.string().nullish().describe('The name people know them by.'),
  })
  .refine(({ upn, objectId, name }) => Boolean(upn ?? objectId ?? name), 'expected upn, objectId or name')

const address = z.strictObject({
  ip: z.string().refine(isAddress, 'expected an IPv4 or IPv6 address').describe('An IPv4 or IPv6 address.'),
  country: z.string().nullish().describe('Where it is: an ISO 3166 code of two letters, or a name.'),
})

/** One alert in Winnow's own JSON, as senders write it. */
export const winnowAlert = z
  .strictObject({
    id: z
      .string()
      .min(1, 'expected an id that is not empty')
      .max(512, 'expected at most 512 characters')
      .describe('What makes this alert this one: the same id again opens no second case.'),
    title: z
      .string()
      .min(1, 'expected a title that is not empty')
      .describe('What happened, in a line. Cut to 300 characters.'),
    type: z
      .string()
      .nullish()
      .describe('The type of the alert, where the sender knows it: impossible-travel. Without it the title decides.'),
    family: z
      .enum(['cloud-apps', 'resource-manager'], 'expected "cloud-apps" or "resource-manager"')
      .nullish()
      .describe('The product that detected it, for alerts that come from one of these two.'),
    description: z.string().nullish().describe('What is known. Plain text, cut to 8,000 characters.'),
    severity: z
      .enum([...severities, 'critical'], 'expected "informational", "low", "medium" or "high"')
      .nullish()
      .describe('How bad it is; without it the guide for the type decides. “critical” is read as high.'),
    occurredAt: z
      .string()
      .refine((text) => timeOf(text) !== null, `expected ${expectedTime}`)
      .nullish()
      .describe('When it happened, ISO 8601: 2026-03-01T09:30:00Z. Without it, the time of arrival.'),
    people: z.array(person).nullish().describe('Whom it concerns, the first foremost; at most 20 are kept.'),
    addresses: z.array(address).nullish().describe('From where; at most 20 are kept.'),
    apps: texts.describe('Which apps, by name; at most 20 are kept.'),
    resources: texts.describe('Which resources, by id or name; at most 20 are kept.'),
    tactics: texts.describe('MITRE ATT&CK tactics: initial-access.'),
    link: z
      .string()
      .refine((text) => httpsLink(text) !== null, 'expected an address that begins with https:// and has no user name')
      .nullish()
      .describe('Where to see the alert in its own portal; https only.'),
    sample: z.boolean().nullish().describe('True when it is only a trial.'),
  })
  .meta({ id: 'alert', description: 'One alert.' })

/** A payload in Winnow's own JSON: one alert, or several. */
export const winnowPayload = z.union([
  winnowAlert,
  z.strictObject({
    alerts: z
      .array(winnowAlert)
      .describe('Several alerts. One that is damaged is named in the answer and does not cost the others.'),
  }),
])
