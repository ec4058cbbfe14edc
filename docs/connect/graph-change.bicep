// Alerts that Microsoft Graph announces by Event Grid, fetched one by one.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('What tokens are asked for: the application ID URI of Winnow\'s intake app, as in INTAKE_ENTRA_AUDIENCE')
param audience string

param location string = resourceGroup().location
param name string = 'winnow-graph-change'

@description('The resource id of the partner topic that Microsoft Graph publishes to')
param partnerTopic string

resource announcements 'Microsoft.Web/connections@2016-06-01' = {
  name: '${name}-azureeventgrid'
  location: location
  kind: 'V1'
  properties: {
    displayName: '${name}-azureeventgrid'
    api: { id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'azureeventgrid') }
    parameterValueType: 'Alternative'
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('graph-change.json')
    parameters: {
      winnow: { value: winnow }
      audience: { value: audience }
      partnerTopic: { value: partnerTopic }
      subscription: { value: subscription().subscriptionId }
      '$connections': {
        value: {
          azureeventgrid: {
            id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'azureeventgrid')
            connectionId: announcements.id
            connectionName: announcements.name
            connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } }
          }
        }
      }
    }
  }
}

@description('az ad sp show --id THIS --query appId: the client id for INTAKE_ENTRA_CALLERS')
output principalId string = workflow.identity.principalId
