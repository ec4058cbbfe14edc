import type { Journey } from '../../triage/journey.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { countryNames } from '../countries.js'
import { escapeUntrusted } from '../escape.js'

/** The journeys of whoever was asked about, a line each, at most twenty; '' for nobody is asked back. */
export const listTravel = (journeys: readonly Journey[], who: string, phrases: Phrases): string => {
  if (who === '') return say(phrases, 'travel.which')
  if (journeys.length === 0) return say(phrases, 'travel.none', { who: escapeUntrusted(who, 60) })
  const rows = journeys.slice(0, most).map(({ who: traveler, countries, from, to, by, caseId, note }) =>
    say(phrases, 'travel.row', {
      who: escapeUntrusted(traveler, 60),
      countries: escapeUntrusted(countryNames(countries, languageOf(phrases)), 120),
      from,
      to,
      by: escapeUntrusted(by, 60),
      code: caseId,
      note: note === '' ? '' : ` “${escapeUntrusted(note, 120)}”`,
    }),
  )
  const more = journeys.length - most
  return [...rows, ...(more > 0 ? [say(phrases, 'travel.more', { count: String(more) })] : [])].join('\n')
}

const most = 20
