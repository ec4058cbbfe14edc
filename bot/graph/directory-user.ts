import { z } from 'zod'

/** Somebody as Graph knows them; `ids` are all the names they go by, as Graph writes them. */
export type GraphUser = {
  readonly id: string
  readonly name: string
  readonly ids: readonly string[]
  readonly isGuest: boolean
  readonly isEnabled: boolean
}

/** What Graph is asked for about somebody. */
export const userFields = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'otherMails',
  'proxyAddresses',
  'userType',
  'accountEnabled',
].join(',')

/** Read a user; null when it is none that can be understood. */
export const parseUser = (body: unknown): GraphUser | null => {
  const { data } = user.safeParse(body)
  if (!data) return null
  const { id, displayName, userPrincipalName, mail, otherMails, proxyAddresses, userType, accountEnabled } = data
  const addresses = (proxyAddresses ?? []).map((one) => one.replace(/^smtp:/i, '')).filter((one) => one.includes('@'))
  const ids = [id, userPrincipalName, mail, ...(otherMails ?? []), ...addresses].flatMap((one) => one ?? [])
  return {
    id: id.toLowerCase(),
    name: displayName ?? userPrincipalName ?? id,
    ids: [...new Set(ids)].slice(0, mostIds),
    isGuest: userType === 'Guest' || /#EXT#@/i.test(userPrincipalName ?? ''),
    // Graph leaves it out for whom nothing is switched off.
    isEnabled: accountEnabled !== false,
  }
}

/** Read what stands in the place of a manager: a user, or a contact, who has no account to answer with. */
export const parseManager = (body: unknown): GraphUser | { readonly contact: string } | null => {
  const { data } = object.safeParse(body)
  if (!data) return null
  const kind = data['@odata.type']
  return kind === undefined || kind === '#microsoft.graph.user'
    ? parseUser(body)
    : { contact: data.displayName ?? data.mail ?? '' }
}

/** The users of an answer that lists some; null when it is none that can be understood. */
export const parseUsers = (body: unknown): readonly GraphUser[] | null =>
  page.safeParse(body).data?.value.flatMap((one) => parseUser(one) ?? []) ?? null

/** So many names of one person are compared. */
const mostIds = 60

const text = z.string().nullish()
const user = z.object({
  id: z.guid(),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  otherMails: z.array(z.string()).nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
  userType: text,
  accountEnabled: z.boolean().nullish(),
})
const object = z.object({ '@odata.type': z.string().optional(), displayName: text, mail: text })
const page = z.object({ value: z.array(z.unknown()) })
