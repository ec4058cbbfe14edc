import type { Involved } from '../../triage/alert.js'

/**
 * Ids in the forms in which they are compared: lower case, each once. A guest's user name
 * (`kim_fabrikam.example#EXT#@contoso.example`) also counts as the address it was made from, and Teams' `8:orgid:…` as the object
 * id in it. Empty ids are left out.
 */
export const comparable = (ids: Iterable<string | null | undefined>): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const one of ids) {
    const id = one?.normalize('NFKC').trim().toLowerCase() ?? ''
    if (id === '') continue
    found.add(id)
    // Few have either mark, and each click compares many.
    const guest = id.includes('#ext#@') ? /^(.+)_([^_@]+)#ext#@/.exec(id) : null
    if (guest) found.add(`${guest[1]}@${guest[2]}`)
    const user = id.startsWith('8:orgid:') ? id.slice('8:orgid:'.length) : ''
    if (user !== '') found.add(user)
  }
  return found
}

/** The ids by which an alert names someone; a name that is written like an address is one. */
export const idsIn = ({ upn, objectId, name }: Involved): ReadonlySet<string> =>
  comparable([upn, objectId, name !== null && /^[^\s@]+@[^\s@]+$/.test(name) ? name : null])
