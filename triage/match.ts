import type { Alert, Reading } from './alert.js'
import type { Playbook } from './guide.js'

/** A reading with its type, and why that playbook was chosen. */
export type Match = { readonly alert: Alert; readonly playbook: Playbook; readonly rule: string }

/** The type of the generic guide, for alerts no other playbook knows. */
export const generic = 'other'

/**
 * Choose the playbook for an alert: by the source's own key first, then by title within the product's family.
 *
 * A key of a custom policy (`CABINET_…`) that no playbook names is never matched by title: anyone can name a policy after an anomaly.
 */
export const match = (reading: Reading, playbooks: readonly Playbook[]): Match => {
  const found = byKey(reading, playbooks) ?? byTitle(reading, playbooks)
  if (found) return { ...found, alert: alertOf(reading, found.playbook.type, found.playbook) }
  const other = playbooks.find(({ type }) => type === generic)
  if (!other) throw new RangeError(`the playbooks lack '${generic}'`)
  return { playbook: other, rule: 'no playbook knows it', alert: alertOf(reading, reading.key ?? generic, other) }
}

/** A type key without what sources put around it: `SIMULATED_`, `MCAS_ALERT_`, blanks; lower case. */
export const plainKey = (key: string): string =>
  key
    .replace(/\s+/g, '')
    .replace(/^SIMULATED_/i, '')
    .replace(/^(MCAS_)?ALERT_/i, '')
    .toLowerCase()

/** A title as it is compared: lower case, single blanks, without "(by user)", "(preview)", "activity" and plural endings. */
export const plainTitle = (title: string): string =>
  title
    .toLowerCase()
    .replace(/\(by user\)|[([]preview[)\]]|^preview\s*[-–:]\s*|\/region\b/g, ' ')
    .replace(/\bactivit(y|ies)\b/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/s$/, '')

type Found = Omit<Match, 'alert'>

const byKey = ({ key }: Reading, playbooks: readonly Playbook[]): Found | null => {
  if (key === null) return null
  const wanted = plainKey(key)
  const playbook = playbooks.find(({ type, matches }) => [type, ...matches.keys].some((k) => plainKey(k) === wanted))
  return playbook ? { playbook, rule: `key ${key}` } : null
}

const byTitle = ({ key, title, family }: Reading, playbooks: readonly Playbook[]): Found | null => {
  if (family === 'elsewhere' || (key !== null && plainKey(key).startsWith('cabinet_'))) return null
  const wanted = plainTitle(title)
  const playbook = playbooks.find(
    (one) =>
      (family === null || one.family === family) &&
      [...(one.sharesTitle === null ? [one.title] : []), ...one.matches.titles].some(
        (known) => plainTitle(known) === wanted,
      ),
  )
  return playbook && playbook.type !== generic ? { playbook, rule: `title “${title}”` } : null
}

const alertOf = (reading: Reading, type: string, { severity }: Playbook): Alert => ({
  ...reading,
  type,
  severity: reading.severity ?? severity,
})
