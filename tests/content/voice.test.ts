import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

/** Phrases that no reader should meet: they are not the field's words, or not American English. */
const unwanted: readonly RegExp[] = [
  /\b(some|any|no)body\b/i,
  /vouch/i,
  /in other hands/i,
  /\bbooked\b/i,
  /\bof ours\b/i,
  /\banew\b/i,
  /\bof late\b/i,
  /\bany more\b/i,
  /\bshall\b/i,
  /rightful/i,
  /is no (record|analyst|reason|failure)/i,
  /who calls again/i,
  /stands? (in|behind|by)\b/i,
  /\btick(s|ed)?\b/i,
  /diary/i,
  /own chat/i,
  /\bin step\b/i,
  /centre/i,
  /authoris/i,
  /behaviour/i,
]

/** The guides that are still to be reworded. */
const notYet: ReadonlySet<string> = new Set([
  'ARM_AnomalousClassicRoleAssignment.yaml',
  'ARM_AnomalousElevateAccess.yaml',
  'ARM_AnomalousOperation.Collection.yaml',
  'ARM_AnomalousOperation.CredentialAccess.yaml',
  'ARM_AnomalousOperation.DefenseEvasion.yaml',
  'ARM_AnomalousOperation.Execution.yaml',
  'ARM_AnomalousOperation.Impact.yaml',
  'ARM_AnomalousOperation.InitialAccess.yaml',
  'ARM_AnomalousOperation.LateralMovement.yaml',
  'ARM_AnomalousOperation.Persistence.yaml',
  'ARM_AnomalousOperation.PrivilegeEscalation.yaml',
  'ARM_AnomalousRBACRoleAssignment.yaml',
  'ARM_AnomalousServiceOperation.Collection.yaml',
  'ARM_AnomalousServiceOperation.CredentialAccess.yaml',
  'ARM_AnomalousServiceOperation.DefenseEvasion.yaml',
  'ARM_AnomalousServiceOperation.Execution.yaml',
  'ARM_AnomalousServiceOperation.Impact.yaml',
  'ARM_AnomalousServiceOperation.InitialAccess.yaml',
  'ARM_AnomalousServiceOperation.LateralMovement.yaml',
  'ARM_AnomalousServiceOperation.Persistence.yaml',
  'ARM_AnomalousServiceOperation.PrivilegeEscalation.yaml',
  'ARM_Azurite.yaml',
  'ARM_MicroBurst.AZStorageKeysREST.yaml',
  'ARM_MicroBurst.AzDomainInfo.yaml',
  'ARM_MicroBurst.AzKeyVaultKeysREST.yaml',
  'ARM_MicroBurst.AzKeyVaultSecretsREST.yaml',
  'ARM_MicroBurst.AzVMBulkCMD.yaml',
  'ARM_MicroBurst.AzureDomainInfo.yaml',
  'ARM_MicroBurst.AzureRmVMBulkCMD.yaml',
  'ARM_MicroBurst.RunCodeOnBehalf.yaml',
  'ARM_NetSPI.MaintainPersistence.yaml',
  'ARM_OperationFromSuspiciousIP.yaml',
  'ARM_OperationFromSuspiciousProxyIP.yaml',
  'ARM_PowerZure.AzureElevatedPrivileges.yaml',
  'ARM_PowerZure.AzureRunbookContent.yaml',
  'ARM_PowerZure.GetAzureTargets.yaml',
  'ARM_PowerZure.MaintainPersistence.yaml',
  'ARM_PowerZure.RunCodeOnBehalf.yaml',
  'ARM_PowerZure.ShowStorageContent.yaml',
  'ARM_PowerZure.StartRunbook.yaml',
  'ARM_PrivilegedRoleDefinitionCreation.yaml',
  'ARM_SuspiciousComputeCreation.yaml',
  'ARM_UnusedAccountPersistence.yaml',
  'ARM_UnusedAppIbizaPersistence.yaml',
  'ARM_UnusedAppPowershellPersistence.yaml',
  'Arm_Suspicious_Vault_Recovering.yaml',
  'misleading-oauth-app-name.yaml',
  'misleading-oauth-publisher-name.yaml',
  'multiple-power-bi-shares.yaml',
  'multiple-storage-deletions.yaml',
  'multiple-vm-creations.yaml',
  'multiple-vm-deletions.yaml',
  'oauth-app-credential-addition.yaml',
  'other.yaml',
  'ransomware-activity.yaml',
  'suspicious-cloud-region-creation.yaml',
  'suspicious-cloudtrail-change.yaml',
  'suspicious-power-bi-sharing.yaml',
  'unusual-admin-activity.yaml',
  'unusual-file-access.yaml',
  'unusual-file-deletion.yaml',
  'unusual-file-download.yaml',
  'unusual-file-share.yaml',
  'unusual-impersonated-activity.yaml',
  'unusual-isp-oauth-app.yaml',
])

