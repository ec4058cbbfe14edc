// Incidents of Microsoft Sentinel by an automation rule that runs a playbook.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('What tokens are asked for: the application ID URI of Winnow\'s intake app, as in INTAKE_ENTRA_AUDIENCE')
param audience string

param location string = resourceGroup().location
param name string = 'winnow-sentinel'

@description('The Log Analytics workspace of Sentinel, in this resource group')
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource incidents 'Microsoft.Web/connections@2016-06-01' = {
  name: '${name}-azuresentinel'
  location: location
  kind: 'V1'
  properties: {
    displayName: '${name}-azuresentinel'
    api: { id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'azuresentinel') }
    parameterValueType: 'Alternative'
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('sentinel.json')
    parameters: {
      winnow: { value: winnow }
      audience: { value: audience }
      '$connections': {
        value: {
          azuresentinel: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'azuresentinel')
            connectionId: incidents.id
            connectionName: incidents.name
            connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } }
          }
        }
      }
    }
  }
}

// Microsoft Sentinel Responder
resource responds 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: workspace
  name: guid(workspace.id, workflow.id, 'responds')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3e150937-b8fe-4cfb-8069-0eaf05ecd056')
    principalId: workflow.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource rule 'Microsoft.SecurityInsights/automationRules@2023-11-01' = {
  scope: workspace
  name: guid(workspace.id, name)
  properties: {
    displayName: 'Send incidents to Winnow'
    order: 1
    triggeringLogic: { isEnabled: true, triggersOn: 'Incidents', triggersWhen: 'Created', conditions: [] }
    actions: [
      {
        order: 1
        actionType: 'RunPlaybook'
        actionConfiguration: { logicAppResourceId: workflow.id, tenantId: subscription().tenantId }
      }
    ]
  }
}

@description('az ad sp show --id THIS --query appId: the client id for INTAKE_ENTRA_CALLERS')
output principalId string = workflow.identity.principalId
