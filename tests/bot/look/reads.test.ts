import assert from 'node:assert/strict'
import type { GraphAnswer, GraphRequest } from '../../../bot/graph/client.js'
import type { LookUpAnswer } from '../../../bot/look/answer.js'
import { reads, subjectOf } from '../../../bot/look/reads.js'
import type { LookUpRead } from '../../../triage/look-up.js'
import { bareAlert } from '../../support/cast.js'

const objectId = '00000000-0000-4000-8000-00000000000b'
const appId = '00000000-0000-4000-8000-00000000000c'
const window = { from: '2026-02-01T00:00:00.000Z', to: '2026-03-02T09:00:00.000Z' }

/** A Graph that answers by path, and keeps what it was asked. */
const graphWith = (answers: Readonly<Record<string, unknown>>) => {
  const asked: GraphRequest[] = []
  const ask = async (request: GraphRequest): Promise<GraphAnswer> => {
    asked.push(request)
    return request.path in answers
      ? { ok: true, body: answers[request.path], at: null }
      : { ok: false, failure: { kind: 'not-found' } }
  }
  return { asked, ask }
}

const whole = { objectId, upn: 'kim@contoso.example', appId }
const read = async (
  name: LookUpRead,
  answers: Readonly<Record<string, unknown>>,
  subject: Partial<typeof whole> = {},
) => {
  const { asked, ask } = graphWith(answers)
  const answer: LookUpAnswer | null = await reads[name]({ ...whole, ...subject }, window, ask)
  return { asked, answer }
}

describe('bot/look/reads', () => {
  it('sign-ins: of that person, in that time, the newest first, and whether there are more', async () => {
    const entry = {
      createdDateTime: '2026-03-02T08:41:09Z',
      appDisplayName: 'Office',
      ipAddress: '192.0.2.10',
      location: { countryOrRegion: 'NO', city: 'Oslo' },
      deviceDetail: { displayName: 'LT-1', operatingSystem: 'Windows' },
      status: { errorCode: 50126 },
    }
    const { asked, answer } = await read('sign-ins', {
      '/auditLogs/signIns': { value: [entry, entry], '@odata.nextLink': 'https://graph.microsoft.com/more' },
    })
    assert.deepEqual(
      [asked[0]?.query?.['$filter'], asked[0]?.permission],
      [
        `userId eq '${objectId}' and createdDateTime ge ${window.from} and createdDateTime le ${window.to}`,
        'AuditLog.Read.All',
      ],
    )
    const row = '2026-03-02 08:41Z, Office, 192.0.2.10, NO, Oslo, LT-1, Windows, error 50126'
    assert.deepEqual(answer, { ok: true, source: 'sign-ins', count: 2, isMore: true, rows: [row, row] })
  })

  it('sign-ins: by name where no id is known, as a literal that nothing ends', async () => {
    const { asks } = await (async () => {
      const { asked, ask } = graphWith({ '/auditLogs/signIns': { value: [] } })
      await reads['sign-ins']({ objectId: null, upn: "o'neil@contoso.example", appId: null }, window, ask)
      return { asks: asked }
    })()
    assert.match(asks[0]?.query?.['$filter'] ?? '', /^userPrincipalName eq 'o''neil@contoso\.example' and /)
  })

  it('risk: as Entra ID Protection sees it; someone it does not know has none', async () => {
    const path = `/identityProtection/riskyUsers/${objectId}`
    const body = { riskLevel: 'high', riskState: 'atRisk', riskDetail: 'none', riskLastUpdatedDateTime: window.to }
    const { answer, asked } = await read('risk', { [path]: body })
    assert.deepEqual(answer, {
      ok: true,
      source: 'risk',
      count: 1,
      rows: ['2026-03-02 09:00Z, risk level high, atRisk'],
    })
    assert.equal(asked[0]?.permission, 'IdentityRiskyUser.Read.All')
    assert.deepEqual((await read('risk', {})).answer, { ok: true, source: 'risk', count: 0, rows: [] })
  })

  it('inbox rules: those that send mail on or hide it come first', async () => {
    const { answer, asked } = await read('inbox-rules', {
      [`/users/${objectId}/mailFolders/inbox/messageRules`]: {
        value: [
          { displayName: 'News', isEnabled: true, actions: { copyToFolder: 'x' } },
          {
            displayName: '.',
            isEnabled: false,
            actions: { forwardTo: [{ emailAddress: { address: 'x@evil.example' } }], delete: true },
          },
        ],
      },
    })
    assert.deepEqual(answer?.ok && answer.rows, ['“.”, forwardTo x@evil.example; delete, switched off', '“News”'])
    assert.equal(asked[0]?.permission, 'MailboxSettings.Read')
  })

  it('app credentials and owners: by the application’s id or the object’s, of both parts of the app', async () => {
    const principal = { id: objectId, appId, passwordCredentials: [], keyCredentials: [] }
    const registration = {
      passwordCredentials: [
        { displayName: 'old', startDateTime: '2025-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' },
        { displayName: 'new', startDateTime: '2026-03-01T10:00:00Z', endDateTime: '2028-03-01T00:00:00Z' },
      ],
    }
    const { answer, asked } = await read('app-credentials', {
      [`/servicePrincipals/${appId}`]: principal,
      [`/servicePrincipals/${objectId}/owners`]: { value: [{ userPrincipalName: 'ada@contoso.example' }] },
      [`/applications(appId='${appId}')`]: registration,
    })
    assert.deepEqual(answer?.ok && answer.rows, [
      '2026-03-01 10:00Z, secret, new, until 2028-03-01',
      '2025-01-01 00:00Z, secret, old, until 2027-01-01',
      'owner ada@contoso.example',
    ])
    assert.equal(asked[0]?.path, `/servicePrincipals(appId='${appId}')`)
  })

  it('role assignments: of a person by id only, for an application’s id holds none', async () => {
    const { answer, asked } = await read('role-assignments', {
      '/roleManagement/directory/roleAssignmentScheduleInstances': {
        value: [
          {
            startDateTime: '2026-03-02T08:00:00Z',
            endDateTime: '2026-03-02T16:00:00Z',
            assignmentType: 'Activated',
            directoryScopeId: '/',
            roleDefinition: { displayName: 'Global Administrator' },
          },
        ],
      },
    })
    assert.deepEqual(answer?.ok && answer.rows, [
      '2026-03-02 08:00Z, Global Administrator, Activated, until 2026-03-02T16:00Z',
    ])
    assert.equal(asked[0]?.query?.['$filter'], `principalId eq '${objectId}'`)
    const { ask } = graphWith({})
    assert.equal(reads['role-assignments']({ objectId: null, upn: 'kim@contoso.example', appId }, window, ask), null)
  })

  it('asks nothing about what an alert does not name, or names in another shape', () => {
    const nobody = subjectOf(bareAlert({ people: [{ upn: "x' or 1 eq 1", objectId: '../me', name: 'Kim' }] }))
    assert.deepEqual(nobody, { objectId: null, upn: null, appId: null })
    const { ask, asked } = graphWith({})
    assert.deepEqual(
      Object.values(reads).map((one) => one(nobody, window, ask)),
      [null, null, null, null, null],
    )
    assert.deepEqual(asked, [])
  })

  it('says that an answer is none when it is no list', async () => {
    const { answer } = await read('sign-ins', { '/auditLogs/signIns': { value: 'none' } })
    assert.equal(answer?.ok === false && answer.failure.kind, 'invalid')
  })
})
