import type { Guide, Verdict } from '../../triage/guide.js'

/** What a guide that can be loaded still lacks to lead to a verdict one can defend: sentences for its author, each with a remedy. */
export const lacks = (guide: Guide): readonly string[] => [
  ...proofless(guide),
  ...recordless(guide),
  ...undecided(guide),
  ...mixedUp(guide),
  ...askingNoOne(guide),
]

/** What every TP recommends, whatever else it does. */
const always = ['review-activity', 'preserve-evidence']

const proofless = ({ verdicts }: Guide): readonly string[] =>
  verdicts
    .filter((verdict) => verdict.class === 'TP')
    .flatMap((verdict) =>
      always
        .filter((id) => !has(verdict, id))
        .map((id) => `'${verdict.id}' is a TP without ${id}: add it, so that nothing is missed or lost`),
    )

/** True when a check of the guide asks for a record by name. */
const asksForRecord = ({ checks }: Guide): boolean =>
  checks.some(({ ask, options }) => recordWords.test([ask, ...options.map(({ text }) => text)].join(' ')))

const recordWords =
  /record|ticket|\bchange\b|approv|scheduled|calendar|drill|pipeline|registered|booking|\bHR\b|contract/i

const recordless = (guide: Guide): readonly string[] =>
  asksForRecord(guide)
    ? []
    : ['no check asks for a record (ticket, change, test, drill, HR): add one where the benign reading rests on it']

const undecided = ({ checks }: Guide): readonly string[] => {
  const count = checks.filter(({ decides }) => decides).length
  return count >= Math.min(2, checks.length) && count <= 4
    ? []
    : [`${count} checks are marked as deciding: mark the two to four that mostly decide with decides: true`]
}

/** A person and an app are stopped by different ids; where a verdict has both, each says when. */
const mixedUp = ({ verdicts }: Guide): readonly string[] =>
  verdicts.flatMap((verdict) => {
    const app = verdict.actions.find(({ id }) => id === 'disable-service-principal')
    const person = verdict.actions.find(({ id }) => id === 'suspend-user')
    return [
      ...(app && !has(verdict, 'rotate-sp-credentials')
        ? [`'${verdict.id}' disables an app and keeps its credentials: add rotate-sp-credentials`]
        : []),
      ...(app && person && (app.when === null || person.when === null)
        ? [`'${verdict.id}' stops a person and an app: give each its when, such as "if a person called"`]
        : []),
    ]
  })

/** Undetermined says what to obtain, and from whom. */
const askingNoOne = ({ verdicts }: Guide): readonly string[] =>
  verdicts
    .filter((verdict) => verdict.class === 'undetermined')
    .filter(({ actions }) => !actions.some(({ id }) => id.startsWith('contact-') || id === 'escalate'))
    .map(({ id }) => `'${id}' asks no one: add a contact- action that says what to obtain from whom, and by when`)

const has = ({ actions }: Verdict, id: string): boolean => actions.some((action) => action.id === id)
