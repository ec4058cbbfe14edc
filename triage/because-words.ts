import { type Phrases, languageOf, say } from './phrases.js'

/**
 * The words that a because is joined with, as `content/phrases/en.yaml` has them; a guide in another language brings those of its
 * language (`Guide.words`).
 */
export const englishWords: Phrases = {
  'because.user': 'the user',
  'because.address': 'the IP address',
  'because.country': 'an unknown country',
  'because.app': 'the app',
  'because.resource': 'the resource',
  'because.and': '{some} and {last}',
  'because.override': 'Override by {by}: {words}',
  'because.adds': '{by} adds: {words}',
  'because.follows-up': '{by} follows up.',
  'because.open': 'Open: {asks}',
  'because.against': 'Against “{label}”: {answers}.',
  'because.asked': '{manager} (manager) was asked at {at} and has not answered.',
  'because.answered': '{manager} (manager) answered “{answer}” at {at}',
  'because.days': '{from} to {to}',
  'because.alert': 'Alert at {at}',
  'because.from': 'from {addresses}',
  'because.of-app': 'app {app}',
  'because.of-resource': 'resource {resource}',
  'because.little': 'yes, no, unknown',
  'because.answer.yes': 'yes',
  'because.answer.no': 'no',
  'because.answer.not-sure': 'not sure',
  'because.answer.not-my-report': 'not my report',
}

/** The words a guide's sentences are joined with: its own language's, else English. */
export const joinedWith = ({ words }: { readonly words?: Phrases }): Phrases => words ?? englishWords

/** One of them, filled in. */
export const joined = (words: Phrases, key: string, details: Readonly<Record<string, string>> = {}): string =>
  say(words, `because.${key}`, details)

/** Countries by their codes in the language of these words; what is no code stays as it is. */
export const countryIn = (words: Phrases, code: string): string => {
  if (!/^[A-Z]{2}$/.test(code)) return code
  const language = languageOf(words)
  const known = names.get(`${language} ${code}`)
  if (known !== undefined) return known
  const all = displayNames.get(language) ?? new Intl.DisplayNames([language], { type: 'region' })
  displayNames.set(language, all)
  const name = all.of(code) ?? code
  names.set(`${language} ${code}`, name)
  return name
}

/** The same within a sentence: “the Netherlands”, where English says so. */
export const countryInSentence = (words: Phrases, code: string): string =>
  languageOf(words) === 'en' && withArticle.has(code) ? `the ${countryIn(words, code)}` : countryIn(words, code)

const withArticle = new Set('AE BS CF CK DO FK FO GB GM IM KM KY MH MP MV NL PH SB TC UM US VG VI'.split(' '))

/** Asking for one takes microseconds, and each sentence asks for several. */
const names = new Map<string, string>()
const displayNames = new Map<string, Intl.DisplayNames>()
