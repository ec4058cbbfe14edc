import type { RawAddress } from './addresses.js'
import { addresses, plainAddress } from './addresses.js'
import { compose } from './compose.js'
import { countryOf } from './countries.js'
import { listInside } from './inside.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { accounts } from './people.js'
import { isGuid } from '../triage/guid.js'
import { over, saidIn, type Told } from './source-said.js'
import { given, shown, withoutMarkup } from './text.js'
import { tactics } from './tactics.js'
import { fromEpoch, type Field } from './time.js'

/** True for an alert of the REST interface of Defender for Cloud Apps. */
export const isCloudAppsAlert = (item: Json): boolean =>
  Object.hasOwn(item, '_id') && marks.some((name) => Object.hasOwn(item, name))

/** The reading of one alert of the REST interface of Defender for Cloud Apps; closed and archived ones are ignored. */
export const readCloudApps = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const id = field('_id')
  const closed = resolutions[numberOf(own(item, 'resolutionStatusValue')) ?? 0]
  const told = saidIn(item, closed?.status ?? 'closed', {
    assignedTo: 'handledByUser',
    changedBy: 'handledByUser',
    changedAt: ['resolveTime'],
  })
  if (closed !== undefined) {
    return already(id, `closed as ${closed.is}`, { ...told, classification: closed.classification })
  }
  if (numberOf(own(item, 'statusValue')) === 2) return already(id, 'archived', told)
  const named = entitiesIn(item)
  const of = (type: string) => named.filter((entity) => own(entity, 'type') === type)
  const description = withoutMarkup(given(own(item, 'description')) ?? '')
  return compose(
    {
      id,
      title: field('title'),
      times: [{ path: ['timestamp'], value: fromEpoch(own(item, 'timestamp')) }],
    },
    {
      source: 'cloud-apps',
      family: 'cloud-apps',
      key: keyOf(item, [...of('policyRule'), ...[own(item, 'policy')].filter(isJson)]),
      description,
      severity: severities[numberOf(own(item, 'severityValue')) ?? -1] ?? null,
      ...accounts([
        ...of('account').map((entity) => ({
          upn: addressIn(own(entity, 'pa')) ?? addressIn(own(entity, 'em')) ?? addressIn(own(entity, 'label')),
          objectId: isGuid(given(own(entity, 'id')) ?? '') ? own(entity, 'id') : null,
          name: own(entity, 'label'),
          is: 'user' as const,
        })),
        ...of('user').map((entity) => ({
          upn: addressIn(own(entity, 'id')) ?? addressIn(own(entity, 'label')),
          objectId: null,
          name: given(own(entity, 'label')) ?? own(entity, 'id'),
        })),
      ]),
      addresses: addresses(placesOf(of('ip'), of('country'), description)),
      apps: [...of('service'), ...of('app'), ...of('oauthApp'), ...of('application')].map((entity) =>
        own(entity, 'label'),
      ),
      resources: [...of('file'), ...of('device'), ...of('resource')].map((entity) => own(entity, 'label')),
      tactics: tactics(listInside(own(item, 'intent')).map((intent) => intents[numberOf(intent) ?? 0])),
      link: own(item, 'URL') ?? own(item, 'url'),
      sample: false,
    },
    now,
  )
}

/** Fields that alerts of this interface have; `_id` alone is anybody's. */
const marks = ['statusValue', 'severityValue', 'idValue', 'resolutionStatusValue', 'stories', 'contextId']

const already = (id: Field, how: string, told: Told): Outcome =>
  over(`the alert ${shown(id.value)} is already ${how} in Defender for Cloud Apps`, told, [['cloud-apps', id.value]])

/** The entities, each with its type: of the flat list, and of the lists by type into which some senders sort them. */
const entitiesIn = (item: Json): readonly Json[] => [
  ...listInside(own(item, 'entities')).filter(isJson),
  ...types.flatMap((type) =>
    listInside(own(item, type))
      .filter(isJson)
      .map((entity): Json => ({ ...entity, type })),
  ),
]

const types = [
  'account',
  'user',
  'ip',
  'country',
  'service',
  'app',
  'oauthApp',
  'application',
  'policyRule',
  'file',
  'device',
  'resource',
]

