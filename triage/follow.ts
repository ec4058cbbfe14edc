import type { Alert } from './alert.js'
import type { Case } from './case.js'
import type { Related } from './event.js'
import type { Follow, Guide } from './guide.js'

/** The combinations of a guide that have come true for a case, each with the newest case that came before. */
export const followed = (
  { alert, related }: Pick<Case, 'alert' | 'related'>,
  { follows }: Guide,
): readonly { readonly follow: Follow; readonly before: Related }[] =>
  follows.flatMap((follow) => {
    const before = related.find(({ type, occurredAt }) => type === follow.after && isWithin(occurredAt, alert, follow))
    return before ? [{ follow, before }] : []
  })

/** The checks that are asked first because of what came before. */
export const firstAsked = (known: Pick<Case, 'alert' | 'related'>, guide: Guide): readonly string[] => [
  ...new Set(followed(known, guide).flatMap(({ follow }) => follow.first ?? [])),
]

/** The later cases about the same person whose guides say something of this one's type having come before. */
export const preceding = (
  { id, alert }: Pick<Case, 'id' | 'alert'>,
  others: readonly Related[],
  guideOf: (type: string) => Guide,
): readonly { readonly after: Related; readonly says: string }[] => {
  const own = { caseId: id, type: alert.type, occurredAt: alert.occurredAt }
  return others
    .filter((one) => one.caseId !== id && one.occurredAt > alert.occurredAt && guideOf(one.type).type === one.type)
    .flatMap((after) =>
      followed({ alert: { ...alert, occurredAt: after.occurredAt }, related: [own] }, guideOf(after.type)).map(
        ({ follow }) => ({ after, says: follow.says }),
      ),
    )
    .slice(0, mostPreceding)
}

/** More sentences would fill the card. */
const mostPreceding = 2

/** The names under which an alert's people are known, lower case: what two alerts must share to be about the same person. */
export const peopleKeys = ({ people }: Pick<Alert, 'people'>): readonly string[] => {
  const keys: string[] = []
  for (const { upn, objectId } of people) {
    if (upn !== null) keys.push(upn.toLowerCase())
    if (objectId !== null) keys.push(objectId.toLowerCase())
  }
  return keys
}

const isWithin = (before: string, { occurredAt }: Alert, { withinDays }: Follow): boolean => {
  const days = (Date.parse(occurredAt) - Date.parse(before)) / 86_400_000
  return days >= 0 && days <= withinDays
}
