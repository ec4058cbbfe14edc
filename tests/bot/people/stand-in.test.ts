import assert from 'node:assert/strict'
import type { Directory } from '../../../bot/people/directory.js'
import { openIdentity } from '../../../bot/people/identity.js'
import { openStandIn } from '../../../bot/people/stand-in.js'
import type { Involved } from '../../../triage/alert.js'
import { replay } from '../../../triage/evolve.js'
import type { Person } from '../../../triage/person.js'
import { anAlert, eve, ben, mia, wrote, caseId } from '../../support/cast.js'
import { asked, claimed } from '../../support/diary.js'

describe('bot/people/stand-in: who answers in place of a manager', () => {
  const standIn = (
    {
      deputy = null,
      above = null,
      doubtful = '',
    }: { readonly deputy?: Person | null; readonly above?: Person | null; readonly doubtful?: string },
    people: readonly Involved[] = [{ upn: 'kim@contoso.example', objectId: null, name: 'Kim' }],
  ) => {
    const opened = wrote(ben, { type: 'opened', caseId, alert: anAlert({ people }), playbook: 'impossible-travel' })
    const state = replay([opened, claimed, asked])
    assert.ok(state)
    const directory: Directory = {
      managerOf: async ({ objectId }) => (objectId === mia.id ? above : mia),
      deputyOf: async () => deputy,
      idsOf: async () => [],
    }
    const identity = openIdentity({ directory, roster: { idsOf: () => [] } })
    const doubtsAbout = async ({ id }: Person) =>
      id === doubtful ? [{ kind: 'subject', caseId: '1111-1111-1111' } as const] : []
    return openStandIn({ directory, identity, verifiers: { doubtsAbout } })(state)
  }

  it('the deputy, else the manager’s own manager, else no one', async () => {
    assert.deepEqual(await standIn({ deputy: eve, above: ben }), { to: eve, as: 'deputy' })
    assert.deepEqual(await standIn({ above: ben }), { to: ben, as: 'managers-manager' })
    assert.equal(await standIn({}), null)
  })

  it('never the manager again, nor someone the alert or another open one is about', async () => {
    assert.equal(await standIn({ deputy: mia, above: mia }), null)
    assert.deepEqual(await standIn({ deputy: eve, above: ben, doubtful: eve.id }), { to: ben, as: 'managers-manager' })
    const about = [{ upn: 'kim@contoso.example', objectId: eve.id, name: 'Kim' }]
    assert.deepEqual(await standIn({ deputy: eve, above: ben }, about), { to: ben, as: 'managers-manager' })
  })
})
