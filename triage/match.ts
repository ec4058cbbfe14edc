import type { Alert, Reading } from './alert.js'
import type { Guide } from './guide.js'
import { onceFor } from './once-for.js'

/** A reading with its type, and why that guide was chosen. */
export type Match = { readonly alert: Alert; readonly guide: Guide; readonly rule: string }

/** The type of the generic guide, for alerts no other guide knows. */
export const generic = 'other'

/**
 * Choose the guide for an alert: by the source's own key first, then by title within the product's family.
 *
 * A key of a custom policy (`CABINET_…`) that no guide names is never matched by title: anyone can name a policy after an anomaly.
 */
export const match = (reading: Reading, guides: readonly Guide[]): Match => {
  const found = byKey(reading, guides) ?? byTitle(reading, guides)
  if (found) return { alert: alertOf(reading, found.guide.type, found.guide), ...found }
  const other = guides.find(({ type }) => type === generic)
  if (!other) throw new RangeError(`the guides lack '${generic}'`)
  return { guide: other, rule: 'no guide knows it', alert: alertOf(reading, reading.key ?? generic, other) }
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

/** What guides are known by, made once for the same guides: each alert asks. */
type Index = { readonly keys: ReadonlyMap<string, Guide>; readonly titles: readonly Titled[] }
type Titled = { readonly guide: Guide; readonly titles: readonly string[] }

const indexOf = onceFor((guides: readonly Guide[]): Index => {
  const keys = new Map<string, Guide>()
  for (const guide of guides)
    for (const key of [guide.type, ...guide.matches.keys].map(plainKey)) if (!keys.has(key)) keys.set(key, guide)
  const titles = guides.map((guide) => ({
    guide,
    titles: [...(guide.sharesTitle === null ? [guide.title] : []), ...guide.matches.titles].map(plainTitle),
  }))
  return { keys, titles }
})

const byKey = ({ key }: Reading, guides: readonly Guide[]): Found | null => {
  if (key === null) return null
  const guide = indexOf(guides).keys.get(plainKey(key))
  return guide ? { guide, rule: `key ${key}` } : null
}

const byTitle = ({ key, title, family }: Reading, guides: readonly Guide[]): Found | null => {
  if (family === 'elsewhere' || (key !== null && plainKey(key).startsWith('cabinet_'))) return null
  const wanted = plainTitle(title)
  const guide = indexOf(guides).titles.find(
    (one) => (family === null || one.guide.family === family) && one.titles.includes(wanted),
  )?.guide
  return guide && guide.type !== generic ? { guide, rule: `title “${title}”` } : null
}

const alertOf = (reading: Reading, type: string, { severity }: Guide): Alert => ({
  // Not behind what is copied: for each new key there V8 makes a shape anew for every alert.
  type,
  ...reading,
  severity: reading.severity ?? severity,
})
