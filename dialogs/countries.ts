/** Countries by their names: ISO 3166 codes in English, anything else as it was written. */
export const countryNames = (countries: readonly string[]): string => countries.map(nameOf).join(', ')

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
const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
const nameOf = (country: string): string => (isCode.test(country) ? (names.of(country) ?? country) : country)

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
let known: ReadonlyMap<string, string> | null = null
/** Made when it is first needed: every code that has a name. Codes in lower case count as well. */
const codesByName = (): ReadonlyMap<string, string> => {
  known ??= new Map(
    letters
      .flatMap((one) => letters.map((other) => `${one}${other}`))
      .flatMap((code): readonly (readonly [string, string])[] => {
        const name = nameOf(code)
        return name === code
          ? []
          : [
              [name.toLowerCase(), code],
              [code.toLowerCase(), code],
            ]
      }),
  )
  return known
}