const found = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) =>
    unwanted.flatMap((phrase) => (phrase.test(text) ? [`${String(phrase)}: ${text.trim()}`] : [])),
  )

/** Every text in plain data. What is written like an id is one, and keeps its spelling; so do names of placeholders. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /^[a-z][a-z0-9.-]*$/.test(value) ? [] : [value.replace(/\$?\{[^}]*\}/g, '')]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The lines of a page, without what is written like an id or stands as code within a line. */
const linesIn = (page: string): readonly string[] =>
  page.replace(/`[^`\n]+`|\b[a-z0-9]+(-[a-z0-9]+)+\b/g, '').split('\n')

/** What is quoted in code and has a blank in it; comments are for contributors. */
const stringsIn = (code: string): readonly string[] =>
  code
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .flatMap((line) => [...line.matchAll(/(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g)])
    .flatMap(([, , text = '']) => (text.includes(' ') ? [text.replace(/\$\{[^}]*\}/g, '')] : []))

const filesIn = async (folder: string, ending: string, recursive = false): Promise<readonly string[]> =>
  (await readdir(folder, { recursive, encoding: 'utf8' }))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

const read = (file: string): Promise<string> => readFile(file, 'utf8')

describe('the words that people read', () => {
  const keep = (what: string, files: () => Promise<readonly string[]>, texts: (content: string) => readonly string[]) =>
    it(`are the field’s in ${what}`, async () => {
      const names = await files()
      assert.ok(names.length > 0, what)
      const wrong = names.map(async (file) => found(texts(await read(file))).map((text) => `${file}: ${text}`))
      assert.deepEqual((await Promise.all(wrong)).flat(), [])
    })

  keep(
    'replies',
    () => filesIn('content/phrases', '.yaml'),
    (content) => textsIn(parse(content)),
  )
  keep(
    'shared texts',
    () => filesIn('content/shared', '.yaml'),
    (content) => textsIn(parse(content)),
  )
  keep(
    'cards and their samples',
    () => filesIn('cards', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'the app package',
    () => filesIn('manifest', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'the editor schema',
    () => filesIn('content', '.json'),
    (content) => textsIn(JSON.parse(content)),
  )
  keep(
    'docs',
    async () => ['README.md', '.env.example', 'directory.example.yaml', ...(await filesIn('docs', '.md'))],
    linesIn,
  )
  keep(
    'errors and logs',
    async () => {
      const rooms = ['bot', 'cards', 'content', 'dialogs', 'intake', 'manifest', 'store', 'triage']
      const files = (await Promise.all(rooms.map((room) => filesIn(room, '.ts', true)))).flat()
      // What people may type is read there, in whatever words.
      return files.filter((file) => !file.startsWith(join('dialogs', 'hear')))
    },
    stringsIn,
  )

  it('are the field’s in guides, but for those that are still to be reworded', async () => {
    const failing = await Promise.all(
      (await filesIn('content/alerts', '.yaml')).map(async (file) => {
        const { matches: _, ...guide } = parse(await read(file))
        const wrong = found(textsIn(guide))
        const name = basename(file)
        if (notYet.has(name))
          return wrong.length > 0 ? [] : [`${name} needs no exception any longer; take it out of the list`]
        return wrong.map((text) => `${name}: ${text}`)
      }),
    )
    assert.deepEqual(failing.flat(), [])
  })
})
