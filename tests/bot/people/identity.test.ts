import assert from 'node:assert/strict'
import { openIdentity } from '../../../bot/people/identity.js'
import { comparable } from '../../../bot/people/person-ids.js'

describe('bot/people/identity', () => {
  /** Sources that know each of these people by all of these ids. */
  const knows =
    (...people: readonly (readonly string[])[]) =>
    (ids: readonly string[]) =>
      people.filter((one) => one.some((id) => comparable(ids).has(id.toLowerCase()))).flat()
  const open = (inRoster: readonly (readonly string[])[] = [], inDirectory: readonly (readonly string[])[] = []) => {
    const directory = knows(...inDirectory)
    return openIdentity({
      roster: { idsOf: knows(...inRoster) },
      directory: { idsOf: async (ids) => directory(ids) },
    })
  }
  const kim = { upn: 'Kim@Contoso.example', objectId: null, name: 'Kim' }
  const named = (identity: ReturnType<typeof open>, id: string, ...people: readonly (typeof kim)[]) =>
    identity.isNamed([id], { people })

  it('knows someone by the id an alert gives, in any case', async () => {
    assert.equal(await named(open(), 'kim@contoso.EXAMPLE', kim), true)
    assert.equal(await named(open(), 'u-kim', kim), false)
    assert.equal(await named(open(), 'u-kim'), false)
  })

  it('knows someone by what the roster has for them, or the directory', async () => {
    assert.equal(await named(open([['U-KIM', '29:1Kim', 'kim@contoso.example']]), 'u-kim', kim), true)
    assert.equal(await named(open([], [['u-kim', 'kim@contoso.example']]), 'u-kim', kim), true)
    assert.equal(await named(open([['u-ben', 'ben@contoso.example']]), 'u-ben', kim), false)
  })

  it('goes from the one to the other: an object id in the roster, the mailbox to its user name in the directory', async () => {
    const identity = open([['29:1kim', 'u-kim']], [['u-kim', 'kim@contoso.example']])
    assert.equal(await named(identity, '29:1kim', kim), true)
  })

  it('asks for whom the alert names as well: a source may know the object id to a user name, and not the other way', async () => {
    const directory = {
      idsOf: async (ids: readonly string[]) => (ids.includes('kim@contoso.example') ? ['U-KIM'] : []),
    }
    assert.equal(
      await openIdentity({ roster: { idsOf: () => [] }, directory }).isNamed(['u-kim'], { people: [kim] }),
      true,
    )
  })

  it('finds a guest by the address their guest name was made from', async () => {
    const guest = { ...kim, upn: 'kim_fabrikam.example#EXT#@contoso.example' }
    assert.equal(await named(open([['u-kim', 'kim@fabrikam.example']]), 'u-kim', guest), true)
  })

  it('looks at everyone the alert names, and takes a mere name for no one', async () => {
    const eve = { ...kim, upn: 'eve@contoso.example' }
    const identity = open([['u-kim', 'kim@contoso.example', 'Kim']])
    assert.equal(await named(identity, 'u-kim', eve, kim), true)
    assert.equal(await identity.isNamed(['u-kim'], { people: [{ upn: null, objectId: null, name: 'Kim' }] }), false)
  })
})
