// Alerts of Defender for Cloud by workflow automation.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('What tokens are asked for: the application ID URI of Winnow\'s intake app, as in INTAKE_ENTRA_AUDIENCE')
param audience string

param location string = resourceGroup().location
param name string = 'winnow-defender-for-cloud'

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
    definition: loadJsonContent('defender-for-cloud.json')
    parameters: {
      winnow: { value: winnow }
      audience: { value: audience }
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

@description('az ad sp show --id THIS --query appId: the client id for INTAKE_ENTRA_CALLERS')
output principalId string = workflow.identity.principalId