/** What people wrote as a policy is never taken for an anomaly of the same name. */
const keyOf = (item: Json, policies: readonly Json[]): string | null => {
  const known = keys[numberOf(own(item, 'idValue')) ?? 0]
  if (known !== undefined) return known
  const kinds = policies.map((policy) => given(own(policy, 'policyType'))?.toUpperCase() ?? '')
  const kind = kinds.find((one) => one !== '')
  if (kind === undefined || kind === 'ANOMALY_DETECTION') return null
  return kind === 'FILE'
    ? 'CABINET_EVENT_MATCH_FILE'
    : kind === 'AUDIT' || kind === 'ACTIVITY'
      ? 'CABINET_EVENT_MATCH_AUDIT'
      : 'CABINET_POLICY'
}

/** The keys of the numbers that stand for types. */
const keys: Readonly<Record<number, string>> = {
  15859716: 'ANUBIS_DETECTION_VELOCITY',
  15728642: 'CABINET_EVENT_MATCH_FILE',
}

/**
 * Addresses with their countries. The two come in lists of their own: the description tells which belong together; else a single
 * country is that of every address, and lists of the same length are in the same order.
 */
const placesOf = (ips: readonly Json[], countries: readonly Json[], description: string): readonly RawAddress[] => {
  const all = ips.map((entity) => given(own(entity, 'id')) ?? own(entity, 'label'))
  const codes = countries.map((entity) => countryOf(given(own(entity, 'id')) ?? own(entity, 'label')))
  const told = toldIn(description, new Set(codes))
  const places = all.map((ip, at) => {
    const pair = told.find((one) => one.ip === plainAddress(given(ip) ?? ''))
    const other = codes.length === 1 ? codes[0] : codes.length === all.length ? codes[at] : null
    return { ip, country: pair ? pair.country : other }
  })
  return [...places, ...told]
}

/** Pairs such as "203.0.113.7 in Brazil", where the alert names that country as well. */
const toldIn = (description: string, codes: ReadonlySet<string | null>): readonly { ip: string; country: string }[] =>
  Array.from(description.slice(0, 8_000).matchAll(/([0-9a-fA-F:.]{7,45}) in ([\p{L} .'-]{2,40})/gu)).flatMap(
    ([, text = '', name = '']) => {
      const ip = plainAddress(text)
      const words = name.split(' ')
      const country = words
        .map((_, at) =>
          countryOf(
            words
              .slice(0, words.length - at)
              .join(' ')
              .replace(/[.\s]+$/, ''),
          ),
        )
        .find((code) => code !== null && codes.has(code))
      return ip === null || country === undefined || country === null ? [] : [{ ip, country }]
    },
  )

const addressIn = (value: unknown): string | null => {
  const text = given(value)
  return text !== null && /^[^\s@]{1,256}@[^\s@]{1,256}$/.test(text.slice(0, 600)) ? text : null
}

const numberOf = (value: unknown): number | null => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}

const severities: Readonly<Record<number, string>> = { 0: 'low', 1: 'medium', 2: 'high', 3: 'informational' }

type Resolution = Pick<Told, 'status' | 'classification'> & { readonly is: string }

const resolutions: Readonly<Record<number, Resolution>> = {
  1: { is: 'dismissed', status: 'dismissed', classification: null },
  2: { is: 'resolved', status: 'resolved', classification: null },
  3: { is: 'false positive', status: 'closed', classification: 'falsePositive' },
  4: { is: 'benign', status: 'closed', classification: 'benignPositive' },
  5: { is: 'true positive', status: 'closed', classification: 'truePositive' },
}

const intents: Readonly<Record<number, string>> = {
  1: 'PreAttack',
  2: 'InitialAccess',
  3: 'Persistence',
  4: 'PrivilegeEscalation',
  5: 'DefenseEvasion',
  6: 'CredentialAccess',
  7: 'Discovery',
  8: 'LateralMovement',
  9: 'Execution',
  10: 'Collection',
  11: 'Exfiltration',
  12: 'CommandAndControl',
  13: 'Impact',
}
