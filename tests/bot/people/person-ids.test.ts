import assert from 'node:assert/strict'
import { comparable, idsIn } from '../../../bot/people/person-ids.js'

describe('bot/people/person-ids', () => {
  const forms = (...ids: readonly (string | null | undefined)[]) => [...comparable(ids)]

  it('are compared in lower case, each once, without empty ones', () => {
    assert.deepEqual(forms('Kim@Contoso.example', 'kim@contoso.EXAMPLE ', '', null, undefined, ' '), [
      'kim@contoso.example',
    ])
    assert.deepEqual(forms('29:1AbC', 'AAAA-bbbb'), ['29:1abc', 'aaaa-bbbb'])
  })

  it('have a guest under the address the guest name was made from as well', () => {
    const guest = 'kim_k_fabrikam.example#ext#@contoso.onmicrosoft.com'
    assert.deepEqual(forms(guest.replace('#ext#', '#EXT#')), [guest, 'kim_k@fabrikam.example'])
  })

  it('have the object id that stands in one of Teams’ own', () => {
    assert.deepEqual(forms('8:orgid:AAAA'), ['8:orgid:aaaa', 'aaaa'])
  })

  it('are what an alert gives as ids, and its name only when it is written like an address', () => {
    const ids = (name: string | null) => [...idsIn({ upn: 'Kim@x.example', objectId: 'AAAA', name })]
    assert.deepEqual(ids('Kim Karlsen'), ['kim@x.example', 'aaaa'])
    assert.deepEqual(ids(null), ['kim@x.example', 'aaaa'])
    assert.deepEqual(ids('K.Karlsen@y.example'), ['kim@x.example', 'aaaa', 'k.karlsen@y.example'])
  })
})
