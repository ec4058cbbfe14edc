import type { Involved } from '../../triage/alert.js'

/**
 * Ids in the forms in which they are compared: lower case, each once. A guest's user name
 * (`kim_fabrikam.example#EXT#@contoso.example`) also counts as the address it was made from, and Teams' `8:orgid:…` as the object
 * id in it. Empty ids are left out.
 */
export const comparable = (ids: readonly (string | null | undefined)[]): ReadonlySet<string> =>
  new Set(ids.flatMap((id) => (id ? forms(id.normalize('NFKC').trim().toLowerCase()) : [])))

const forms = (id: string): readonly string[] => {
  const guest = /^(.+)_([^_@]+)#ext#@/.exec(id)
  const user = /^8:orgid:(.+)$/.exec(id)
  return [id, ...(guest ? [`${guest[1]}@${guest[2]}`] : []), ...(user?.[1] ? [user[1]] : [])].filter(
    (one) => one !== '',
  )
}

/** The ids by which an alert names someone; a name that is written like an address is one. */
export const idsIn = ({ upn, objectId, name }: Involved): ReadonlySet<string> =>
  comparable([upn, objectId, name !== null && /^[^\s@]+@[^\s@]+$/.test(name) ? name : null])
