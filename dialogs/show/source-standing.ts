import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { isOver, type SourceSaid } from '../../triage/source-said.js'
import { shortTime, utc } from '../time.js'

/** Where an alert stands on its source's side, in words: "resolved as true positive (compromised account), assigned to …". Untrusted. */
export const sourceStanding = (said: SourceSaid, phrases: Phrases): string => {
  const { determination, assignedTo, changedBy } = said
  let standing = bareStanding(said, phrases) ?? classified(said.status, wordsOf(said.classification ?? ''), phrases)
  if (determination) standing = say(phrases, 'said.because', { standing, determination: wordsOf(determination) })
  if (assignedTo) standing = say(phrases, 'said.assigned', { standing, name: assignedTo })
  if (changedBy && changedBy !== assignedTo) standing = say(phrases, 'said.by', { standing, name: changedBy })
  return standing
}

/** The same with what is ours alone, for where no text of a source may stand; null for a classification we have no words for. */
export const bareStanding = ({ status, classification }: SourceSaid, phrases: Phrases): string | null => {
  if (!classification) return statusWords(status, phrases)
  const known = classifications.find((one) => one === classification)
  return known === undefined ? null : classified(status, say(phrases, `said.${known}`), phrases)
}

/** What each source said last of each alert of a case, with when; '' when nothing was said. Untrusted. */
export const sourcesSay = (all: readonly SourceSaid[], phrases: Phrases): string =>
  [...new Map(all.map((one) => [`${one.source}\n${one.sourceAlertId}`, one])).values()]
    .map((said) => {
      const standing = sourceStanding(said, phrases)
      const told =
        said.changedAt === null
          ? standing
          : say(phrases, 'said.when', { standing, when: shortTime(said.changedAt, utc, languageOf(phrases)) })
      return say(phrases, 'said.in', { source: say(phrases, `source.${said.source}`), standing: told })
    })
    .join('; ')

const classified = (status: SourceSaid['status'], classification: string, phrases: Phrases): string =>
  say(phrases, isOver(status) ? 'said.as' : 'said.classified', { status: statusWords(status, phrases), classification })

const statusWords = (told: SourceSaid['status'], phrases: Phrases): string => {
  const status = told ?? 'new'
  return say(phrases, `said.${status}`)
}

const classifications = [
  'truePositive',
  'falsePositive',
  'informationalExpectedActivity',
  'benignPositive',
  'undetermined',
] as const

/** `compromisedAccount` as "compromised account". */
const wordsOf = (word: string): string => word.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
