// Alerts of Defender XDR by its streaming API to an event hub.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('What tokens are asked for: the application ID URI of Winnow\'s intake app, as in INTAKE_ENTRA_AUDIENCE')
param audience string

param location string = resourceGroup().location
param name string = 'winnow-defender-xdr'

@description('The namespace and the hub that the events arrive in')
param eventHubNamespace string
param eventHub string
param consumerGroup string = '$Default'

resource events 'Microsoft.Web/connections@2016-06-01' = {
  name: '${name}-eventhubs'
  location: location
  kind: 'V1'
  properties: {
    displayName: '${name}-eventhubs'
    api: { id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'eventhubs') }
    parameterValueSet: {
      name: 'managedIdentityAuth'
      values: {
        namespaceEndpoint: { value: 'sb://${eventHubNamespace}.servicebus.windows.net/' }
      }
    }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('defender-xdr.json')
    parameters: {
      winnow: { value: winnow }
      audience: { value: audience }
      eventHub: { value: eventHub }
      consumerGroup: { value: consumerGroup }
      '$connections': {
        value: {
          eventhubs: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'eventhubs')
            connectionId: events.id
            connectionName: events.name
            connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } }
          }
        }
      }
    }
  }
}

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: eventHubNamespace
}

// Azure Event Hubs Data Receiver
resource receives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace
  name: guid(namespace.id, workflow.id, 'receives')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde')
    principalId: workflow.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

@description('az ad sp show --id THIS --query appId: the client id for INTAKE_ENTRA_CALLERS')
output principalId string = workflow.identity.principalId
