import assert from 'node:assert/strict'
import { loadScenarios, play } from '../../content/author/scenarios.js'
import { alertsFolder } from './files.js'
import { loadGuides } from './guides.js'
import { none } from './none.js'

const guides = await loadGuides()
const all = await loadScenarios(alertsFolder)

/** Guides that have no scenarios yet. */
const notYet: ReadonlySet<string> = new Set([
  'ARM_AnomalousClassicRoleAssignment',
  'ARM_AnomalousElevateAccess',
  'ARM_AnomalousOperation.Collection',
  'ARM_AnomalousOperation.CredentialAccess',
  'ARM_AnomalousOperation.DefenseEvasion',
  'ARM_AnomalousOperation.Execution',
  'ARM_AnomalousOperation.Impact',
  'ARM_AnomalousOperation.InitialAccess',
  'ARM_AnomalousOperation.LateralMovement',
  'ARM_AnomalousOperation.Persistence',
  'ARM_AnomalousOperation.PrivilegeEscalation',
  'ARM_AnomalousRBACRoleAssignment',
  'ARM_AnomalousServiceOperation.Collection',
  'ARM_AnomalousServiceOperation.CredentialAccess',
  'ARM_AnomalousServiceOperation.DefenseEvasion',
  'ARM_AnomalousServiceOperation.Execution',
  'ARM_AnomalousServiceOperation.Impact',
  'ARM_AnomalousServiceOperation.InitialAccess',
  'ARM_AnomalousServiceOperation.LateralMovement',
  'ARM_AnomalousServiceOperation.Persistence',
  'ARM_AnomalousServiceOperation.PrivilegeEscalation',
  'ARM_Azurite',
  'ARM_MicroBurst.AZStorageKeysREST',
  'ARM_MicroBurst.AzDomainInfo',
  'ARM_MicroBurst.AzKeyVaultKeysREST',
  'ARM_MicroBurst.AzKeyVaultSecretsREST',
  'ARM_MicroBurst.AzVMBulkCMD',
  'ARM_MicroBurst.AzureDomainInfo',
  'ARM_MicroBurst.AzureRmVMBulkCMD',
  'ARM_MicroBurst.RunCodeOnBehalf',
  'ARM_NetSPI.MaintainPersistence',
  'ARM_OperationFromSuspiciousIP',
  'ARM_OperationFromSuspiciousProxyIP',
  'ARM_PowerZure.AzureElevatedPrivileges',
  'ARM_PowerZure.AzureRunbookContent',
  'ARM_PowerZure.GetAzureTargets',
  'ARM_PowerZure.MaintainPersistence',
  'ARM_PowerZure.RunCodeOnBehalf',
  'ARM_PowerZure.ShowStorageContent',
  'ARM_PowerZure.StartRunbook',
  'ARM_PrivilegedRoleDefinitionCreation',
  'ARM_SuspiciousComputeCreation',
  'ARM_UnusedAccountPersistence',
  'ARM_UnusedAppIbizaPersistence',
  'ARM_UnusedAppPowershellPersistence',
  'Arm_Suspicious_Vault_Recovering',
  'misleading-oauth-app-name',
  'misleading-oauth-publisher-name',
  'oauth-app-credential-addition',
  'other',
  'suspicious-cloud-region-creation',
  'suspicious-cloudtrail-change',
  'unusual-admin-activity',
  'unusual-impersonated-activity',
  'unusual-isp-oauth-app',
])

describe('content/alerts, scenarios', () => {
  it('belong to a guide', () => {
    assert.deepEqual(
      process.env['GUIDE'] === undefined
        ? [...all.keys()].filter((type) => !guides.some((one) => one.type === type))
        : [],
      [],
    )
  })

  for (const guide of guides) {
    describe(guide.type, () => {
      const { scenarios, problems } = all.get(guide.type) ?? { scenarios: [], problems: [] }

      it('has three or more that can be read, each with a name of its own', () => {
        none(
          guide,
          'scenarios can be read',
          problems.map(({ file, line, text }) => `${file}:${line}: ${text}`),
        )
        const names = scenarios.map(({ name }) => name)
        assert.equal(new Set(names).size, names.length, `${guide.type}: no two scenarios have the same name`)
        if (notYet.has(guide.type))
          assert.ok(names.length < 3, `${guide.type} has its scenarios: take it out of notYet`)
        else assert.ok(names.length >= 3, `${guide.type} has ${names.length} scenarios; write three or more`)
      })

      it('has a scenario for each verdict', () => {
        if (notYet.has(guide.type)) return
        const reached = new Set(scenarios.flatMap(({ allowed }) => allowed))
        none(
          guide,
          'each verdict has a scenario',
          guide.verdicts.map(({ id }) => id).filter((id) => !reached.has(id)),
        )
      })

      for (const scenario of scenarios) {
        it(scenario.name, () => {
          none(guide, scenario.name, play(guide, scenario).problems)
        })
      }
    })
  }
})
