// The same with an intake key from Key Vault, for a Winnow that takes no Entra tokens.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('The vault that keeps the key, and the name of its secret')
param vaultName string
param secretName string = 'winnow-intake-key'

@secure()
@description('The key that `npm run key` printed; it goes into the vault and nowhere else')
param intakeKey string

param location string = resourceGroup().location
param name string = 'winnow-defender-for-cloud'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource kept 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: secretName
  properties: { value: intakeKey }
}

// Key Vault Secrets User
resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, workflow.id, 'reads')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
    principalId: workflow.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource alerts 'Microsoft.Web/connections@2016-06-01' = {
  name: '${name}-ascalert'
  location: location
  properties: {
    displayName: '${name}-ascalert'
    api: { id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'ascalert') }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('with-key.json')
    parameters: {
      winnow: { value: winnow }
      secret: { value: '${vault.properties.vaultUri}secrets/${secretName}' }
      '$connections': {
        value: {
          ascalert: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'ascalert')
            connectionId: alerts.id
            connectionName: alerts.name
          }
        }
      }
    }
  }
}

// Every alert of the subscription starts the Logic App.
resource automation 'Microsoft.Security/automations@2023-12-01-preview' = {
  name: name
  location: location
  properties: {
    isEnabled: true
    scopes: [{ description: 'the subscription', scopePath: subscription().id }]
    sources: [{ eventSource: 'Alerts', ruleSets: [] }]
    actions: [
      {
        actionType: 'LogicApp'
        logicAppResourceId: workflow.id
        uri: listCallbackUrl('${workflow.id}/triggers/Alert', '2019-05-01').value
      }
    ]
  }
}

