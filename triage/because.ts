import type { Alert } from './alert.js'
import type { Answer } from './case.js'
import type { Guide } from './guide.js'
import { say } from './phrases.js'
import type { VerdictState } from './evaluate-verdicts.js'

/** The placeholders a guide's sentences may use, with what stands there when the alert does not tell. */
export const placeholders: Readonly<Record<string, string>> = {
  user: 'the user',
  address: 'the IP address',
  country: 'the country',
  app: 'the app',
  resource: 'the resource',
}

/** Fill a guide's sentence with the alert's facts. The result holds the source's words: untrusted. */
export const fill = (sentence: string, alert: Alert): string =>
  say({ sentence }, 'sentence', { ...placeholders, ...factsOf(alert) })

/** The because: the verdict's sentence, and the answers that decided it in the words they were given in. */
export const because = (verdictState: VerdictState, alert: Alert, guide: Guide, answers: readonly Answer[]): string => {
  const decided = guide.checks.flatMap(({ id, ask, options }) => {
    const given = verdictState.deciding.includes(id) ? answers.find(({ check }) => check === id) : undefined
    const option = options.find((one) => one.id === given?.option)
    return given && option ? [`${given.ask ?? ask} ${given.text ?? option.text}.`] : []
  })
  return [fill(verdictState.verdict.because, alert), ...decided].join(' ')
}

const factsOf = (alert: Alert): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      user: list(alert.people.slice(0, 3).map(({ upn, name, objectId }) => upn ?? name ?? objectId ?? '')),
      address: list(alert.addresses.slice(0, 3).map(({ ip }) => ip)),
      country: list(alert.addresses.slice(0, 3).map(({ country }) => nameOfCountry(country ?? ''))),
      app: list(alert.apps.slice(0, 3)),
      resource: list(alert.resources.slice(0, 3)),
    }).filter(([, value]) => value !== ''),
  )

/** A country code as people say it; what is no code stays as it is. */
const nameOfCountry = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code)

const countries = new Intl.DisplayNames(['en'], { type: 'region' })

const list = (words: readonly string[]): string => {
  const some = [...new Set(words.filter((word) => word !== ''))]
  return some.length < 2 ? (some[0] ?? '') : `${some.slice(0, -1).join(', ')} and ${some.at(-1) ?? ''}`
}
