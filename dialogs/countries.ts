/** Countries by their names: ISO 3166 codes in that language, anything else as it was written. */
export const countryNames = (countries: readonly string[], language = 'en'): string =>
  countries.map((country) => nameOf(country, language)).join(', ')

/** Countries as they are typed, names or codes between commas, as codes; what is no country stays as it was typed. */
export const parseCountries = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .slice(0, 1000)
      .split(/[,;\n]+/)
      .map((part) => part.normalize('NFKC').trim().slice(0, 60))
      .filter((part) => part !== '')
      .map((part) => (isCode.test(part) ? part : (codesByName().get(part.toLowerCase()) ?? part)))
      .slice(0, 20),
  ),
]

const isCode = /^[A-Z]{2}$/
const nameOf = (country: string, language = 'en'): string =>
  isCode.test(country) ? (namesIn(language).of(country) ?? country) : country

const namesIn = (language: string): Intl.DisplayNames => {
  const known = displayNames.get(language) ?? new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  displayNames.set(language, known)
  return known
}
const displayNames = new Map<string, Intl.DisplayNames>()

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
/** The languages in which countries may be typed. */
const typedIn = ['en', 'nl', 'sv']
let known: ReadonlyMap<string, string> | null = null
/** Made when it is first needed: every code that has a name. Codes in lower case count as well. */
const codesByName = (): ReadonlyMap<string, string> => {
  known ??= new Map(
    letters
      .flatMap((one) => letters.map((other) => `${one}${other}`))
      .flatMap((code): readonly (readonly [string, string])[] => {
        const called = typedIn.map((language) => nameOf(code, language)).filter((name) => name !== code)
        return called.length === 0 ? [] : [...called, code].map((name) => [name.toLowerCase(), code])
      }),
  )
  return known
}
