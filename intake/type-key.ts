import type { Family } from '../triage/alert.js'
import { cut, given, longest } from './text.js'

/** What a source calls a type of alert, and whether the name says that it was made on request. */
export type TypeKey = { readonly key: string | null; readonly simulated: boolean }

/** The key without blanks in it, without `SIMULATED_`, and without the `MCAS_ALERT_` or `ALERT_` some doors put before it. */
export const typeKey = (value: unknown): TypeKey => {
  const raw = (given(value) ?? '').slice(0, 4 * longest).replace(/\s+/g, '')
  const key = raw.replace(/^SIMULATED_/i, '')
  return { key: cut(key.replace(/^(?:MCAS_)?ALERT_/i, ''), longest) || null, simulated: key !== raw }
}

/** True for the keys of Defender for Resource Manager; one of them is published without its first letter. */
export const isResourceManagerKey = (key: string): boolean =>
  (/^arm[_.]/i.test(key) && !isCloudAppsKey(key)) || key.toLowerCase() === 'rm_microburst.azurermvmbulkcmd'

/** True for keys of Defender for Cloud Apps: by its names for detections and policies, or as Resource Manager passes them on. */
export const isCloudAppsKey = (key: string): boolean => /^(?:arm[_.]mcas_|anubis_|cabinet_|ueba_)/i.test(key)

/** The product of an alert of Defender for Cloud, by its key. */
export const familyOfKey = (key: string): Family =>
  isCloudAppsKey(key) ? 'cloud-apps' : isResourceManagerKey(key) ? 'resource-manager' : 'elsewhere'

/** True for a name that says something to people: no GUID, no number, no hash. */
export const isReadableKey = (text: string): boolean =>
  /^[a-z][\w.-]*$/i.test(text) && !/^[0-9a-f-]{12,}$/i.test(text) && !guidInside.test(text)

const guidInside = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i
